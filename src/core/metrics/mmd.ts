/**
 * Squared maximum mean discrepancy with Gaussian kernels: the unbiased U-statistic. Not KID, which is the same statistic with
 * a polynomial kernel on a classifier's features.
 *
 * Noise floor: zero on average, because the statistic is unbiased; a single reading scatters around it on the order of 1/n and
 * may be negative. Obtained as the statistic of two real samples of the same sizes.
 */
import type { MetricInfo } from "./info";
import { evenRows, type Points, requireRows, squaredDistance } from "./points";

/** The widest kernel's sigma, in median distances; four more follow, each half as wide. See `kernel`. */
const WIDEST = 2;
const KERNELS = 5;
/** The median is steady long before this many reals; more would only cost time (quadratic). */
const MEDIAN_ROWS = 300;

/**
 * Unbiased MMD², between about 0 (same distribution; may be slightly negative) and 2.
 * Cost: (n + m)²/2 distances; exact over all rows given, so subsample before (evaluate.ts does).
 *
 * @param fakes [n, dimension] @param reals [m, dimension], at least two rows each
 * @param bandwidth the length in the kernels, data scale; by default the reals' median distance, so that it does not depend on
 *   the generator and readings during a run are comparable
 * @throws RangeError for fewer than two rows.
 * @see Gretton et al. 2012, equation 3 (the statistic) and section 8 (median heuristic)
 */
export function mmd(
  fakes: Points,
  reals: Points,
  dimension: number,
  bandwidth = medianDistance(reals, dimension),
): number {
  const n = requireRows(fakes, dimension, 2, "The unbiased MMD");
  const m = requireRows(reals, dimension, 2, "The unbiased MMD");
  const scale = -1 / (2 * (WIDEST * bandwidth) ** 2);
  const within = (points: Points, rows: number) => {
    let sum = 0;
    for (let i = 1; i < rows; i++) {
      for (let j = 0; j < i; j++) sum += kernel(squaredDistance(points, i, points, j, dimension) * scale);
    }
    return (2 * sum) / (rows * (rows - 1));
  };
  let across = 0;
  for (let i = 0; i < n; i++) {
    for (let j = 0; j < m; j++) across += kernel(squaredDistance(fakes, i, reals, j, dimension) * scale);
  }
  return within(fakes, n) + within(reals, m) - (2 * across) / (n * m);
}

/**
 * The mean of Gaussian kernels of sigma 2, 1, 1/2, 1/4 and 1/8 bandwidths: one width sees either the layout of the modes or
 * their shape, a mixture sees both. Halving sigma is raising to the fourth power, so one exponential is enough.
 */
function kernel(exponent: number): number {
  let value = Math.exp(exponent);
  let sum = value;
  for (let k = 1; k < KERNELS; k++) {
    value *= value;
    value *= value;
    sum += value;
  }
  return sum / KERNELS;
}

/** Median Euclidean distance between (at most 300 evenly spread) reals; 1 where all of them coincide. */
export function medianDistance(points: Points, dimension: number): number {
  const some = evenRows(points, dimension, MEDIAN_ROWS);
  const rows = requireRows(some, dimension, 2, "The median distance");
  const squared = new Float64Array((rows * (rows - 1)) / 2);
  let pair = 0;
  for (let i = 1; i < rows; i++) {
    for (let j = 0; j < i; j++) squared[pair++] = squaredDistance(some, i, some, j, dimension);
  }
  squared.sort();
  return Math.sqrt(squared[squared.length >> 1] ?? 0) || 1;
}

export const mmdInfo: MetricInfo = {
  name: "MMD² (unbiased)",
  unit: "",
  definition:
    "How far apart the mean kernel features of data and generator are; unbiased, so it scatters around 0, below it too, for a perfect generator.",
  direction: "lower",
  floor: "Scatters around 0 with a width of about 1/n; measured on two real samples.",
  source: "Gretton et al. 2012, equation 3; five Gaussian kernels around the median distance",
};
