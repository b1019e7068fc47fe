/** λ·E(‖∇D‖ - 1)²: the term that WGAN-GP and DRAGAN share. */
import * as tf from "@tensorflow/tfjs";

const UNDER_ROOT = 1e-12; // the root's slope at zero is infinite

export function unitSlope(squaredNorms: tf.Tensor, lambda: number): tf.Scalar {
  const norms = tf.sqrt(tf.add(squaredNorms, UNDER_ROOT));
  return tf.mul(tf.mean(tf.square(tf.sub(norms, 1))), lambda);
}
