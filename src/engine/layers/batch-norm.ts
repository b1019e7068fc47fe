/**
 * Batch normalisation (Ioffe and Szegedy 2015) per channel, over batch and positions, with the biased variance; made of
 * primitives, so that its gradients are right to any order. Keeps no statistics: the pass brings or takes them.
 */
import * as tf from "@tensorflow/tfjs";
import { DEFAULT_BATCH_NORM_EPSILON } from "../../core/architecture/layers";
import { type Layer, type LayerCall, weight } from "./types";

export const batchNorm: Layer<"batchNorm"> = (x, call) => {
  const { centered, variance } = centeredBatch(x, call);
  const epsilon = call.spec.epsilon ?? DEFAULT_BATCH_NORM_EPSILON;
  const scale = tf.mul(weight(call, 0), tf.rsqrt(tf.add(variance, epsilon)));
  return tf.add(tf.mul(centered, scale), weight(call, 1));
};

/** x less the mean of its channels, and their variance: the pass's own moments, or the batch's, which the pass is then told. */
export function centeredBatch(
  x: tf.Tensor,
  call: LayerCall<"batchNorm"> | LayerCall<"conditionalBatchNorm">,
): { readonly centered: tf.Tensor; readonly variance: tf.Tensor } {
  const given = call.pass.moments?.get(call.index);
  const axes = x.shape.map((_, axis) => axis).slice(0, -1);
  const mean = given?.mean ?? tf.mean(x, axes);
  const centered = tf.sub(x, mean);
  const variance = given?.variance ?? tf.mean(tf.square(centered), axes);
  if (given === undefined) call.pass.onMoments?.(call.index, { mean, variance });
  return { centered, variance };
}
