/** The square of a vector's length, in the kernel that the update of the weights can take in where the backend has it. */
import * as tf from "@tensorflow/tfjs";

/**
 * @param vector [n], not to be differentiated
 * @param sizes of the parts that it was made of, which are updated one by one
 */
export function squaredNorm(vector: tf.Tensor1D, sizes: readonly number[]): tf.Scalar {
  if (!tf.getKernel("SquaredNorm", tf.getBackend())) return tf.sum(tf.square(vector));
  const made = tf.engine().runKernel("SquaredNorm", { x: vector }, { sizes: [...sizes] }) as tf.Tensor[];
  const [sum, partials] = made;
  if (!sum || !partials) throw new Error("The kernel SquaredNorm returned too few tensors; this is a bug.");
  partials.dispose();
  return sum as tf.Scalar;
}
