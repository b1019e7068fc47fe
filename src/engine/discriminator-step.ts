/** One update of D: loss, penalties, gradient, optimiser, constraints. Draws nothing. */
import * as tf from "@tensorflow/tfjs";
import type { ExperimentConfig } from "../core/config";
import type { ReadingOf } from "../core/readings";
import { differentiate, flatten, Keeper } from "./differentiate";
import type { DiscriminatorFeed } from "./feed";
import { judge, seen } from "./judge";
import type { Moments } from "./layers";
import { GAN_LOSSES } from "./losses";
import type { Optimizer } from "./optimizers";
import { updateVariables } from "./optimizers/update";
import { activePenalties, type PenaltyInputs } from "./penalties";
import { penaltyTerm } from "./penalties/term";
import type { Player } from "./players";

/**
 * Updates D once. Fakes come from G with batch statistics and are constants. To be called in a tidy.
 * @param coefficients of D's optimiser for this update
 * @returns D's readings, all of them before the update
 */
export function discriminatorStep(
  generator: Player,
  discriminator: Player,
  config: ExperimentConfig,
  optimizer: Optimizer,
  coefficients: readonly tf.Scalar[],
  feed: DiscriminatorFeed,
): Record<ReadingOf<"discriminator">, tf.Scalar> {
  const loss = GAN_LOSSES[config.loss];
  const { gradient: penalties, constraints } = activePenalties(config.penalties);
  const look = (x: tf.Tensor, noise: tf.Tensor | undefined) => seen(x, noise, config.instanceNoise, config.packing);
  const samples = generator.network.forward(generator.effective(), feed.z, { masks: feed.masksG }).output;
  const real = look(feed.real, feed.noise?.real);
  const fake = look(samples, feed.noise?.fake);
  const unread = tf.scalar(0);
  const inputs: PenaltyInputs = { real, fake, mix: feed.mix ?? unread, perturbation: feed.perturbation ?? unread };

  const keeper = new Keeper();
  const batches: ReadonlyMap<number, Moments>[] = [];
  let parts: { a: tf.Tensor; b: tf.Tensor; real: tf.Scalar; fake: tf.Scalar } | undefined;
  const { value: total, gradients } = differentiate(discriminator.variables, () => {
    const weights = discriminator.effective();
    const { a, b } = judge(discriminator.network, weights, real, fake, feed.masks, (moments) => {
      for (const { mean, variance } of moments.values()) {
        keeper.keep(mean);
        keeper.keep(variance);
      }
      batches.push(moments);
    });
    const found = loss.discriminator(a, b, config.labelSmoothing);
    parts = {
      a: keeper.keep(a),
      b: keeper.keep(b),
      real: keeper.keep(found.real),
      fake: keeper.keep(found.fake ?? tf.scalar(0)),
    };
    const term = penaltyTerm(discriminator.network, weights, penalties, inputs);
    const adversarial: tf.Scalar = tf.add(parts.real, parts.fake);
    return term === null ? adversarial : tf.add(adversarial, term);
  });
  if (parts === undefined) throw new Error("D's loss was not computed; this is a bug.");

  const vector = flatten(gradients);
  const readings = {
    dLoss: tf.add(parts.real, parts.fake) as tf.Scalar,
    dLossReal: parts.real.clone(),
    dLossFake: parts.fake.clone(),
    dTotal: total,
    dReal: tf.mean(tf.sigmoid(parts.a)) as tf.Scalar,
    dFake: tf.mean(tf.sigmoid(parts.b)) as tf.Scalar,
    dLogitReal: tf.mean(parts.a) as tf.Scalar,
    dLogitFake: tf.mean(parts.b) as tf.Scalar,
    dGradNorm: norm(vector),
  };
  updateVariables(optimizer, discriminator.variables, vector, discriminator.slots, coefficients);
  for (const { penalty, strength } of constraints) {
    for (const variable of discriminator.variables) variable.assign(penalty.apply(variable, strength));
  }
  for (const batch of batches) discriminator.moveMoments(batch);
  keeper.release();
  return readings;
}

/** L2 norm of a vector. */
export const norm = (vector: tf.Tensor): tf.Scalar => tf.sqrt(tf.sum(tf.square(vector)));
