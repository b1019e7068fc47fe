/**
 * The end of a projection discriminator (Miyato and Koyama 2018, equation 7): a score of features x that says how real they are, and with
 * an inner product how well they fit their class: x w + b + <c V, x>, V with a row for each of the condition's numbers.
 */
import * as tf from "@tensorflow/tfjs";
import { conditionOf, type Layer, weight } from "./types";

export const projection: Layer<"projection"> = (x, call) => {
  const score = tf.add(tf.matMul(x as tf.Tensor2D, weight(call, 0) as tf.Tensor2D), weight(call, 1));
  const own = tf.matMul(conditionOf(call) as tf.Tensor2D, weight(call, 2) as tf.Tensor2D);
  return tf.add(score, tf.sum(tf.mul(own, x), 1, true));
};
