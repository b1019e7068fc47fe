/**
 * D's logit as people should read it: a probability where the loss makes sigmoid(logit) one, else the raw score. The number
 * and its words; how it is drawn is the stage's affair.
 */
import { sigmoid } from "./density";
import { formatNumber, formatProbability } from "./format";
import { LOSSES, type LossId, type LossInfo } from "./losses";

export interface Opinion {
  /** Whether values are probabilities, from 0 (fake) to 1 (real); a score has no fixed ends. */
  readonly probability: boolean;
  /** What the number is, for legends and axes. */
  readonly name: string;
  /** From D's logit to the number that is shown. */
  value(logit: number): number;
  format(value: number): string;
}

const PROBABILITY: Opinion = {
  probability: true,
  name: "probability that a sample is real",
  value: sigmoid,
  format: formatProbability,
};

const SCORE: Opinion = {
  probability: false,
  name: "raw score, higher is more real",
  value: (logit) => logit,
  format: (value) => formatNumber(value, 2),
};

/** How D's output reads under a loss; of a model without one as a score. */
export function opinionOf(loss: LossId | null): Opinion {
  if (loss === null) return SCORE;
  const info: LossInfo = LOSSES[loss];
  return info.probability ? PROBABILITY : SCORE;
}
