/**
 * How a classifier is trained: one network, the cross-entropies of its classes and of what else is known of the images, Adam with a
 * falling rate. No files, no printing.
 */
import * as tf from "@tensorflow/tfjs";
import type { LayerSpec } from "../../core/architecture/layers";
import { integers, STREAMS, subStream } from "../../core/rng";
import { differentiate, flatten } from "../differentiate";
import { type ImageSet, STEPS_PER_CHUNK } from "../image-set";
import { buildNetwork } from "../networks/network";
import { Player } from "../networks/player";
import { NetworkState } from "../networks/state";
import { makeOptimizer } from "../optimizers";
import { updateVariables } from "../optimizers/update";

export interface LearnOptions {
  readonly layers: readonly LayerSpec[];
  readonly seed: number;
  readonly steps: number;
  readonly batchSize: number;
  /** At the first step; it falls to nothing along a straight line. */
  readonly learningRate: number;
  /** Told the mean loss over each hundredth of the steps. */
  readonly onProgress?: (step: number, loss: number) => void;
}

/** Generated digits are not as well centred as MNIST's: training images are moved by up to so many pixels, sideways and up. */
const SHIFT = 2;
/** Sub-streams beyond any layer's. */
const BATCHES = 4000;
const SHIFTS = 4001;

/**
 * Trains on the training images of a set, all of which must be loaded. A function of the set and the options.
 * @returns the weights one after the other, in the network's order
 */
export async function learnClassifier(set: ImageSet, options: LearnOptions): Promise<Float32Array> {
  const { layers, seed, steps, batchSize, learningRate, onProgress = () => {} } = options;
  const network = buildNetwork(layers, [...set.dataset.shape]);
  const heads = headsOf(set);
  const [name, stream, weights] = ["classifier", STREAMS.classifier, new Map<string, Float32Array>()];
  const state = new NetworkState({
    name,
    network,
    initializer: "he",
    seed,
    stream,
    place: 0,
    averaged: false,
    weights,
  });
  const optimizer = makeOptimizer({ type: "adam", learningRate, beta1: 0.9, beta2: 0.999, epsilon: 1e-8 });
  const player = new Player(name, [state], optimizer);
  try {
    let sum = tf.scalar(0);
    const often = Math.max(1, Math.round(steps / 100));
    for (let step = 0; step < steps; step++) {
      const { images, labels } = minibatch(set, heads, batchSize, seed, step);
      const before = sum;
      sum = tf.tidy(() => {
        const x = tf.tensor(images, [batchSize, ...set.dataset.shape]);
        const wanted = heads.map(({ values }, h) => tf.oneHot(tf.tensor1d(labels[h] ?? [], "int32"), values));
        const { value, gradients } = differentiate(player.variables, () =>
          crossEntropies(network.forward(state.effective(), x, {}).output, wanted),
        );
        const rate = learningRate * (1 - step / steps);
        const coefficients = optimizer.coefficients(rate, step + 1).map((number) => tf.scalar(number));
        updateVariables(optimizer, player.variables, flatten(gradients), player.slots, coefficients);
        return tf.add(sum, value);
      });
      before.dispose();
      if ((step + 1) % often !== 0) continue;
      onProgress(step + 1, ((await sum.data<"float32">())[0] ?? Number.NaN) / often);
      sum.dispose();
      sum = tf.scalar(0);
    }
    sum.dispose();
    const all = tf.tidy(() => flatten(state.variables));
    try {
      return (await all.data<"float32">()).slice();
    } finally {
      all.dispose();
    }
  } finally {
    player.dispose();
    state.dispose();
  }
}

/** What the network's outputs tell apart: a group of outputs for the classes, and one for each attribute that has names. */
interface Head {
  readonly values: number;
  /** The value of each training image. */
  readonly labels: Uint8Array;
}

function headsOf(set: ImageSet): readonly Head[] {
  const { classes, attributes = [] } = set.dataset;
  return [
    { values: classes.length, labels: set.labels() },
    ...attributes.flatMap(({ values }, i) =>
      values === undefined ? [] : [{ values: values.length, labels: set.attribute(i) }],
    ),
  ];
}

/** The sum over groups of outputs, in order. @param logits [batch, all] @param wanted one-hot, [batch, values] each */
function crossEntropies(logits: tf.Tensor, wanted: readonly tf.Tensor[]): tf.Scalar {
  if (wanted.length === 1) return crossEntropy(logits, wanted[0] ?? logits);
  const groups = tf.split(
    logits,
    wanted.map(({ shape }) => shape[1] ?? 0),
    1,
  );
  return groups.map((group, h) => crossEntropy(group, wanted[h] ?? group)).reduce((a, b) => tf.add(a, b));
}

/** Mean of -log p(class), by logits [batch, classes] and classes one-hot [batch, classes]. */
function crossEntropy(logits: tf.Tensor, wanted: tf.Tensor): tf.Scalar {
  const highest = tf.tidy(() => tf.max(logits, -1, true)); // a constant: it cancels
  const shifted = tf.sub(logits, highest);
  const total = tf.log(tf.sum(tf.exp(shifted), -1));
  return tf.mean(tf.sub(total, tf.sum(tf.mul(shifted, wanted), -1)));
}

function minibatch(set: ImageSet, heads: readonly Head[], batch: number, seed: number, step: number) {
  const late = set.chunks * STEPS_PER_CHUNK; // a step from which on all chunks are drawn from
  const indices = set.minibatchIndices(batch, seed, subStream(STREAMS.classifier, BATCHES), late + step);
  const labels = heads.map((head) => Int32Array.from(indices, (index) => head.labels[index] ?? 0));
  const images = set.images(indices);
  if (set.dataset.inPlace === true) return { images, labels };
  const shifts = integers(new Int32Array(2 * batch), 2 * SHIFT + 1, seed, subStream(STREAMS.classifier, SHIFTS), step);
  return { images: moved(images, set, shifts), labels };
}

/** Images moved by whole pixels; what comes in is what lay at the edge. */
function moved(images: Float32Array, { dataset }: ImageSet, shifts: Int32Array): Float32Array {
  const [height, width, channels] = dataset.shape;
  const out = new Float32Array(images.length);
  const size = height * width * channels;
  const within = (at: number, side: number) => Math.max(0, Math.min(side - 1, at));
  for (let i = 0; i * size < images.length; i++) {
    const [down, right] = [(shifts[2 * i] ?? 0) - SHIFT, (shifts[2 * i + 1] ?? 0) - SHIFT];
    for (let y = 0; y < height; y++) {
      for (let x = 0; x < width; x++) {
        const from = i * size + (within(y - down, height) * width + within(x - right, width)) * channels;
        const to = i * size + (y * width + x) * channels;
        for (let c = 0; c < channels; c++) out[to + c] = images[from + c] ?? 0;
      }
    }
  }
  return out;
}
