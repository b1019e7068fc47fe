/**
 * D's weights after further updates on one minibatch, as functions of the fakes (Metz et al. 2017, equations 7 to 9). The updates are
 * those of D's optimiser from its present state, without penalties and clipping; the optimiser's denominator (Adam, RMSProp) counts as
 * constant in the gradient.
 */
import * as tf from "@tensorflow/tfjs";
import type { AdversarialConfig } from "../../core/config";
import type { GanNetwork } from "../../core/models/gan";
import { differentiate, flatten, unflatten } from "../differentiate";
import { GAN_LOSSES } from "../losses";
import type { JudgeFeed } from "./gan-feeds";
import type { Table } from "./types";

/**
 * @param real reals as D sees them
 * @param fake fakes as D sees them, on G's tape
 * @returns D's weights, not yet spectrally normalised
 */
export function unroll(
  { config, networks, ahead }: Table<GanNetwork, AdversarialConfig>,
  real: tf.Tensor,
  fake: tf.Tensor,
  masks: JudgeFeed["masks"],
): readonly tf.Tensor[] {
  const loss = GAN_LOSSES[config.model.loss];
  const state = networks.discriminator;
  const start = ahead("discriminator", config.model.unrolledSteps);
  let weights: readonly tf.Tensor[] = state.variables;
  let { slots } = start;
  for (const { optimizer, coefficients } of start.updates) {
    const now = weights;
    const { gradients } = differentiate(now, () => {
      const effective = state.effective(now);
      const a = state.network.forward(effective, real, { masks: masks.real }).output;
      const b = state.network.forward(effective, fake, { masks: masks.fake }).output;
      const parts = loss.discriminator(a, b, config.model.labelSmoothing);
      return parts.fake === null ? parts.real : tf.add(parts.real, parts.fake);
    });
    const step = optimizer.step(flatten(gradients), slots, coefficients);
    const changes = unflatten(step.change, now);
    weights = now.map((weight, i) => tf.sub(weight, changes[i] ?? 0));
    slots = step.slots;
  }
  return weights;
}
