/**
 * A residual block: y = shortcut(x) + layers(x) (He et al. 2016, equations 1 and 2). The shortcut is the input itself; where the shapes
 * differ, its positions are averaged or repeated to the new sides and its channels projected by a learned matrix, as in the blocks of
 * SN-GAN and BigGAN.
 */
import * as tf from "@tensorflow/tfjs";
import { resizing } from "../../core/architecture/resizing";
import { type Layer, weight } from "./types";
import { repeated } from "./upsample";

export const residual: Layer<"residual"> = (x, call) => {
  if (call.weights.length === 0) return tf.add(x, call.inside(x));
  const change = resizing(call.inputShape, call.outputShape);
  const factor = change?.factor ?? 1;
  const few = change?.kind === "average" ? averaged(x, factor) : x;
  const channels = call.outputShape.at(-1) ?? 1;
  const flat = tf.reshape(few, [-1, few.shape.at(-1) ?? 1]) as tf.Tensor2D;
  const projected = tf.reshape(tf.matMul(flat, weight(call, 0) as tf.Tensor2D), [...few.shape.slice(0, -1), channels]);
  return tf.add(change?.kind === "repeat" ? repeated(projected, factor) : projected, call.inside(x));
};

/** The mean of every factor × factor positions of x [batch, height, width, channels]; rows first, since kernels have at most three axes. */
function averaged(x: tf.Tensor, factor: number): tf.Tensor {
  if (factor === 1) return x;
  const [batch = 1, height = 1, width = 1, channels = 1] = x.shape;
  const rows = tf.mean(tf.reshape(x, [(batch * height) / factor, factor, width * channels]), 1);
  const columns = tf.mean(tf.reshape(rows, [(batch * height * width) / factor ** 2, factor, channels]), 1);
  return tf.reshape(columns, [batch, height / factor, width / factor, channels]);
}
