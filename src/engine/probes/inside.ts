/**
 * Asks a network what one of its layers gives for a sample, and what becomes of samples when some of its units give 0 instead
 * (core/inside.ts). Changes nothing and draws nothing: the samples are the stage's.
 */
import * as tf from "@tensorflow/tfjs";
import { activationOf } from "../../core/architecture/edit";
import type { Shape } from "../../core/architecture/shape";
import { describeOwn, flatLayers, type LayerDescription } from "../../core/architecture/shapes";
import { datasetOf } from "../../core/datasets";
import { type Effect, type Inside, type InsideQuestion, meanDifference, unitStatistics } from "../../core/inside";
import { stageLatents } from "../../core/latents";
import { modelOf } from "../../core/models";
import { STREAMS } from "../../core/rng";
import { isHere, type RealSource } from "../data";
import type { Seen } from "../looking";
import { mathsOf } from "../models";
import type { Trainer } from "../trainer";
import {
  classesInTurn,
  evaluateSampler,
  evaluateVerdict,
  movingMoments,
  oneHot,
  samplerNow,
  type Watch,
} from "./evaluation";
import { toldClasses } from "./generate";
import { toRgba } from "./rgba";

/** Examples whose activations the statistics are of. */
const BATCH = 64;
/** Samples that are shown with and without the units, the chosen one first. */
const SHOWN = 17;
/** Samples by which units are ranked, and units that are ranked at most: those that give most, at that. */
const RANKED_BY = 8;
const MOST_RANKED = 256;

/**
 * @param averaged whether samples are made by G's averaged weights, where there are any
 * @returns null while real samples that are wanted are still coming
 * @throws Error for a network or a layer that the model has not
 */
export async function insideOf(
  trainer: Trainer,
  data: RealSource,
  question: InsideQuestion,
  averaged: boolean,
): Promise<Inside | null> {
  const { sampler, judge, coder } = modelOf(trainer.config);
  if (question.network === sampler) {
    return insideMaker(trainer, question, (seen) => sampling(seen, trainer, question, averaged));
  }
  if (question.network === coder) {
    if (!isHere(data, 0)) return null;
    return insideMaker(trainer, question, (seen) => copying(seen, trainer, data, question, averaged));
  }
  if (question.network !== judge) throw new Error(`The model has no network "${question.network}" to look inside.`);
  return isHere(data, 0) ? insideJudge(trainer, data, question, averaged) : null;
}

/** Of what makes samples. Of what codes them the copies are looked at: what it did not tell of a sample is missing in them. */
async function insideMaker(
  trainer: Trainer,
  question: InsideQuestion,
  running: (seen: Seen) => Making,
): Promise<Inside> {
  const layer = layerOf(trainer, question);
  const [outputs = NOTHING, before = NOTHING, after = NOTHING, coded = NOTHING, kernel] = await trainer.look((seen) => {
    const { of, run } = running(seen);
    const watched = watching(layer);
    const shown = tf.slice(run(watched.look, BATCH), 0, SHOWN);
    const silent = question.off.length === 0 ? shown : run(silenced(layer, question.off), SHOWN);
    const first = of === null ? tf.zeros([0]) : tf.slice(of, 0, 1);
    return [watched.output(), shown, silent, first, ...kernelOf(seen, layer, question)];
  });
  const effect: Effect = {
    kind: "samples",
    count: SHOWN,
    coded: coded.length === 0 ? null : shownAs(trainer, coded),
    before: shownAs(trainer, before),
    after: shownAs(trainer, after),
    change: meanDifference(before, after),
  };
  const ranks = await ranksOf(trainer, layer, question, outputs, (seen) => running(seen).run);
  return answer(layer, question, outputs, effect, kernel, ranks);
}

async function insideJudge(
  trainer: Trainer,
  data: RealSource,
  question: InsideQuestion,
  averaged: boolean,
): Promise<Inside> {
  const layer = layerOf(trainer, question);
  const running = (seen: Seen, of: "fake" | "real") => judging(seen, trainer, data, { ...question, of }, averaged);
  const found = await trainer.look((seen) => {
    const [fakes, reals] = [running(seen, "fake"), running(seen, "real")];
    const watched = watching(layer);
    const before = [fakes, reals].map(({ of, run }) => run(of === question.of ? watched.look : {}, BATCH));
    const silent = silenced(layer, question.off);
    const after = question.off.length === 0 ? before : [fakes, reals].map(({ run }) => run(silent, BATCH));
    const chosen = tf.slice((question.of === "fake" ? fakes : reals).samples, 0, 1);
    return [watched.output(), tf.concat(before), tf.concat(after), chosen, ...kernelOf(seen, layer, question)];
  });
  const [outputs = NOTHING, before = NOTHING, after = NOTHING, sample = NOTHING, kernel] = found;
  const effect: Effect = {
    kind: "logits",
    sample: shownAs(trainer, sample),
    fakes: { before: meanOf(before.subarray(0, BATCH)), after: meanOf(after.subarray(0, BATCH)) },
    reals: { before: meanOf(before.subarray(BATCH)), after: meanOf(after.subarray(BATCH)) },
    change: meanDifference(before, after),
  };
  const ranks = await ranksOf(trainer, layer, question, outputs, (seen) => running(seen, question.of).run);
  return answer(layer, question, outputs, effect, kernel, ranks);
}

/** What a network gives for the first `count` examples of the minibatch, with somebody watching the pass. */
type Run = (watch: Watch, count: number) => tf.Tensor;

/** Samples that come out, and what they are copies of, if of anything. */
interface Making {
  readonly of: tf.Tensor | null;
  readonly run: Run;
}

const some = (x: tf.Tensor | undefined, count: number) => (x === undefined ? undefined : tf.slice(x, 0, count));

/** Samples of the chosen latent and the stage's. */
function sampling(seen: Seen, trainer: Trainer, question: InsideQuestion, averaged: boolean): Making {
  const { z, told } = askedFor(trainer, question);
  const sample = samplerNow(seen, averaged);
  return { of: null, run: (watch, count) => sample(tf.slice(z, 0, count), some(told, count), watch) };
}

/** Logits of those samples, or of the stage's reals. */
function judging(seen: Seen, trainer: Trainer, data: RealSource, question: InsideQuestion, averaged: boolean) {
  const { x, told } = question.of === "fake" ? fakesOf(seen, trainer, question, averaged) : realsOf(trainer, data);
  const run: Run = (watch, count) =>
    tf.reshape(evaluateVerdict(seen, tf.slice(x, 0, count), some(told, count), watch).output, [-1]);
  return { of: question.of, samples: x, run };
}

/** Copies of those samples, or of the stage's reals: coded and made again. */
function copying(seen: Seen, trainer: Trainer, data: RealSource, question: InsideQuestion, averaged: boolean): Making {
  const { x } = question.of === "fake" ? fakesOf(seen, trainer, question, averaged) : realsOf(trainer, data);
  const codesOf = mathsOf(trainer.config).codes;
  if (codesOf === undefined)
    throw new Error(`The model ${modelOf(trainer.config).name} codes no samples; this is a bug.`);
  const state = seen.network(question.network);
  const [weights, moments, sample] = [state.effective(), movingMoments(state), samplerNow(seen, averaged)];
  const run: Run = (watch, count) =>
    sample(codesOf(state.network.forward(weights, tf.slice(x, 0, count), { moments, ...watch }).output));
  return { of: x, run };
}

function fakesOf(seen: Seen, trainer: Trainer, question: InsideQuestion, averaged: boolean) {
  const { z, told } = askedFor(trainer, question);
  return { x: evaluateSampler(seen, z, averaged, told), told };
}

function realsOf(trainer: Trainer, data: RealSource) {
  const { seed } = trainer.config;
  const reals = new Float32Array(BATCH * trainer.shape.reduce((a, b) => a * b, 1));
  data.minibatch(reals, seed, STREAMS.view, 0);
  const labels = new Int32Array(BATCH);
  data.labels?.fill(labels, seed, STREAMS.view, 0);
  return { x: tf.tensor(reals, [BATCH, ...trainer.shape], "float32"), told: rowsOf(trainer, labels) };
}

/** How much each unit alone changes what comes out; NaN for those that were not tried. Null where nobody asked. */
async function ranksOf(
  trainer: Trainer,
  layer: Watched,
  { rank }: InsideQuestion,
  outputs: Float32Array,
  running: (seen: Seen) => Run,
): Promise<Float32Array | null> {
  if (!rank) return null;
  const units = layer.description.outputShape.at(-1) ?? 1;
  const tried = mostGiving(outputs, units);
  const [changes = NOTHING] = await trainer.look((seen) => {
    const run = running(seen);
    const whole = run({}, RANKED_BY);
    const change = (unit: number) => tf.mean(tf.abs(tf.sub(run(silenced(layer, [unit]), RANKED_BY), whole)));
    return [tf.stack(tried.map((unit) => tf.tidy(() => change(unit))))];
  });
  const ranks = new Float32Array(units).fill(Number.NaN);
  for (const [i, unit] of tried.entries()) ranks[unit] = changes[i] ?? Number.NaN;
  return ranks;
}

/** The units that give most in the mean, as many as are tried. */
function mostGiving(outputs: Float32Array, units: number): readonly number[] {
  const given = new Float64Array(units);
  for (let i = 0; i < outputs.length; i++) given[i % units] = (given[i % units] ?? 0) + Math.abs(outputs[i] ?? 0);
  const all = Array.from({ length: units }, (_, unit) => unit);
  return all.sort((a, b) => (given[b] ?? 0) - (given[a] ?? 0)).slice(0, MOST_RANKED);
}

const NOTHING = new Float32Array(0);

/** The chosen latent, then the stage's; likewise their classes. */
function askedFor(trainer: Trainer, { latent, label }: InsideQuestion) {
  const { size } = trainer.config.latent;
  if (latent.length !== size) throw new RangeError(`The latent has ${latent.length} numbers, not ${size}.`);
  const z = new Float32Array(BATCH * size);
  z.set(latent);
  z.set(stageLatents(trainer.config, BATCH - 1), size);
  const labels = classesInTurn(BATCH, toldClasses(trainer)).with(0, label);
  return { z: tf.tensor2d(z, [BATCH, size]), told: rowsOf(trainer, labels) };
}

/** Labels as the networks are told them; undefined where they are told none. */
function rowsOf(trainer: Trainer, labels: ArrayLike<number>): tf.Tensor | undefined {
  const classes = toldClasses(trainer);
  return classes === 0 ? undefined : tf.tensor2d(oneHot(labels, BATCH, classes), [BATCH, classes], "float32");
}

/** The layer that is looked at, with its place in the network's list. */
interface Watched {
  readonly index: number;
  readonly description: LayerDescription;
  /** The shape of the image that its inputs are, where they are one laid out flat. */
  readonly flattened: Shape | null;
}

function layerOf(trainer: Trainer, { network, layer }: InsideQuestion): Watched {
  const described = describeOwn(trainer.config, network, trainer.shape, trainer.classes);
  const layers = "error" in described ? [] : flatLayers(described.layers);
  const index = layers.findIndex(({ path }) => path === layer);
  const description = layers[index];
  if (description === undefined) throw new Error(`The network ${network} has no layer ${layer}.`);
  const before = layers[index - 1];
  const flat = before?.spec.type === "flatten" && before.inputShape.length === 3;
  return { index, description, flattened: flat ? before.inputShape : null };
}

/** Keeps what the layer gives in a pass. */
function watching({ index: wanted }: Watched) {
  const kept: tf.Tensor[] = [];
  return {
    look: { onOutput: (index: number, given: tf.Tensor) => void (index === wanted && kept.push(given)) },
    output(): tf.Tensor {
      const [output] = kept;
      if (output === undefined) throw new Error("A pass went by a layer that was looked at; this is a bug.");
      return output;
    },
  };
}

/** Puts 0 in place of what some units of a layer give, at all positions. */
function silenced({ index: wanted }: Watched, off: readonly number[]): Watch {
  return {
    alter(index, given) {
      if (index !== wanted || off.length === 0) return given;
      const units = given.shape.at(-1) ?? 1;
      const kept = Float32Array.from({ length: units }, (_, unit) => (off.includes(unit) ? 0 : 1));
      return tf.mul(given, tf.tensor1d(kept));
    },
  };
}

const meanOf = (values: Float32Array) => values.reduce((sum, value) => sum + value, 0) / Math.max(1, values.length);

function shownAs(trainer: Trainer, samples: Float32Array): Float32Array | Uint8ClampedArray {
  const dataset = datasetOf(trainer.config.dataset);
  return dataset.kind === "points" ? samples : toRgba(samples, dataset.shape[2], dataset.valueRange);
}

/** The weights from all inputs to the chosen unit, slice by slice; none for a layer without a kernel. */
function kernelOf(seen: Seen, { index, description }: Watched, { network, unit }: InsideQuestion): tf.Tensor[] {
  const state = seen.network(network);
  const place = state.network.weights.findIndex((weight) => weight.layer === index && weight.name === "kernel");
  const kernel = state.effective()[place];
  if (unit === null || kernel === undefined) return [];
  if (kernel.rank === 2) return [tf.reshape(tf.slice(kernel, [0, unit], [kernel.shape[0] ?? 1, 1]), [-1])];
  const [height = 1, width = 1, third = 1, fourth = 1] = kernel.shape;
  // conv2d's kernels are [height, width, in, out], those of transposed ones [height, width, out, in].
  const transposed = description.spec.type === "conv2dTranspose";
  const own = transposed
    ? tf.slice(kernel, [0, 0, unit, 0], [height, width, 1, fourth])
    : tf.slice(kernel, [0, 0, 0, unit], [height, width, third, 1]);
  return [tf.transpose(tf.reshape(own, [height * width, transposed ? fourth : third]))];
}

function kernelPictures({ description, flattened }: Watched, values: Float32Array | undefined) {
  if (values === undefined) return null;
  const kernel = description.weights.find(({ name }) => name === "kernel");
  if (kernel?.shape.length === 4) {
    const [height = 1, width = 1] = kernel.shape;
    return { height, width, count: values.length / (height * width), values };
  }
  // A dense layer's inputs may be an image laid out flat, its channels last: then its weights are a picture a channel.
  const [height = 1, width = 1, channels = values.length] = flattened ?? [];
  const slices = Float32Array.from(values, (_, i) => {
    const [channel, place] = [Math.floor(i / (height * width)), i % (height * width)];
    return values[place * channels + channel] ?? 0;
  });
  return { height, width, count: channels, values: slices };
}

function answer(
  layer: Watched,
  { off }: InsideQuestion,
  outputs: Float32Array,
  effect: Effect,
  kernel: Float32Array | undefined,
  ranks: Float32Array | null,
): Inside {
  const { description } = layer;
  const shape = description.outputShape;
  const units = shape.at(-1) ?? 1;
  const maps = outputs.slice(0, outputs.length / BATCH);
  for (const unit of off) for (let i = unit; i < maps.length; i += units) maps[i] = 0;
  return {
    shape,
    activation: activationOf(description.spec) ?? "linear",
    maps,
    statistics: unitStatistics(outputs, units),
    kernel: kernelPictures(layer, kernel),
    effect,
    ranks,
  };
}
