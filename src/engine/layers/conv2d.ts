/** Convolution, NHWC, kernel HWIO, "same" padding. */
import * as tf from "@tensorflow/tfjs";
import { type Layer, weight } from "./types";

export const conv2d: Layer<"conv2d"> = (x, call) => {
  const y = tf.conv2d(x as tf.Tensor4D, weight(call, 0) as tf.Tensor4D, call.spec.strides, "same");
  const bias = call.weights[1];
  return bias === undefined ? y : tf.add(y, bias);
};
