/**
 * The measures that a classifier's eyes give, in short pieces: the same numbers as core/metrics/evaluate-features.ts, as far as
 * the page shows them. Judging is engine/classifier; measures on points and pixels are measuring.ts.
 */
import { classCounts, classesFound, confidence } from "../metrics/class-scores";
import { COVERAGE_NEIGHBOURS, densityCoverageWithin } from "../metrics/density-coverage";
import { pairRows } from "../metrics/evaluate";
import type { Judged } from "../metrics/evaluate-features";
import { type FrechetReference, frechetPieces, frechetReference } from "../metrics/frechet";
import { kthNeighbourDistances } from "../metrics/neighbours";
import { allFinite, type Points } from "../metrics/points";
import { type Pieces, rowPieces } from "../pieces";
import type { MeasureValues } from "./measures";

/** The reals' side, computed once. */
export interface FeatureYardstick {
  readonly width: number;
  readonly classes: number;
  /** Features of the reals of `pairRows`. */
  readonly support: Points;
  /** Squared radii of balls around them. */
  readonly radii: Float64Array;
  readonly frechet: FrechetReference;
}

/** @param reals training images as the classifier sees them */
export function* makeFeatureYardstick({ features }: Judged, width: number, classes: number): Pieces<FeatureYardstick> {
  const support = pairRows(features, width);
  const radii = kthNeighbourDistances(support, width, COVERAGE_NEIGHBOURS);
  yield;
  return { width, classes, support, radii, frechet: yield* frechetReference(features, width) };
}

/** @returns the measures, and how many samples each class is the likeliest for; nothing where a generator diverged */
export function* measureFeatures(
  { features, probabilities }: Judged,
  yardstick: FeatureYardstick,
): Pieces<{ readonly values: MeasureValues; readonly counts: readonly number[] | null }> {
  if (!allFinite(features) || !allFinite(probabilities)) return { values: {}, counts: null };
  const { width, classes, support, radii } = yardstick;
  const counts = classCounts(probabilities, classes);
  const frechet = yield* frechetPieces(features, yardstick.frechet);
  const rows = pairRows(features, width);
  let covered = 0;
  for (const [from, to] of rowPieces(radii.length, rows.length)) {
    const some = support.subarray(from * width, to * width);
    covered += (to - from) * densityCoverageWithin(rows, some, radii.subarray(from, to), width).coverage;
    yield;
  }
  const values = {
    classesFound: classesFound(counts),
    confidence: confidence(probabilities, classes),
    featureCoverage: covered / radii.length,
    frechet,
  };
  return { values, counts };
}
