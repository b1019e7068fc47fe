/**
 * Group normalisation (Wu and He 2018), as torch.nn.GroupNorm: each example's channels in groups, over positions too. Biased variance;
 * gamma and beta [channels]. Mixes no examples, so it goes together with gradient penalties.
 */
import * as tf from "@tensorflow/tfjs";
import { DEFAULT_GROUP_NORM_EPSILON } from "../../core/architecture/layers";
import { type Layer, weight } from "./types";

export const groupNorm: Layer<"groupNorm"> = (x, call) => {
  const { groups, epsilon = DEFAULT_GROUP_NORM_EPSILON } = call.spec;
  const flat = tf.reshape(x, [x.shape[0] ?? 1, -1, x.shape.at(-1) ?? 1]) as tf.Tensor3D;
  const centered = tf.sub(flat, average(flat, groups)) as tf.Tensor3D;
  const variance = average(tf.square(centered), groups);
  const normal = tf.mul(centered, tf.rsqrt(tf.add(variance, epsilon)));
  return tf.add(tf.mul(tf.reshape(normal, x.shape), weight(call, 0)), weight(call, 1));
};

/**
 * The mean of x [batch, positions, channels] over positions and each group's channels, for every channel: [batch, 1, channels]. One axis
 * after the other, since all groups are of one size; so that every operation has at most three axes, as our kernels have.
 */
function average(x: tf.Tensor3D, groups: number): tf.Tensor {
  const [batch, , channels] = x.shape;
  const grouped = tf.reshape(tf.mean(x, 1), [batch * groups, channels / groups]);
  const spread = tf.mul(tf.ones(grouped.shape), tf.mean(grouped, 1, true));
  return tf.reshape(spread, [batch, 1, channels]);
}
