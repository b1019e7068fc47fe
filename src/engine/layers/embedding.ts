/**
 * A label's embedding beside the input: as many more features, or the same ones at every position of an image, learned for each number
 * of the condition (a row each; Mirza and Osindero 2014 map labels by a dense layer of this kind).
 */
import * as tf from "@tensorflow/tfjs";
import { conditionOf, type Layer, weight } from "./types";

export const embedding: Layer<"embedding"> = (x, call) => {
  const found = tf.matMul(conditionOf(call) as tf.Tensor2D, weight(call, 0) as tf.Tensor2D);
  const { units } = call.spec;
  const sides = x.shape.slice(1, -1);
  if (sides.length === 0) return tf.concat([x, found], 1);
  const one = tf.reshape(found, [x.shape[0] ?? 1, ...sides.map(() => 1), units]);
  return tf.concat([x, tf.mul(tf.ones([...x.shape.slice(0, -1), units]), one)], x.rank - 1);
};
