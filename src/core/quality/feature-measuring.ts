/**
 * What a classifier sees of a generator's samples, in short pieces: the same numbers as core/metrics/evaluate-features.ts gives in
 * one go. Judging is engine/classifier; measures on points and pixels are measuring.ts.
 */
import {
  classAccuracy,
  classCounts,
  classesFound,
  classifierScore,
  classMismatch,
  confidence,
} from "../metrics/class-scores";
import { COVERAGE_NEIGHBOURS, densityCoverageWithin } from "../metrics/density-coverage";
import { pairRows } from "../metrics/evaluate";
import type { Judged } from "../metrics/evaluate-features";
import { type FrechetReference, frechetPieces, frechetReference } from "../metrics/frechet";
import type { FeatureValues } from "../metrics/info";
import { kthNeighbourDistances } from "../metrics/neighbours";
import { allFinite, type Points } from "../metrics/points";
import { PRECISION_NEIGHBOURS, shareWithin } from "../metrics/precision-recall";
import { type Pieces, rowPieces } from "../pieces";

/** The reals' side, computed once. */
export interface FeatureYardstick {
  readonly width: number;
  readonly classes: number;
  /** Reals of each class. */
  readonly counts: readonly number[];
  /** Features of the reals of `pairRows`. */
  readonly support: Points;
  /** Squared radii of balls around them. */
  readonly radii: { readonly precision: Float64Array; readonly coverage: Float64Array };
  readonly frechet: FrechetReference;
}

/** @param reals training images as the classifier sees them */
export function* makeFeatureYardstick(reals: Judged, width: number, classes: number): Pieces<FeatureYardstick> {
  const counts = classCounts(reals.probabilities, classes);
  const support = pairRows(reals.features, width);
  const precision = kthNeighbourDistances(support, width, PRECISION_NEIGHBOURS);
  yield;
  const coverage = kthNeighbourDistances(support, width, COVERAGE_NEIGHBOURS);
  yield;
  const frechet = yield* frechetReference(reals.features, width);
  return { width, classes, counts, support, radii: { precision, coverage }, frechet };
}

/**
 * @param asked the classes that the samples were asked for [n], where a model takes classes
 * @returns the readings, and how many samples each class is the likeliest for; nothing where a generator diverged
 */
export function* measureFeatures(
  { features, probabilities }: Judged,
  yardstick: FeatureYardstick,
  asked?: ArrayLike<number>,
): Pieces<{ readonly values: FeatureValues; readonly counts: readonly number[] | null }> {
  if (!allFinite(features) || !allFinite(probabilities)) return { values: {}, counts: null };
  const { width, classes, support, radii } = yardstick;
  const counts = classCounts(probabilities, classes);
  const frechet = yield* frechetPieces(features, yardstick.frechet);
  const rows = pairRows(features, width);
  const own = kthNeighbourDistances(rows, width, PRECISION_NEIGHBOURS);
  yield;
  let [hits, covered] = [0, 0];
  for (const [from, to] of rowPieces(radii.coverage.length, rows.length)) {
    const some = support.subarray(from * width, to * width);
    const { density, coverage } = densityCoverageWithin(rows, some, radii.coverage.subarray(from, to), width);
    hits += density;
    covered += (to - from) * coverage;
    yield;
  }
  const values = {
    frechet,
    featurePrecision: yield* inside(rows, support, radii.precision, width),
    featureRecall: yield* inside(support, rows, own, width),
    featureDensity: hits,
    featureCoverage: covered / radii.coverage.length,
    classesFound: classesFound(counts),
    classifierScore: classifierScore(probabilities, classes),
    confidence: confidence(probabilities, classes),
    classMismatch: classMismatch(counts, yardstick.counts),
    ...(asked === undefined ? {} : { classAccuracy: classAccuracy(probabilities, classes, asked) }),
  };
  return { values, counts };
}

/** Share of points that lie in at least one of the support's balls. */
function* inside(points: Points, support: Points, radii: Float64Array, width: number): Pieces<number> {
  const rows = points.length / width;
  let sum = 0;
  for (const [from, to] of rowPieces(rows, support.length)) {
    sum += (to - from) * shareWithin(points.subarray(from * width, to * width), support, radii, width);
    yield;
  }
  return sum / rows;
}
