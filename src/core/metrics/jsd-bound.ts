/**
 * What D's loss says about the Jensen-Shannon divergence between data and generator: a lower bound, tight when D is optimal.
 * Only for losses whose D minimises the cross-entropy sp(-a) + sp(b) (minimax, non-saturating) without label smoothing; for
 * any other D loss the number means nothing. A measurement of D, not of samples: a weak D makes the generator look better.
 *
 * Noise floor: 0 at D = 1/2, where the loss is 2 ln 2. On a minibatch the loss scatters, and a D that has memorised its
 * training set reads above 0 on it, so use held-out reals or a smoothed loss. There is no floor from two real samples
 * without training a D on them.
 */
import type { MetricInfo } from "./info";

/**
 * max(0, 1 - L_D / (2 ln 2)), in bits, 0 to 1.
 *
 * @param discriminatorLoss mean of sp(-a) + sp(b), in nats: both halves, not their average
 * @see Goodfellow et al. 2014, theorem 1: max_D V = -log 4 + 2 JSD (nats), with V = -L_D
 */
export function jsdBound(discriminatorLoss: number): number {
  return Math.max(0, 1 - discriminatorLoss / (2 * Math.LN2)); // NaN stays NaN: a diverged loss is no evidence
}

export const jsdBoundInfo: MetricInfo = {
  name: "JSD, bound from D's loss",
  unit: "bits",
  definition:
    "The least Jensen-Shannon divergence that explains how well D tells fakes from reals: 0 when it cannot, 1 when it always can.",
  direction: "lower",
  floor: "0 at D = 1/2 (loss 2 ln 2); scatters with the minibatch.",
  source: "Goodfellow et al. 2014, theorem 1",
};
