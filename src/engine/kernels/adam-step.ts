/** Adam's step for one tensor in a single kernel, where the backend has one. The optimiser itself is optimizers/adam.ts. */
import * as tf from "@tensorflow/tfjs";

export interface AdamStepInputs {
  /** All three of one shape. */
  readonly gradient: tf.Tensor;
  readonly m: tf.Tensor;
  readonly v: tf.Tensor;
  /** Scalar: the learning rate over m's bias correction, rate / (1 - β₁ᵗ). */
  readonly rate: tf.Tensor;
  /** Scalar: 1 / √(1 - β₂ᵗ). */
  readonly correction: tf.Tensor;
}

/**
 * m' = β₁m + (1-β₁)g, v' = β₂v + (1-β₂)g², change = rate·m' / (correction·√v' + ε) (Kingma and Ba 2015, algorithm 1).
 * @returns new tensors, or undefined where it must be composed of operations: on a backend without the kernel, and while a tape records,
 * since it has no gradient
 */
export function adamStep(
  { gradient, m, v, rate, correction }: AdamStepInputs,
  attrs: { beta1: number; beta2: number; epsilon: number },
): { change: tf.Tensor; m: tf.Tensor; v: tf.Tensor } | undefined {
  const engine = tf.engine();
  if (engine.state.gradientDepth > 0 || !tf.getKernel("AdamStep", tf.getBackend())) return undefined;
  const [change, newM, newV] = engine.runKernel("AdamStep", { gradient, m, v, rate, correction }, attrs) as tf.Tensor[];
  if (!change || !newM || !newV) throw new Error("The kernel AdamStep returned too few tensors; this is a bug.");
  return { change, m: newM, v: newV };
}
