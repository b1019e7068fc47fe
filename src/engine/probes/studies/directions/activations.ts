/**
 * GANSpace (Härkönen et al. 2020, section 2): principal components of G's first activations over many latents, and for each the
 * direction of z that regression finds for it.
 */
import * as tf from "@tensorflow/tfjs";
import { describeNetwork, flatLayers } from "../../../../core/architecture/shapes";
import { contextOf, samplerOf } from "../../../../core/config";
import type { Direction } from "../../../../core/latent-space/directions";
import type { StudyInput } from "../../../../core/latent-space/studies";
import { sampleLatents } from "../../../../core/latents";
import { leadingEigen } from "../../../../core/metrics/eigen";
import { modelOf } from "../../../../core/models";
import { STREAMS } from "../../../../core/rng";
import type { Seen } from "../../../looking";
import { buildNetwork } from "../../../networks/network";
import { orthonormalize } from "../../../networks/orthonormal";
import type { Trainer } from "../../../trainer";
import { conditionOf, oneHot, sampling, toldTo } from "../../evaluation";
import { toldClasses } from "../../generate";
import type { StudyContext } from "../types";

const SAMPLES = 256;
/** Components beside those that are wanted: some are no matter of one direction, and some go the way of others. */
const EXTRA = 8;
/** Share of a component's variance that a straight way through latent space must account for. */
const STRAIGHT = 0.1;

export async function activationDirections(
  { count, label }: StudyInput["directions"],
  { trainer, averaged }: StudyContext,
): Promise<readonly Direction[]> {
  const { size } = trainer.config.latent;
  const samples = Math.max(SAMPLES, 2 * size);
  const { latents, basis } = whiteLatents(trainer, samples);
  const classes = toldClasses(trainer);
  const [gram = new Float32Array(0)] = await trainer.look((seen) => {
    const told =
      classes === 0
        ? undefined
        : tf.tensor2d(oneHot(new Uint8Array(samples).fill(label), samples, classes), [samples, classes]);
    const early = earlyActivations(seen, tf.tensor2d(latents, [samples, size]), averaged, told);
    const centred = tf.sub(early, tf.mean(early, 0)) as tf.Tensor2D;
    return [tf.matMul(centred, centred, false, true)];
  });
  let total = 0;
  for (let i = 0; i < samples; i++) total += gram[i * samples + i] ?? 0;
  const { values, vectors } = leadingEigen(Float64Array.from(gram), samples, count + EXTRA);
  // The component k of sample i is √values[k] · vectors[k, i]. Regressed on latents whose columns are orthonormal, its direction is
  // their products with it, and the sum of these squared the share that it accounts for.
  return Array.from(values, (value, k): Direction & { readonly straight: number } => {
    const vector = new Float32Array(size);
    for (let d = 0; d < size; d++) {
      let sum = 0;
      for (let i = 0; i < samples; i++) sum += (basis[i * size + d] ?? 0) * (vectors[k * samples + i] ?? 0);
      vector[d] = sum;
    }
    const straight = vector.reduce((sum, one) => sum + one * one, 0);
    return { vector: vector.map((one) => one / Math.sqrt(straight)), share: value / total, name: null, straight };
  }).filter(({ straight }) => straight >= STRAIGHT);
}

/**
 * Latents [samples, size] of the prior, made so that their mean is zero, their numbers uncorrelated and of the prior's variance exactly:
 * what is found is not the chance of a sample. `basis`: the same with columns of length 1.
 */
function whiteLatents({ config }: Trainer, samples: number) {
  const { size, prior } = config.latent;
  const drawn = sampleLatents(new Float32Array(samples * size), prior, config.seed, STREAMS.evaluateLatent, 3);
  const basis = Float64Array.from(drawn);
  for (let d = 0; d < size; d++) {
    let sum = 0;
    for (let i = 0; i < samples; i++) sum += basis[i * size + d] ?? 0;
    for (let i = 0; i < samples; i++) basis[i * size + d] = (basis[i * size + d] ?? 0) - sum / samples;
  }
  orthonormalize(basis, samples, size);
  const length = Math.sqrt(samples * (prior === "normal" ? 1 : 1 / 3));
  return { latents: Float32Array.from(basis, (value) => length * value), basis };
}

/** What enters the second layer that has weights to multiply with: [count, numbers]. */
function earlyActivations(seen: Seen, z: tf.Tensor, averaged: boolean, told: tf.Tensor | undefined): tf.Tensor2D {
  const { config, shape, classes } = seen;
  const { sampler, networks } = modelOf(config);
  const { layers } = samplerOf(config);
  const input = networks[sampler]?.input(contextOf(config, shape, classes)) ?? [];
  const described = describeNetwork(layers, input, conditionOf(seen, sampler));
  if ("error" in described) throw new Error(described.error);
  const withKernel = described.layers.flatMap((layer, i) =>
    flatLayers([layer]).some(({ weights }) => weights.some(({ name }) => name === "kernel")) ? i : [],
  );
  const first = buildNetwork(layers.slice(0, withKernel[1] ?? layers.length), input, conditionOf(seen, sampler));
  const { weights, moments } = sampling(seen, averaged);
  // A network's weights are in the order of its layers, so that those of its beginning come first.
  const { output } = first.forward(weights.slice(0, first.weights.length), z, {
    moments,
    ...toldTo(seen, sampler, told),
  });
  return tf.reshape(output, [output.shape[0] ?? 0, -1]);
}
