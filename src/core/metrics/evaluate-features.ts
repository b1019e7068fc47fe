/**
 * All metrics of samples as a small classifier of real data sees them: its features and its probabilities. Judging is
 * engine/classifier; metrics on pixels are evaluate.ts.
 */
import { classAccuracy, classCounts, classesFound, classifierScore, classMismatch, confidence } from "./class-scores";
import { densityCoverage } from "./density-coverage";
import { pairRows } from "./evaluate";
import { frechetDistance } from "./frechet";
import type { MetricValues } from "./info";
import { allFinite, type Points } from "./points";
import { precisionRecall } from "./precision-recall";

/** What a classifier makes of n images. */
export interface Judged {
  /** Its last hidden layer [n, width]. */
  readonly features: Points;
  /** [n, classes] */
  readonly probabilities: Points;
}

export interface FeatureInput {
  readonly fakes: Judged;
  /** Training images, best as many as the fakes. */
  readonly reals: Judged;
  readonly width: number;
  readonly classes: number;
  /** The classes that the fakes were asked for [n], where a model takes classes. */
  readonly asked?: ArrayLike<number> | undefined;
}

/**
 * Fréchet distance, precision, recall, density and coverage on features (the last four on the rows of `pairRows`), and what the
 * classes say. Nothing where a generator diverged. For the floors, give test images in the place of the fakes.
 */
export function evaluateFeatures({ fakes, reals, width, classes, asked }: FeatureInput): MetricValues {
  if (!allFinite(fakes.features) || !allFinite(fakes.probabilities)) return {};
  const [someFakes, someReals] = [pairRows(fakes.features, width), pairRows(reals.features, width)];
  const { precision, recall } = precisionRecall(someFakes, someReals, width);
  const { density, coverage } = densityCoverage(someFakes, someReals, width);
  const counts = classCounts(fakes.probabilities, classes);
  return {
    frechet: frechetDistance(fakes.features, reals.features, width),
    featurePrecision: precision,
    featureRecall: recall,
    featureDensity: density,
    featureCoverage: coverage,
    classesFound: classesFound(counts),
    classifierScore: classifierScore(fakes.probabilities, classes),
    confidence: confidence(fakes.probabilities, classes),
    classMismatch: classMismatch(counts, classCounts(reals.probabilities, classes)),
    ...(asked === undefined ? {} : { classAccuracy: classAccuracy(fakes.probabilities, classes, asked) }),
  };
}
