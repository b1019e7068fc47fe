/**
 * All sample-based metrics of one generator at one moment, as far as the data allows them. No catalogue words (index.ts), and
 * no bound from D's loss (jsd-bound.ts), which needs no samples.
 */
import type { Modes } from "../datasets/types";
import { densityCoverage } from "./density-coverage";
import { SOLID_MODE_SAMPLES } from "./found";
import { highQualityShare } from "./high-quality";
import { canBin } from "./histogram";
import { histogramJs } from "./histogram-js";
import { histogramKl } from "./histogram-kl";
import type { MetricValues } from "./info";
import { meanPairwiseDistance } from "./mean-pairwise-distance";
import { mmd } from "./mmd";
import { modeAccuracy, modeHistogram } from "./mode-histogram";
import { modesCaptured } from "./modes-captured";
import { noiseFloor } from "./noise-floor";
import { allFinite, evenRows, type Points, rowCount } from "./points";
import { precisionRecall } from "./precision-recall";
import { reverseKl } from "./reverse-kl";
import { type ImageShape, sharpnessRatio } from "./sharpness";
import { slicedWasserstein } from "./sliced-wasserstein";
import { radialSpectrum, spectrumDistance } from "./spectrum";

export interface EvaluationInput {
  /** [n, dimension], data scale. Published protocols use n = 2,500. */
  readonly fakes: Points;
  /** [m, dimension], data scale; best as many as the fakes. */
  readonly reals: Points;
  /** A second real sample, independent of `reals`, with at least as many rows as the fakes. Only `evaluateFloors` reads it. */
  readonly realsB?: Points | undefined;
  readonly dimension: number;
  /** The modes that the fakes were asked for [n], where a model takes classes and the data's classes are its modes. */
  readonly asked?: ArrayLike<number> | undefined;
  /** Present when the data is a mixture of Gaussians. */
  readonly modes?: Modes | undefined;
  /** Histograms cover [-extent, extent] per axis, data scale; without it, or above 2-D, there are none. */
  readonly extent?: number | undefined;
  /** Present when a row is an image. */
  readonly image?: ImageShape | undefined;
  /** Chooses the projections of sliced Wasserstein, nothing else. */
  readonly seed: number;
}

/** Rows that the metrics over all pairs look at: their cost is quadratic. Evenly spread rows, no randomness. */
const QUADRATIC_ROWS = 1000;
/** Images: each pair costs hundreds of times more, so fewer rows. */
const QUADRATIC_ROWS_WIDE = 400;
const WIDE = 16;

/** Fewer rows than this make no neighbourhood of five and no pair statistics worth a number. */
const MIN_ROWS = 8;

/**
 * Every metric that the data allows: mode metrics with `modes`, histograms for 1-D and 2-D with `extent`, sharpness and spectra with
 * `image`, the rest always.
 * MMD, precision, recall, density, coverage, pairwise distances, sharpness and spectra use at most 1,000 evenly spread rows of each cloud (400
 * above 16 dimensions); the others use all rows. Where the fakes hold a NaN or an infinity (a diverged generator) only mode
 * metrics and histograms remain, which count such points as misses. A metric without a value (reverse KL without one
 * high-quality sample) is absent, so every number returned is finite. Deterministic.
 *
 * @throws RangeError for ragged clouds or fewer than eight rows in either.
 */
export function evaluatePoints(input: EvaluationInput): MetricValues {
  const { fakes, reals, dimension } = input;
  for (const [name, points] of [["fakes", fakes] as const, ["reals", reals] as const]) {
    if (rowCount(points, dimension) < MIN_ROWS) {
      throw new RangeError(
        `Metrics need at least ${MIN_ROWS} ${name}, but got ${rowCount(points, dimension)}. Draw more samples.`,
      );
    }
  }
  const values: MetricValues = { ...modeMetrics(input), ...histogramMetrics(input) };
  if (allFinite(fakes)) Object.assign(values, distanceMetrics(input), imageMetrics(input));
  return Object.fromEntries(Object.entries(values).filter(([, value]) => Number.isFinite(value)));
}

/**
 * The noise floors: the same metrics with the first n rows of `realsB` in the place of the n fakes. They do not depend on the
 * generator, only on the sizes, so one computation serves a whole run. Empty without `realsB`.
 *
 * @throws RangeError when realsB has fewer rows than the fakes: the floor would be that of a smaller sample.
 */
export function evaluateFloors(input: EvaluationInput): MetricValues {
  const { fakes, reals, realsB, dimension } = input;
  if (realsB === undefined) return {};
  const needed = rowCount(fakes, dimension);
  const available = rowCount(realsB, dimension);
  if (available < needed) {
    throw new RangeError(
      `A noise floor for ${needed} fakes needs as many further reals, but realsB has ${available}. Draw more, or evaluate fewer fakes.`,
    );
  }
  const standIns = realsB.subarray(0, needed * dimension);
  return noiseFloor((a, b) => evaluatePoints({ ...input, fakes: a, reals: b, asked: undefined }), standIns, reals);
}

/** The rows that metrics over all pairs look at. */
export function pairRows(points: Points, dimension: number): Points {
  return evenRows(points, dimension, dimension > WIDE ? QUADRATIC_ROWS_WIDE : QUADRATIC_ROWS);
}

function modeMetrics({ fakes, dimension, modes, asked }: EvaluationInput): MetricValues {
  if (modes === undefined) return {};
  const counts = modeHistogram(fakes, dimension, modes);
  return {
    modes: modesCaptured(counts),
    modes20: modesCaptured(counts, SOLID_MODE_SAMPLES),
    highQuality: highQualityShare(counts),
    reverseKl: reverseKl(counts),
    ...(asked === undefined ? {} : { classAccuracy: modeAccuracy(fakes, dimension, modes, asked) }),
  };
}

function histogramMetrics({ fakes, reals, dimension, extent }: EvaluationInput): MetricValues {
  if (extent === undefined || !canBin(dimension)) return {};
  return {
    histogramKl: histogramKl(fakes, reals, dimension, extent),
    histogramJs: histogramJs(fakes, reals, dimension, extent),
  };
}

function imageMetrics({ fakes, reals, dimension, image }: EvaluationInput): MetricValues {
  if (image === undefined) return {};
  const [someFakes, someReals] = [pairRows(fakes, dimension), pairRows(reals, dimension)];
  return {
    sharpnessRatio: sharpnessRatio(someFakes, someReals, image),
    spectrumDistance: spectrumDistance(radialSpectrum(someFakes, image), radialSpectrum(someReals, image)),
  };
}

function distanceMetrics({ fakes, reals, dimension, seed }: EvaluationInput): MetricValues {
  const someFakes = pairRows(fakes, dimension);
  const someReals = pairRows(reals, dimension);
  const spread = meanPairwiseDistance(someFakes, dimension);
  return {
    mmd: mmd(someFakes, someReals, dimension),
    slicedWasserstein: slicedWasserstein(fakes, reals, dimension, seed),
    ...precisionRecall(someFakes, someReals, dimension),
    ...densityCoverage(someFakes, someReals, dimension),
    meanPairwiseDistance: spread,
    pairwiseDistanceRatio: spread / meanPairwiseDistance(someReals, dimension),
  };
}
