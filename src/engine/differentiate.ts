/** Gradients as the training step needs them: thin wrappers over TensorFlow.js's tape. No losses. */
import * as tf from "@tensorflow/tfjs";

/**
 * Value and gradients of a scalar function of `xs`, which f reads by closure (variables or tensors). An x that f does not
 * depend on has gradient zero. May be nested: then the gradients are themselves on the tape.
 * @returns value and one gradient per x, of its shape
 */
export function differentiate(
  xs: readonly tf.Tensor[],
  f: () => tf.Scalar,
): { readonly value: tf.Scalar; readonly gradients: readonly tf.Tensor[] } {
  const { value, grads } = tf.engine().gradients(f, [...xs], undefined, true);
  const found: readonly (tf.Tensor | undefined)[] = grads; // typed as complete, but has holes
  return { value, gradients: xs.map((x, i) => found[i] ?? tf.zerosLike(x)) };
}

/** x as a constant: what depends on it has no gradient with respect to anything that x came from. */
export const detach: (x: tf.Tensor) => tf.Tensor = tf.customGrad((...args) => {
  const x = args[0] as tf.Tensor;
  return { value: tf.clone(x), gradFunc: (dy: tf.Tensor) => tf.zerosLike(dy) };
});

/** All tensors as one vector [total size], in order. */
export function flatten(tensors: readonly tf.Tensor[]): tf.Tensor1D {
  return tf.concat1d(tensors.map((tensor) => tf.reshape(tensor, [tensor.size])));
}

/** The reverse of `flatten`: parts of a vector in the shapes of `like`. */
export function unflatten(vector: tf.Tensor, like: readonly tf.Tensor[]): tf.Tensor[] {
  const sizes = like.map((tensor) => tensor.size);
  const parts = sizes.length === 1 ? [vector] : tf.split(vector, sizes); // split's gradient fails for a single part
  return like.map((tensor, i) => {
    const part = parts[i];
    if (part === undefined) throw new Error("A vector was split into too few parts; this is a bug.");
    return tf.reshape(part, tensor.shape);
  });
}

/** Holds what is made inside a differentiated function beyond its scope, until released. */
export class Keeper {
  readonly #kept: tf.Tensor[] = [];

  keep<T extends tf.Tensor>(tensor: T): T {
    this.#kept.push(tf.keep(tensor));
    return tensor;
  }

  release(): void {
    for (const tensor of this.#kept.splice(0)) tensor.dispose();
  }
}
