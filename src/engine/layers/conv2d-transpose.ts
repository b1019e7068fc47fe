/** Transposed convolution, NHWC, kernel HWOI, "same" padding: the gradient of conv2d used as a layer; sides × strides. */
import * as tf from "@tensorflow/tfjs";
import { type Layer, weight } from "./types";

export const conv2dTranspose: Layer<"conv2dTranspose"> = (x, call) => {
  const [height = 1, width = 1, channels = 1] = call.outputShape;
  const y = tf.conv2dTranspose(
    x as tf.Tensor4D,
    weight(call, 0) as tf.Tensor4D,
    [x.shape[0] ?? 1, height, width, channels],
    call.spec.strides,
    "same",
  );
  const bias = call.weights[1];
  return bias === undefined ? y : tf.add(y, bias);
};
