/** The sum of all gradient penalties, from one forward and one backward pass through D where batches may be shared. */
import * as tf from "@tensorflow/tfjs";
import { differentiate } from "../differentiate";
import type { Network } from "../networks";
import type { GradientPenalty, PenaltyInputs } from "./types";

interface Active {
  readonly penalty: GradientPenalty;
  readonly strength: number;
}

/**
 * @param weights of D, spectrally normalised, as constants or on the tape
 * @returns the term to add to D's loss, differentiable in the weights; null when no penalty is active. Dropout is off.
 */
export function penaltyTerm(
  network: Network,
  weights: readonly tf.Tensor[],
  active: readonly Active[],
  inputs: PenaltyInputs,
): tf.Scalar | null {
  if (active.length === 0) return null;
  const points = active.map(({ penalty }) => penalty.points(inputs));
  const together = !network.mixesBatch && points.length > 1;
  const slopes = together
    ? tf.split(squaredSlopes(network, weights, tf.concat(points, 0)), points.length) // equally many points each
    : points.map((x) => squaredSlopes(network, weights, x));
  const terms = active.map(({ penalty, strength }, i) => penalty.term(slopes[i] ?? tf.scalar(0), strength));
  return terms.length === 1 ? (terms[0] ?? null) : tf.addN(terms);
}

/** ‖∇ₓD(x)‖² for each x of [n, ...]: the gradient of a sum of logits, since no logit depends on another x. */
function squaredSlopes(network: Network, weights: readonly tf.Tensor[], x: tf.Tensor): tf.Tensor1D {
  const { gradients } = differentiate([x], () => tf.sum(network.forward(weights, x, {}).output));
  const slope = gradients[0] ?? tf.zerosLike(x);
  return tf.sum(tf.square(tf.reshape(slope, [x.shape[0] ?? 0, -1])), 1);
}
