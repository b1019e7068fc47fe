/** Networks as they are used, not trained: moving statistics, no dropout, averaged weights on request. Never draws from training's streams. */
import * as tf from "@tensorflow/tfjs";
import { type ExperimentConfig, isAdversarial } from "../../core/config";
import { sampleLatents } from "../../core/latents";
import { STREAMS, subStream } from "../../core/rng";
import type { Moments } from "../layers";
import type { NetworkState } from "../networks/state";
import type { Seen } from "../trainer";

/** Latents from which batch-norm statistics of averaged weights are computed anew. */
const STATISTICS_BATCH = 256;

/** The statistics that an evaluation of this network uses. */
export function movingMoments(state: NetworkState): ReadonlyMap<number, Moments> {
  return state.moments;
}

/**
 * Batch-norm statistics that belong to G's averaged weights: those of one fixed batch of latents, layer by layer.
 * To be called in a tidy.
 */
export function averagedMoments(generator: NetworkState, config: ExperimentConfig): ReadonlyMap<number, Moments> {
  const found = new Map<number, Moments>();
  if (generator.average === null || generator.moments.size === 0) return found;
  const { size, prior } = config.latent;
  const z = new Float32Array(STATISTICS_BATCH * size);
  sampleLatents(z, prior, config.seed, subStream(STREAMS.evaluateLatent, 1), 0);
  generator.network.forward(generator.effective(generator.average), tf.tensor2d(z, [STATISTICS_BATCH, size]), {
    onMoments: (layer, moments) => found.set(layer, moments),
  });
  return found;
}

/** G's samples of latents z [count, latent]; [count, ...dataShape]. To be called in a tidy. */
export function evaluateGenerator(
  generator: NetworkState,
  config: ExperimentConfig,
  z: tf.Tensor,
  averaged: boolean,
): tf.Tensor {
  const { average } = generator;
  const useAverage = averaged && average !== null;
  const weights = generator.effective(useAverage ? average : generator.variables);
  const moments = useAverage ? averagedMoments(generator, config) : movingMoments(generator);
  return generator.network.forward(weights, z, { moments }).output;
}

/** D's logits [count] of samples [count, ...dataShape]. To be called in a tidy. */
export function evaluateDiscriminator(
  discriminator: NetworkState,
  config: ExperimentConfig,
  samples: tf.Tensor,
): tf.Tensor1D {
  return tf.reshape(evaluateVerdict(discriminator, config, samples).output, [-1]);
}

/**
 * D's logits [count, 1] of samples [count, ...dataShape] and its last hidden layer [count, ...]. To be called in a tidy.
 * With packing, a sample is judged together with those that follow it, the last ones with the first.
 */
export function evaluateVerdict(
  discriminator: NetworkState,
  config: ExperimentConfig,
  samples: tf.Tensor,
): { readonly output: tf.Tensor; readonly features: tf.Tensor } {
  const packing = packingOf(config);
  const x =
    packing === 1
      ? samples
      : tf.concat(
          Array.from({ length: packing }, (_, i) => rolled(samples, i)),
          samples.rank - 1,
        );
  return discriminator.network.forward(discriminator.effective(), x, { moments: movingMoments(discriminator) });
}

/** Packs in which a sample is judged that stands for itself. */
const COMPANIES = 4;

/**
 * D's logits [count] of samples that are no minibatch: a grid's points, or neighbours in latent space, which D would take for a
 * collapsed pack. With packing each is judged beside real samples, and its logit is the mean over a few such packs. To be called in
 * a tidy.
 */
export function evaluateEach(seen: Seen, samples: tf.Tensor): tf.Tensor1D {
  const { config, shape } = seen;
  const discriminator = seen.network("discriminator");
  const packing = packingOf(config);
  const others = packing - 1;
  const reals = others === 0 ? null : seen.reals(COMPANIES * others);
  if (reals === null) return evaluateDiscriminator(discriminator, config, samples);
  const companion = (i: number) => tf.tile(tf.slice(reals, i, 1), [samples.shape[0] ?? 0, ...shape.map(() => 1)]);
  const weights = discriminator.effective();
  const logits = Array.from({ length: COMPANIES }, (_, k) => {
    const company = Array.from({ length: others }, (_, i) => companion(k * others + i));
    const pack = tf.concat(company.toSpliced(k % packing, 0, samples), samples.rank - 1);
    return discriminator.network.forward(weights, pack, { moments: movingMoments(discriminator) }).output;
  });
  return tf.reshape(tf.mean(tf.stack(logits), 0), [-1]);
}

/** How many samples D judges together. */
export const packingOf = (config: ExperimentConfig) => (isAdversarial(config) ? config.model.packing : 1);

/** Rows i, i + 1, ..., 0, ..., i - 1. */
function rolled(x: tf.Tensor, i: number): tf.Tensor {
  const n = x.shape[0] ?? 0;
  const by = i % Math.max(1, n);
  if (by === 0) return x;
  const rest = x.shape.slice(1);
  const zeros = rest.map(() => 0);
  return tf.concat([tf.slice(x, [by, ...zeros], [n - by, ...rest]), tf.slice(x, [0, ...zeros], [by, ...rest])], 0);
}
