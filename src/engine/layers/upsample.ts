/**
 * Nearest neighbour, ×2, as two concatenations that double columns and then rows. tf.image.resizeNearestNeighbor would be
 * one kernel, but its gradient is wrong on TensorFlow.js's cpu backend for batches above 1 and it has no second gradient.
 */
import * as tf from "@tensorflow/tfjs";
import type { Layer } from "./types";

export const upsample: Layer<"upsample"> = (x) => repeated(x, 2);

/** Every position of x [batch, height, width, channels] factor × factor times. */
export function repeated(x: tf.Tensor, factor: number): tf.Tensor {
  if (factor === 1) return x;
  const [batch = 1, height = 1, width = 1, channels = 1] = x.shape;
  const times = <T extends tf.Tensor>(part: T): T[] => Array.from({ length: factor }, () => part);
  const wide = tf.concat(times(x), 3); // [batch, h, w, 2c] is [batch, h, 2w, c] in memory
  const row = tf.reshape(wide, [batch, height, factor * width * channels]);
  return tf.reshape(tf.concat(times(row), 2), [batch, factor * height, factor * width, channels]);
}
