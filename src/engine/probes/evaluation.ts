/** Networks as they are used, not trained: moving statistics, no dropout, averaged weights on request. Never draws from training's streams. */
import * as tf from "@tensorflow/tfjs";
import { contextOf, type ExperimentConfig, isAdversarial } from "../../core/config";
import { sampleLatents } from "../../core/latents";
import { modelOf } from "../../core/models";
import { STREAMS, subStream } from "../../core/rng";
import type { Moments, Pass } from "../layers";
import type { Seen } from "../looking";
import { mathsOf } from "../models";
import type { NetworkState } from "../networks/state";

/** Latents from which batch-norm statistics of averaged weights are computed anew. */
const STATISTICS_BATCH = 256;

/** Every class in turn: what samples are asked for where nobody says. */
export const classesInTurn = (count: number, classes: number): Uint8Array =>
  Uint8Array.from({ length: count }, (_, i) => i % Math.max(1, classes));

/** Labels as rows [count, classes] of one 1 each. */
export function oneHot(labels: ArrayLike<number>, count: number, classes: number): Float32Array {
  const out = new Float32Array(count * classes);
  for (let i = 0; i < count; i++) out[i * classes + Math.min(classes - 1, labels[i] ?? 0)] = 1;
  return out;
}

/** How many numbers a network's passes are conditioned on. */
export const conditionOf = ({ config, classes, shape }: Seen, name: string): number =>
  modelOf(config).networks[name]?.condition?.(contextOf(config, shape, classes)) ?? 0;

/** How a pass through a network is told the samples' classes. @param told one-hot [count, classes] */
export const toldTo = (seen: Seen, name: string, told: tf.Tensor | undefined): { condition?: tf.Tensor } =>
  told === undefined || conditionOf(seen, name) === 0 ? {} : { condition: told };

/** The statistics that an evaluation of this network uses. */
export function movingMoments(state: NetworkState): ReadonlyMap<number, Moments> {
  return state.moments;
}

/**
 * Batch-norm statistics that belong to the sampler's averaged weights: those of one fixed batch of latents, of every class where it knows
 * classes, layer by layer.
 */
function averagedMoments(seen: Seen, sampler: NetworkState): ReadonlyMap<number, Moments> {
  const found = new Map<number, Moments>();
  if (sampler.average === null || sampler.moments.size === 0) return found;
  const { config } = seen;
  const { size, prior } = config.latent;
  const z = new Float32Array(STATISTICS_BATCH * size);
  sampleLatents(z, prior, config.seed, subStream(STREAMS.evaluateLatent, 1), 0);
  sampler.network.forward(sampler.effective(sampler.average), tf.tensor2d(z, [STATISTICS_BATCH, size]), {
    ...toldTo(seen, sampler.name, everyClass(conditionOf(seen, sampler.name))),
    onMoments: (layer, moments) => found.set(layer, moments),
  });
  return found;
}

/** Of the statistics' batch, each class in turn. */
const everyClass = (classes: number): tf.Tensor | undefined =>
  classes === 0
    ? undefined
    : tf.tensor2d(oneHot(classesInTurn(STATISTICS_BATCH, classes), STATISTICS_BATCH, classes), [
        STATISTICS_BATCH,
        classes,
      ]);

/** What somebody does to a pass on the way: looks at what layers give, or puts something else in its place. */
export type Watch = Pick<Pass, "onOutput" | "alter">;

/** Makes samples of latents z [count, latent]; [count, ...dataShape], in data units. */
export type Sampler = (z: tf.Tensor, told?: tf.Tensor, watch?: Watch) => tf.Tensor;

/** The model's sampler as it stands, its weights and statistics found once for many passes. To be used in the tidy that it is made in. */
export function samplerNow(seen: Seen, averaged: boolean): Sampler {
  const { config } = seen;
  const { sampler } = modelOf(config);
  const state = seen.network(sampler);
  const { weights, moments } = sampling(seen, averaged);
  return (z, told, watch = {}) => {
    const { output } = state.network.forward(weights, z, { moments, ...toldTo(seen, sampler, told), ...watch });
    return mathsOf(config).networks[sampler]?.shown?.(config, output) ?? output;
  };
}

/** What a pass through the sampler takes: its weights, averaged on request where there is an average, and the statistics that go with them. */
export function sampling(seen: Seen, averaged: boolean) {
  const state = seen.network(modelOf(seen.config).sampler);
  const useAverage = averaged && state.average !== null;
  return {
    weights: state.effective(useAverage ? (state.average ?? []) : state.variables),
    moments: useAverage ? averagedMoments(seen, state) : movingMoments(state),
  };
}

/** The model's samples of latents z [count, latent]; [count, ...dataShape], in data units. To be called in a tidy. */
export function evaluateSampler(seen: Seen, z: tf.Tensor, averaged: boolean, told?: tf.Tensor): tf.Tensor {
  return samplerNow(seen, averaged)(z, told);
}

/**
 * D's logits [count] of samples [count, ...dataShape]; none for a model that judges nothing. To be called in a tidy.
 * With packing, a sample is judged together with those that follow it, the last ones with the first.
 */
export function evaluateJudge(seen: Seen, samples: tf.Tensor, told?: tf.Tensor): tf.Tensor1D {
  if (modelOf(seen.config).judge === null) return tf.zeros([0]);
  return tf.reshape(evaluateVerdict(seen, samples, told).output, [-1]);
}

/** D's logits [count, 1] of samples and its last hidden layer [count, ...]. @throws Error for a model that judges nothing */
export function evaluateVerdict(
  seen: Seen,
  samples: tf.Tensor,
  told?: tf.Tensor,
  watch: Watch = {},
): { readonly output: tf.Tensor; readonly features: tf.Tensor } {
  const { config } = seen;
  const { judge } = modelOf(config);
  if (judge === null) throw new Error(`The model ${modelOf(config).name} judges no samples; this is a bug.`);
  const packing = packingOf(config);
  const x =
    packing === 1
      ? samples
      : tf.concat(
          Array.from({ length: packing }, (_, i) => rolled(samples, i)),
          samples.rank - 1,
        );
  const state = seen.network(judge);
  const pass = { moments: movingMoments(state), ...toldTo(seen, judge, told), ...watch };
  const { output, features } = state.network.forward(state.effective(), x, pass);
  return { output: firstScore(output), features };
}

/** The first of a judge's numbers says how real a sample is; others may name its class. */
const firstScore = (output: tf.Tensor): tf.Tensor =>
  output.shape[1] === 1 ? output : tf.slice(output, [0, 0], [output.shape[0] ?? 0, 1]);

/** Packs in which a sample is judged that stands for itself. */
const COMPANIES = 4;

/**
 * D's logits [count] of samples that are no minibatch: a grid's points, or neighbours in latent space, which D would take for a
 * collapsed pack. With packing each is judged beside real samples, and its logit is the mean over a few such packs. To be called in
 * a tidy.
 */
export function evaluateEach(seen: Seen, samples: tf.Tensor, told?: tf.Tensor): tf.Tensor1D {
  const { config, shape } = seen;
  const packing = packingOf(config);
  const others = packing - 1;
  const reals = others === 0 ? null : seen.reals(COMPANIES * others);
  if (reals === null) return evaluateJudge(seen, samples, told);
  const discriminator = seen.network(modelOf(config).judge ?? "");
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
