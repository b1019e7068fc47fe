/** What an optimiser is: a pure function from a gradient and slots to a change and new slots. Owns no tensors. */
import type { Scalar, Tensor } from "@tensorflow/tfjs";

/**
 * All of a player's weights are one flat vector here: a few large operations instead of the same few for every weight.
 */
export interface Optimizer {
  /** Names of its state vectors, each as long as all weights together; all start at zero. */
  readonly slots: readonly string[];
  /**
   * The numbers that differ from update to update, computed on the host, so that a recorded step can be fed with them.
   * @param rate learning rate of this update
   * @param update 1 for the first
   */
  coefficients(rate: number, update: number): number[];
  /**
   * One update. Differentiable, because unrolled GANs differentiate through it.
   * @param gradient [n]
   * @param slots as named, [n] each
   * @param coefficients as `coefficients` gives them, on the device
   * @returns change [n], to be subtracted from the weights, and the new slots
   */
  step(
    gradient: Tensor,
    slots: readonly Tensor[],
    coefficients: readonly Scalar[],
  ): { readonly change: Tensor; readonly slots: readonly Tensor[] };
}

/** The i-th of a list that is known to have it. @throws Error when the optimiser was called wrongly */
export function at<T>(list: readonly T[], i: number): T {
  const item = list[i];
  if (item === undefined) throw new Error(`An optimiser lacks its input number ${i}; this is a bug.`);
  return item;
}
