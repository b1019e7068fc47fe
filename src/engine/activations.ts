/** The activations as tensor functions. Their mended gradients are in kernels/gradients.ts. */
import * as tf from "@tensorflow/tfjs";
import type { Activation } from "../core/architecture/layers";

/** alpha: leakyRelu's slope for negative inputs. */
export const ACTIVATION_FUNCTIONS = {
  linear: (x) => x,
  relu: (x) => tf.relu(x),
  leakyRelu: (x, alpha) => tf.leakyRelu(x, alpha),
  tanh: (x) => tf.tanh(x),
  sigmoid: (x) => tf.sigmoid(x),
  elu: (x) => tf.elu(x),
  softplus: (x) => tf.softplus(x),
  swish: (x) => tf.mul(x, tf.sigmoid(x)),
} satisfies Record<Activation, (x: tf.Tensor, alpha: number) => tf.Tensor>;
