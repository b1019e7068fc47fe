/** The sum of all gradient penalties, from one forward and one backward pass through the network where batches may be shared. */
import * as tf from "@tensorflow/tfjs";
import { differentiate } from "../differentiate";
import type { Network } from "../networks/network";
import type { GradientPenalty, PenaltyInputs } from "./types";

interface Active {
  readonly penalty: GradientPenalty;
  readonly strength: number;
}

/** Networks at work: a model's table, as far as it is needed here. */
interface Weighted<N extends string> {
  readonly networks: Readonly<Record<N, { readonly network: Network }>>;
  /** As passes take them, as constants or on the tape. */
  weights(name: N): readonly tf.Tensor[];
}

/**
 * @param name the network whose slope is penalised
 * @param score the logits of points [n, ...]; by default the network's output
 * @returns the term to add to its player's loss, differentiable in the weights; null when no penalty is active. Dropout is off.
 */
export function penaltyTerm<N extends string>(
  table: Weighted<N>,
  name: N,
  active: readonly Active[],
  inputs: PenaltyInputs,
  score?: (x: tf.Tensor) => tf.Tensor,
): tf.Scalar | null {
  if (active.length === 0) return null;
  const { network } = table.networks[name];
  const judge = score ?? ((x: tf.Tensor) => network.forward(table.weights(name), x, {}).output);
  const points = active.map(({ penalty }) => penalty.points(inputs));
  const together = !network.mixesBatch && points.length > 1;
  const slopes = together
    ? tf.split(squaredSlopes(judge, tf.concat(points, 0)), points.length) // equally many points each
    : points.map((x) => squaredSlopes(judge, x));
  const terms = active.map(({ penalty, strength }, i) => penalty.term(slopes[i] ?? tf.scalar(0), strength));
  return terms.length === 1 ? (terms[0] ?? null) : tf.addN(terms);
}

/** ‖∇ₓD(x)‖² for each x of [n, ...]: the gradient of a sum of logits, since no logit depends on another x. */
function squaredSlopes(judge: (x: tf.Tensor) => tf.Tensor, x: tf.Tensor): tf.Tensor1D {
  const { gradients } = differentiate([x], () => tf.sum(judge(x)));
  const slope = gradients[0] ?? tf.zerosLike(x);
  return tf.sum(tf.square(tf.reshape(slope, [x.shape[0] ?? 0, -1])), 1);
}
