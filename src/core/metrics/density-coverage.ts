/**
 * Density and coverage: precision and recall made robust. Density counts in how many reals' balls a fake lies, coverage how
 * many reals have a fake in their ball; both build balls around reals only, so an outlying fake cannot inflate them.
 *
 * Noise floor: for two samples of one distribution density is 1 on average, and coverage is
 * 1 - (m-1)...(m-k) / ((n+m-1)...(n+m-k)), about 1 - 2^-k = 0.969 for k = 5 and n = m (`expectedCoverage`, from
 * the paper). Obtained in closed form, or as density and coverage of one real sample against another.
 */
import type { MetricInfo } from "./info";
import { kthNeighbourDistances } from "./neighbours";
import { type Points, rowCount, squaredDistance } from "./points";

/** The paper's k. */
export const COVERAGE_NEIGHBOURS = 5;

/**
 * Density (0 upwards, 1 for a perfect generator) and coverage (0 to 1). Cost: m² + nm distances; exact over all rows given.
 *
 * @param fakes [n, dimension] @param reals [m, dimension], more than k rows
 * @throws RangeError when there are too few reals.
 * @see Naeem et al. 2020, the definitions of density and coverage (a ball excludes its boundary, as in the authors' code)
 */
export function densityCoverage(
  fakes: Points,
  reals: Points,
  dimension: number,
  k = COVERAGE_NEIGHBOURS,
): { density: number; coverage: number } {
  return densityCoverageWithin(fakes, reals, kthNeighbourDistances(reals, dimension, k), dimension, k);
}

/** The same for known squared radii of the reals' balls. */
export function densityCoverageWithin(
  fakes: Points,
  reals: Points,
  radii: Float64Array,
  dimension: number,
  k = COVERAGE_NEIGHBOURS,
): { density: number; coverage: number } {
  const n = rowCount(fakes, dimension);
  let hits = 0;
  let covered = 0;
  for (let j = 0; j < radii.length; j++) {
    let inBall = 0;
    for (let i = 0; i < n; i++) if (squaredDistance(fakes, i, reals, j, dimension) < (radii[j] ?? 0)) inBall++;
    hits += inBall;
    if (inBall > 0) covered++;
  }
  return { density: hits / (k * n), coverage: covered / radii.length };
}

/** Coverage that n perfect fakes are expected to read against m reals (Naeem et al. 2020): all k nearest of the n + m - 1 other points are real. */
export function expectedCoverage(n: number, m: number, k = COVERAGE_NEIGHBOURS): number {
  let missed = 1;
  for (let i = 1; i <= k; i++) missed *= (m - i) / (n + m - i);
  return 1 - missed;
}

export const densityInfo: MetricInfo = {
  name: "Density",
  unit: "",
  definition:
    "How many reals' neighbourhoods a generated sample lies in, relative to a perfect generator, which reads 1; clumping at the densest spots reads more.",
  direction: "reference",
  floor: "1 on average for two real samples.",
  source: "Naeem et al. 2020, k = 5",
};

export const coverageInfo: MetricInfo = {
  name: "Coverage",
  unit: "share, 0 to 1",
  definition: "Share of reals that have a generated sample closer than their fifth real neighbour.",
  direction: "higher",
  floor: "About 1 - 2^-5 = 0.969 for two real samples of equal size.",
  source: "Naeem et al. 2020, k = 5",
};
