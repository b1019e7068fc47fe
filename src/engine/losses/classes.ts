/** How well scores name a class: cross-entropy and accuracy, of plain operations, so that they are recorded and have right gradients. */
import * as tf from "@tensorflow/tfjs";
import { detach } from "../differentiate";

/** Scores that lie this far above their row's mean are taken as equal, so that their exponentials stay finite. */
const MOST = 60;

/**
 * Mean of −log softmax(scores) at the class, in nats. Shifting a row changes nothing.
 * @param scores [n, classes] @param labels one-hot, of the same shape
 */
export function classLoss(scores: tf.Tensor, labels: tf.Tensor): tf.Scalar {
  const shifted = tf.sub(scores, detach(tf.mean(scores, 1, true)));
  const total = tf.log(tf.sum(tf.exp(tf.minimum(shifted, MOST)), 1, true));
  const own = tf.sum(tf.mul(shifted, labels), 1, true);
  return tf.mean(tf.sub(total, own));
}

/** Share of rows whose own class has the highest score. Nothing of it has a gradient. */
export function classAccuracy(scores: tf.Tensor, labels: tf.Tensor): tf.Scalar {
  const classes = scores.shape[1] ?? 1;
  const own = tf.sum(tf.mul(scores, labels), 1, true);
  const beaten = tf.sum(tf.step(tf.sub(own, scores)), 1, true); // the others that score less
  return tf.mean(tf.step(tf.sub(beaten, classes - 1.5)));
}
