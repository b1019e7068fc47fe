/**
 * Batch normalisation (Ioffe and Szegedy 2015) per channel, over batch and positions, with the biased variance. Keeps no statistics: the pass
 * brings or takes them.
 */
import * as tf from "@tensorflow/tfjs";
import { DEFAULT_BATCH_NORM_EPSILON } from "../../core/architecture/layers";
import { normalizeBatch } from "../kernels/normalize-batch";
import { type Layer, type LayerCall, type Moments, weight } from "./types";

export const batchNorm: Layer<"batchNorm"> = (x, call) => {
  const epsilon = call.spec.epsilon ?? DEFAULT_BATCH_NORM_EPSILON;
  return normalize(x, call, { gamma: weight(call, 0), beta: weight(call, 1), epsilon });
};

/** x by the pass's own statistics, or by the batch's, which the pass is then told; times gamma plus beta, each [channels]. */
export function normalize(
  x: tf.Tensor,
  { pass, index }: LayerCall<"batchNorm"> | LayerCall<"conditionalBatchNorm">,
  { gamma, beta, epsilon }: { readonly gamma: tf.Tensor; readonly beta: tf.Tensor; readonly epsilon: number },
): tf.Tensor {
  const given = pass.moments?.get(index);
  if (given === undefined) {
    return normalizeBatch(x, gamma, beta, epsilon, (moments: Moments) => pass.onMoments?.(index, moments));
  }
  const scale = tf.mul(gamma, tf.rsqrt(tf.add(given.variance, epsilon)));
  return tf.add(tf.mul(tf.sub(x, given.mean), scale), beta);
}
