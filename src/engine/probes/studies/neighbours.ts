/** The training images nearest to samples, by the Euclidean distance of their pixels. The products on the device, the choice here. */
import * as tf from "@tensorflow/tfjs";
import type { Trainer } from "../../trainer";
import { imagesHere, imagesOf, undrawn } from "./pictures";
import type { StudyProbe } from "./types";

export const neighbours: StudyProbe<"neighbours"> = async ({ samples: given, count, k, from, to }, context) => {
  const set = imagesOf(context);
  const total = imagesHere(set);
  const end = Math.min(to, total);
  const size = Math.max(0, end - from);
  const indices = new Int32Array(count * k).fill(-1);
  const distances = new Float32Array(count * k).fill(Number.POSITIVE_INFINITY);
  if (size === 0) return { indices, distances, total };
  const samples = undrawn(context, given, count);
  const others = set.images(Int32Array.from({ length: size }, (_, i) => from + i));
  const dimension = samples.length / count;
  const products = await squaredDistances(context.trainer, samples, others, dimension);
  for (let i = 0; i < count; i++) {
    const row = products.subarray(i * size, (i + 1) * size);
    for (const [place, at] of smallest(row, k).entries()) {
      indices[i * k + place] = from + at;
      distances[i * k + place] = distance(samples, i, others, at, dimension);
    }
  }
  return { indices, distances, total };
};

/** [a, b] of rows: |a|² + |b|² - 2 a·b, which rounding may make a little negative. */
export async function squaredDistances(
  trainer: Pick<Trainer, "look">,
  a: Float32Array,
  b: Float32Array,
  dimension: number,
): Promise<Float32Array> {
  const [found = new Float32Array(0)] = await trainer.look(() => {
    const x = tf.tensor2d(a, [a.length / dimension, dimension]);
    const y = tf.tensor2d(b, [b.length / dimension, dimension]);
    const norms = (rows: tf.Tensor2D) => tf.sum(tf.square(rows), 1);
    const both = tf.add(tf.expandDims(norms(x), 1), tf.expandDims(norms(y), 0));
    return [tf.sub(both, tf.mul(tf.matMul(x, y, false, true), 2))];
  });
  return found;
}

/** Places of the k smallest, smallest first. */
export function smallest(values: Float32Array, k: number): number[] {
  const best: number[] = [];
  for (let i = 0; i < values.length; i++) {
    const value = values[i] ?? 0;
    if (best.length === k && value >= (values[best[k - 1] ?? 0] ?? 0)) continue;
    let at = best.length;
    while (at > 0 && value < (values[best[at - 1] ?? 0] ?? 0)) at--;
    best.splice(at, 0, i);
    best.length = Math.min(best.length, k);
  }
  return best;
}

/** Of two rows; the products above lose what nearly equal rows differ in. */
function distance(a: Float32Array, i: number, b: Float32Array, j: number, dimension: number): number {
  let sum = 0;
  for (let d = 0; d < dimension; d++) sum += ((a[i * dimension + d] ?? 0) - (b[j * dimension + d] ?? 0)) ** 2;
  return Math.sqrt(sum);
}
