/**
 * Nearest neighbour, ×2, as two concatenations that double columns and then rows. tf.image.resizeNearestNeighbor would be
 * one kernel, but its gradient is wrong on TensorFlow.js's cpu backend for batches above 1 and it has no second gradient.
 */
import * as tf from "@tensorflow/tfjs";
import type { Layer } from "./types";

export const upsample: Layer<"upsample"> = (x, call) => {
  const [height = 1, width = 1, channels = 1] = call.inputShape;
  const batch = x.shape[0] ?? 1;
  const wide = tf.concat([x, x], 3); // [batch, h, w, 2c] is [batch, h, 2w, c] in memory
  const row = tf.reshape(wide, [batch, height, 2 * width * channels]);
  return tf.reshape(tf.concat([row, row], 2), [batch, 2 * height, 2 * width, channels]);
};
