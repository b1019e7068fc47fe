/** Another view of the same values; "flatten" is the reshape to one axis. Row-major, the batch axis stays. */
import * as tf from "@tensorflow/tfjs";
import type { LayerCall } from "./types";

export function reshape(x: tf.Tensor, call: LayerCall<"reshape"> | LayerCall<"flatten">): tf.Tensor {
  return tf.reshape(x, [x.shape[0] ?? 1, ...call.outputShape]);
}
