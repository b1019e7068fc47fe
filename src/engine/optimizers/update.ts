/** One update of a player's variables. The place where a fused kernel can take over. */
import * as tf from "@tensorflow/tfjs";
import { unflatten } from "../differentiate";
import type { Optimizer } from "./types";

/**
 * Moves the variables against the gradient and replaces the slots.
 * @param gradient of all variables, flattened in their order [n]
 * @param slots the optimiser's state vectors [n]
 * @param coefficients Optimizer.coefficients of this update, on the device
 */
export function updateVariables(
  optimizer: Optimizer,
  variables: readonly tf.Variable[],
  gradient: tf.Tensor,
  slots: readonly tf.Variable[],
  coefficients: readonly tf.Scalar[],
): void {
  const { change, slots: next } = optimizer.step(gradient, slots, coefficients);
  for (const [i, slot] of slots.entries()) slot.assign(next[i] ?? slot);
  const changes = unflatten(change, variables);
  for (const [i, variable] of variables.entries()) {
    const own = changes[i];
    if (own !== undefined) variable.assign(tf.sub(variable, own));
  }
}
