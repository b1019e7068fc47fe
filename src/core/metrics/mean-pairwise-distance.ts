/**
 * Mean distance between two different samples of one cloud: the plainest sign of mode collapse. Knows nothing of the data, so
 * read it as the ratio to the reals' (`pairwiseDistanceRatio`); a generator that scatters points at random can read 1.
 *
 * Noise floor: the ratio of two real samples is 1 up to a scatter on the order of 1/sqrt(n). Obtained as the ratio of one real
 * sample to another.
 */
import type { MetricInfo } from "./info";
import { type Points, requireRows, squaredDistance } from "./points";

/**
 * Mean Euclidean distance over all pairs of different rows, in the data's units. Cost: n²/2 distances, over all rows given.
 *
 * @param points [n, dimension], at least two rows
 * @throws RangeError for fewer than two rows.
 */
export function meanPairwiseDistance(points: Points, dimension: number): number {
  const rows = requireRows(points, dimension, 2, "A mean pairwise distance");
  return (2 * pairwiseDistanceSum(points, dimension, 0, rows)) / (rows * (rows - 1));
}

/** The sum of the distances of the rows from `from` up to, not including, `to`, each to all rows before it: the work in parts. */
export function pairwiseDistanceSum(points: Points, dimension: number, from: number, to: number): number {
  let sum = 0;
  for (let i = from; i < to; i++) {
    for (let j = 0; j < i; j++) sum += Math.sqrt(squaredDistance(points, i, points, j, dimension));
  }
  return sum;
}

/** The fakes' mean pairwise distance over the reals'; NaN when the reals all coincide. */
export function pairwiseDistanceRatio(fakes: Points, reals: Points, dimension: number): number {
  const reference = meanPairwiseDistance(reals, dimension);
  return reference > 0 ? meanPairwiseDistance(fakes, dimension) / reference : Number.NaN;
}

export const meanPairwiseDistanceInfo: MetricInfo = {
  name: "Mean pairwise distance",
  unit: "data units",
  definition: "Average distance between two generated samples; near 0 when the generator has collapsed to one point.",
  direction: "reference",
  floor: "The reals' own mean pairwise distance.",
  source: "Definition; used as a collapse alarm, not a published score",
};

export const pairwiseDistanceRatioInfo: MetricInfo = {
  name: "Spread relative to the reals",
  unit: "ratio",
  definition:
    "The generated samples' mean pairwise distance over the reals': 1 is as spread out as the data, 0 is collapse.",
  direction: "reference",
  floor: "1 for two real samples, up to sampling noise.",
  source: "Definition; used as a collapse alarm, not a published score",
};
