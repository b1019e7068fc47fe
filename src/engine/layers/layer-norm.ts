/**
 * Layer normalisation (Ba et al. 2016) over the last axis, as torch.nn.LayerNorm(channels) does: each example's features in
 * a dense network, each position's channels in an image. Biased variance; gamma and beta [channels]. Mixes no examples, so
 * it goes together with gradient penalties.
 */
import * as tf from "@tensorflow/tfjs";
import { DEFAULT_LAYER_NORM_EPSILON } from "../../core/architecture/layers";
import { type Layer, weight } from "./types";

export const layerNorm: Layer<"layerNorm"> = (x, call) => {
  const centered = tf.sub(x, tf.mean(x, -1, true));
  const variance = tf.mean(tf.square(centered), -1, true);
  const normal = tf.mul(centered, tf.rsqrt(tf.add(variance, call.spec.epsilon ?? DEFAULT_LAYER_NORM_EPSILON)));
  return tf.add(tf.mul(normal, weight(call, 0)), weight(call, 1));
};
