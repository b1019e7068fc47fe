/**
 * Improved precision and recall: the share of fakes inside the reals' k-NN balls, and of reals inside the fakes'. Here on raw
 * coordinates or pixels, not on a classifier's features, so the values are not comparable to those of papers on images.
 *
 * Noise floor: two real samples read below 1 (each misses the rim of the other); the exact figure depends on k, size and
 * shape. Obtained as precision and recall of one real sample against another of the same sizes: that is the score to reach.
 */
import type { MetricInfo } from "./info";
import { kthNeighbourDistances } from "./neighbours";
import { type Points, rowCount, squaredDistance } from "./points";

/** The paper's k. */
export const PRECISION_NEIGHBOURS = 3;

/**
 * Precision and recall, each 0 to 1. Rows must be finite. Cost: n² + m² + nm distances; exact over all rows given.
 *
 * @param fakes [n, dimension] @param reals [m, dimension], more than k rows each
 * @throws RangeError when there are too few rows.
 * @see Kynkäänniemi et al. 2019, equations 1 and 2 (a ball contains its boundary)
 */
export function precisionRecall(
  fakes: Points,
  reals: Points,
  dimension: number,
  k = PRECISION_NEIGHBOURS,
): { precision: number; recall: number } {
  return {
    precision: shareInside(fakes, reals, dimension, k),
    recall: shareInside(reals, fakes, dimension, k),
  };
}

/** Share of `points` that lie in at least one k-NN ball of `support`. */
function shareInside(points: Points, support: Points, dimension: number, k: number): number {
  return shareWithin(points, support, kthNeighbourDistances(support, dimension, k), dimension);
}

/** The same for known squared radii of the support's balls: precision, where the support is the reals. */
export function shareWithin(points: Points, support: Points, radii: Float64Array, dimension: number): number {
  const rows = rowCount(points, dimension);
  let inside = 0;
  for (let i = 0; i < rows; i++) {
    for (let j = 0; j < radii.length; j++) {
      if (squaredDistance(points, i, support, j, dimension) <= (radii[j] ?? 0)) {
        inside++;
        break;
      }
    }
  }
  return inside / rows;
}

export const precisionInfo: MetricInfo = {
  name: "Precision",
  unit: "share, 0 to 1",
  definition:
    "Share of generated samples that fall among the reals, i.e. within some real's distance to its third neighbour.",
  direction: "higher",
  floor: "What one real sample scores against another: below 1, and the score to reach.",
  source: "Kynkäänniemi et al. 2019, equation 2, k = 3",
};

export const recallInfo: MetricInfo = {
  name: "Recall",
  unit: "share, 0 to 1",
  definition:
    "Share of reals that fall among the generated samples; one far-off sample has a huge ball, so read coverage too.",
  direction: "higher",
  floor: "What one real sample scores against another: below 1, and the score to reach.",
  source: "Kynkäänniemi et al. 2019, equation 2, k = 3",
};
