/**
 * Self-attention over an image's positions (Zhang et al. 2019, SAGAN, equations 1 to 3, with BigGAN's half as many value channels, and
 * without pooling): y = x + scale · softmax(x Wq (x Wk)ᵀ) x Wv Wp. The scale is learned and starts at 0, so that the layer starts as
 * the identity.
 */
import * as tf from "@tensorflow/tfjs";
import { detach } from "../differentiate";
import { type Layer, weight } from "./types";

/** Scores that lie this far above their row's mean are taken as equal, so that their exponentials stay finite. */
const MOST = 60;

export const selfAttention: Layer<"selfAttention"> = (x, call) => {
  const [batch = 1, height = 1, width = 1, channels = 1] = x.shape;
  const positions = tf.reshape(x, [batch * height * width, channels]) as tf.Tensor2D;
  const map = (i: number): tf.Tensor3D => {
    const kernel = weight(call, i) as tf.Tensor2D;
    return tf.reshape(tf.matMul(positions, kernel), [batch, height * width, kernel.shape[1]]);
  };
  const [query, key, value] = [map(0), map(1), map(2)];
  const attended = tf.matMul(softmax(tf.matMul(query, key, false, true)), value); // [batch, positions, half]
  const projection = weight(call, 3) as tf.Tensor2D;
  const made = tf.matMul(tf.reshape(attended, [batch * height * width, -1]) as tf.Tensor2D, projection);
  return tf.add(x, tf.mul(tf.reshape(made, x.shape), weight(call, 4)));
};

/** Over the last axis, of plain operations: TensorFlow.js's own has no right second derivative. Shifting a row changes nothing. */
function softmax(scores: tf.Tensor3D): tf.Tensor3D {
  const shifted = tf.sub(scores, detach(tf.mean(scores, -1, true)));
  const powers = tf.exp(tf.minimum(shifted, MOST));
  return tf.div(powers, tf.sum(powers, -1, true));
}
