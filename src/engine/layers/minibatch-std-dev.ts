/**
 * Minibatch standard deviation (Karras et al. 2018, section 3): one more channel that holds, everywhere, the mean over
 * features of the standard deviation over the batch. With it D sees whether fakes are too much alike.
 */
import * as tf from "@tensorflow/tfjs";
import type { Layer } from "./types";

const EPSILON = 1e-8; // under the root, as in the authors' code: equal samples have a gradient

export const minibatchStdDev: Layer<"minibatchStdDev"> = (x) => {
  const centered = tf.sub(x, tf.mean(x, 0, true));
  const deviation = tf.mean(tf.sqrt(tf.add(tf.mean(tf.square(centered), 0), EPSILON)));
  const channel = tf.mul(tf.ones([...x.shape.slice(0, -1), 1]), deviation);
  return tf.concat([x, channel], x.rank - 1);
};
