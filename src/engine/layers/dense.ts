/** Fully connected: x W + b with W [in, out]. Not fused: TensorFlow.js's fused bias is wrong on wasm for K > 48. */
import * as tf from "@tensorflow/tfjs";
import { type Layer, weight } from "./types";

export const dense: Layer<"dense"> = (x, call) => {
  const product = tf.matMul(x as tf.Tensor2D, weight(call, 0) as tf.Tensor2D);
  const bias = call.weights[1];
  return bias === undefined ? product : tf.add(product, bias);
};
