/** With batch norm a sample looks different in each batch: D cannot see what sets a batch of fakes apart, or sees what people do not. */
import { lossOf } from "../../config";
import { formatNumber } from "../../format";
import { opinionOf } from "../../opinion";
import { batchSizeOf, changeBatchSize, hasBatchNorm, withoutBatchNorm } from "./settings";
import type { Course, Evidence, Finding } from "./types";
import { distanceGauge, guessesInVain } from "./weak";
import { lastStep, median, recentAt, WINDOW_STEPS } from "./window";

/** Difference of D's mean probability of the fakes, in training and as they are used. */
const APART = 0.3;
/** It counts when it has lasted so many steps and looks: while G learns fast its running averages are behind. */
const LASTING = { steps: WINDOW_STEPS, looks: 4 } as const;
/** Of the way from perfect to useless. */
const FAR = 0.3;
/** Batches of this size estimate mean and spread well enough. */
const ENOUGH = 64;

export const batchNorm: Finding = {
  name: "Batch-norm artefact",
  level: "warning",
  why: "Batch norm subtracts the mean of the very batch and divides by its spread. In D, reals and fakes are batches of their own: where they lie and how far they spread is taken away before D can see it. When a network is used, running averages take the place of the batch, so that with small batches D was trained on something else than you see.",
  term: "batchNorm",
  source: "Salimans et al. 2016, Improved techniques for training GANs, section 3.4",
  link: "https://arxiv.org/abs/1606.03498",
  look: (course) => blind(course) ?? differently(course),
  persists: (course) => guessesInVain(course, FAR) ?? differently(course),
  remedy(config) {
    if (hasBatchNorm(config, "discriminator")) return withoutBatchNorm(config);
    return batchSizeOf(config) < ENOUGH ? changeBatchSize(config, ENOUGH) : null;
  },
  gauge: distanceGauge,
};

/** D's batch norm takes the mean and the spread of each batch away, by which alone the fakes could be told. */
function blind(course: Course): readonly Evidence[] | null {
  if (!hasBatchNorm(course.config, "discriminator")) return null;
  const seen = guessesInVain(course, FAR);
  return seen === null ? null : [...seen, { name: "D", text: "has batch norm" }];
}

/** In training and in use, D thinks differently of the fakes, the same way for a while. */
function differently({ config, curves, judged }: Course): readonly Evidence[] | null {
  if (!hasBatchNorm(config, "generator") && !hasBatchNorm(config, "discriminator")) return null;
  if (!opinionOf(lossOf(config)).probability) return null;
  const from = Math.min(lastStep(curves) - LASTING.steps, judged.at(-LASTING.looks)?.step ?? 0);
  const before = judged.findLastIndex(({ step }) => step <= from); // the stretch has lasted since that look at least
  if (before < 0) return null;
  const seen = judged.slice(before).map(({ step, probability }) => ({
    trained: median(recentAt(curves, "dFakeG", step)),
    used: probability,
  }));
  const last = seen.at(-1);
  const differs = (sign: number) => seen.every(({ trained, used }) => sign * (trained - used) > APART);
  if (last === undefined || !(differs(1) || differs(-1))) return null;
  return [
    {
      name: "D of the fakes",
      text: `${formatNumber(last.trained, 2)} in training, ${formatNumber(last.used, 2)} of the fakes that you see`,
    },
    { name: "Batch size", text: String(batchSizeOf(config)) },
  ];
}
