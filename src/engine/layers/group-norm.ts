/**
 * Group normalisation (Wu and He 2018), as torch.nn.GroupNorm: each example's channels in groups, over positions too. Biased variance;
 * gamma and beta [channels]. Mixes no examples, so it goes together with gradient penalties.
 */
import * as tf from "@tensorflow/tfjs";
import { DEFAULT_GROUP_NORM_EPSILON } from "../../core/architecture/layers";
import { type Layer, weight } from "./types";

export const groupNorm: Layer<"groupNorm"> = (x, call) => {
  const { groups, epsilon = DEFAULT_GROUP_NORM_EPSILON } = call.spec;
  const [batch = 1, channels = 1] = [x.shape[0], x.shape.at(-1)];
  const grouped = tf.reshape(x, [batch, -1, groups, channels / groups]);
  const centered = tf.sub(grouped, average(grouped));
  const normal = tf.mul(centered, tf.rsqrt(tf.add(average(tf.square(centered)), epsilon)));
  return tf.add(tf.mul(tf.reshape(normal, x.shape), weight(call, 0)), weight(call, 1));
};

/** Over positions and a group's channels, [batch, 1, groups, 1]. One axis after the other: all groups are of one size. */
const average = (x: tf.Tensor): tf.Tensor => tf.mean(tf.mean(x, 3, true), 1, true);
