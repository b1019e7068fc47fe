/** One update of G through D, which stays as it is; with unrolling, through D's next updates. Draws nothing. */
import * as tf from "@tensorflow/tfjs";
import type { ExperimentConfig } from "../core/config";
import type { ReadingOf } from "../core/readings";
import { differentiate, flatten, Keeper, unflatten } from "./differentiate";
import { norm } from "./discriminator-step";
import type { GeneratorFeed } from "./feed";
import { judge, seen } from "./judge";
import type { Moments } from "./layers";
import { GAN_LOSSES, type GanLoss } from "./losses";
import type { Optimizer } from "./optimizers";
import { updateVariables } from "./optimizers/update";
import type { Player } from "./players";

/** Whether G's step has to see reals. */
export function generatorNeedsReals(config: ExperimentConfig): boolean {
  return GAN_LOSSES[config.loss].generatorNeeds !== "fakes" || config.unrolledSteps > 0;
}

/** An optimiser with the coefficients of one update, or of one after another. */
export interface Updating {
  readonly optimizer: Optimizer;
  readonly coefficients: readonly tf.Scalar[];
}

/**
 * Updates G once, on fresh fakes. To be called in a tidy.
 * @param own of G's optimiser for this update
 * @param ahead of D's optimiser for each unrolled update
 * @returns G's readings, all of them before the update
 */
export function generatorStep(
  generator: Player,
  discriminator: Player,
  config: ExperimentConfig,
  own: Updating,
  ahead: readonly Updating[],
  feed: GeneratorFeed,
): Record<ReadingOf<"generator">, tf.Scalar> {
  const loss = GAN_LOSSES[config.loss];
  const look = (x: tf.Tensor, noise: tf.Tensor | undefined) => seen(x, noise, config.instanceNoise, config.packing);
  const real = feed.real === null ? null : look(feed.real, feed.noise?.real);

  const keeper = new Keeper();
  const batch = new Map<number, Moments>();
  let logits: tf.Tensor | undefined;
  const { value, gradients } = differentiate(generator.variables, () => {
    const samples = generator.network.forward(generator.effective(), feed.z, {
      masks: feed.masksG,
      onMoments: (layer, { mean, variance }) =>
        batch.set(layer, { mean: keeper.keep(mean), variance: keeper.keep(variance) }),
    }).output;
    const fake = look(samples, feed.noise?.fake);
    const weights = real === null ? discriminator.variables : unroll(discriminator, config, ahead, real, fake, feed);
    const { gLoss, b } = generatorLoss(loss, discriminator, discriminator.effective(weights), real, fake, feed);
    logits = keeper.keep(b);
    return gLoss;
  });
  if (logits === undefined) throw new Error("G's loss was not computed; this is a bug.");

  const vector = flatten(gradients);
  const readings = { gLoss: value, dFakeG: tf.mean(tf.sigmoid(logits)) as tf.Scalar, gGradNorm: norm(vector) };
  updateVariables(own.optimizer, generator.variables, vector, generator.slots, own.coefficients);
  generator.moveMoments(batch);
  generator.moveAverage(config.generator.ema);
  keeper.release();
  return readings;
}

function generatorLoss(
  loss: GanLoss,
  discriminator: Player,
  weights: readonly tf.Tensor[],
  real: tf.Tensor | null,
  fake: tf.Tensor,
  feed: GeneratorFeed,
): { gLoss: tf.Scalar; b: tf.Tensor } {
  const { network } = discriminator;
  if (loss.generatorNeeds === "fakes") {
    const b = network.forward(weights, fake, { masks: feed.masks.fake }).output;
    return { gLoss: loss.generator(b), b };
  }
  if (real === null) throw new Error("G's loss needs reals and got none; this is a bug.");
  const verdict = judge(network, weights, real, fake, feed.masks);
  const gLoss =
    loss.generatorNeeds === "pairs"
      ? loss.generator(verdict.a, verdict.b)
      : loss.generator(verdict.features.real, verdict.features.fake);
  return { gLoss, b: verdict.b };
}

/**
 * D's weights after further updates on this very minibatch, as functions of the fakes (Metz et al. 2017, equations 7 to 9).
 * The updates are those of D's optimiser from its present state, without penalties and clipping; the optimiser's
 * denominator (Adam, RMSProp) counts as constant in the gradient.
 */
function unroll(
  discriminator: Player,
  config: ExperimentConfig,
  ahead: readonly Updating[],
  real: tf.Tensor,
  fake: tf.Tensor,
  feed: GeneratorFeed,
): readonly tf.Tensor[] {
  const loss = GAN_LOSSES[config.loss];
  let weights: readonly tf.Tensor[] = discriminator.variables;
  let slots: readonly tf.Tensor[] = discriminator.slots;
  for (const { optimizer, coefficients } of ahead) {
    const now = weights;
    const { gradients } = differentiate(now, () => {
      const { a, b } = judge(discriminator.network, discriminator.effective(now), real, fake, feed.masks);
      const parts = loss.discriminator(a, b, config.labelSmoothing);
      return parts.fake === null ? parts.real : tf.add(parts.real, parts.fake);
    });
    const step = optimizer.step(flatten(gradients), slots, coefficients);
    const changes = unflatten(step.change, now);
    weights = now.map((weight, i) => tf.sub(weight, changes[i] ?? 0));
    slots = step.slots;
  }
  return weights;
}
