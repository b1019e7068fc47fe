/** Many tensors read back in one go: each reading waits for the device once. No maths. */
import * as tf from "@tensorflow/tfjs";

/** Collects tensors inside a computation, and gives each its numbers afterwards. */
export class Readback {
  readonly #tensors: tf.Tensor[] = [];
  readonly #sizes: number[] = [];

  /** @returns the number of the tensor's part */
  add(tensor: tf.Tensor): number {
    this.#tensors.push(tf.reshape(tensor, [-1]));
    return this.#sizes.push(tensor.size) - 1;
  }

  /** All that was added as one vector, to be read back. */
  vector(): tf.Tensor {
    return this.#tensors.length === 0 ? tf.zeros([0]) : tf.concat1d(this.#tensors as tf.Tensor1D[]);
  }

  /** The parts of the vector's numbers, in the order in which they were added. */
  split(numbers: Float32Array): readonly Float32Array[] {
    let from = 0;
    return this.#sizes.map((size) => {
      from += size;
      return numbers.subarray(from - size, from);
    });
  }
}
