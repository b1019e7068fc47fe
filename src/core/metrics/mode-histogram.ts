/**
 * Assigns generated points to the modes of a Gaussian mixture, by PacGAN's protocol. The counts behind modes captured,
 * high-quality share and reverse KL, and the class accuracy of points (class-scores.ts has that of images). Meant for mixtures with equal weights and one common sigma.
 */
import type { Modes } from "../datasets/types";
import { type Points, rowCount } from "./points";

/** A point is of high quality within this many standard deviations of its nearest mode (PacGAN, section 4). */
export const HIGH_QUALITY_SIGMAS = 3;

export interface ModeHistogram {
  /** Per mode: how many high-quality points have it as their nearest mode. */
  readonly counts: Int32Array;
  /** How many points are of high quality: the sum of `counts`. */
  readonly highQuality: number;
  /** How many points were judged. */
  readonly total: number;
}

/**
 * Counts the high-quality points of every mode. A point that is not finite is of low quality.
 *
 * @param points [n, dimension], data scale
 * @throws RangeError for ragged input, no modes, or a sigma that is not positive.
 * @see Lin et al. 2018 (PacGAN), section 4, and the authors' MetricLogger: strictly within 3 sigma, the rest is not counted.
 */
export function modeHistogram(points: Points, dimension: number, modes: Modes): ModeHistogram {
  const total = rowCount(points, dimension);
  const centers = flatCenters(modes, dimension);
  const modeCount = rowCount(centers, dimension);
  if (!(modes.sigma > 0)) {
    throw new RangeError(
      `The modes' sigma is ${modes.sigma}, so nothing could lie within three of it. Pass a positive sigma.`,
    );
  }
  const radius = HIGH_QUALITY_SIGMAS * modes.sigma;
  const counts = new Int32Array(modeCount);
  let highQuality = 0;
  for (let i = 0; i < total; i++) {
    const mode = nearestWithin(points, i, centers, modeCount, dimension, radius * radius);
    if (mode < 0) continue;
    counts[mode] = (counts[mode] ?? 0) + 1;
    highQuality++;
  }
  return { counts, highQuality, total };
}

/**
 * Share of points whose nearest mode, however far, is the one that was asked for; those that are not finite have none.
 *
 * @param points [n, dimension], data scale @param asked the modes' indices [n]
 * @throws RangeError for ragged input or no modes
 */
export function modeAccuracy(points: Points, dimension: number, modes: Modes, asked: ArrayLike<number>): number {
  const total = rowCount(points, dimension);
  const centers = flatCenters(modes, dimension);
  const modeCount = rowCount(centers, dimension);
  let hits = 0;
  for (let i = 0; i < total; i++) {
    if (nearestWithin(points, i, centers, modeCount, dimension, Infinity) === asked[i]) hits++;
  }
  return hits / total;
}

/** Index of the centre nearest to row i if its squared distance is below the limit, otherwise -1. */
function nearestWithin(
  points: Points,
  i: number,
  centers: Points,
  modeCount: number,
  dimension: number,
  limit: number,
): number {
  let best = limit;
  let mode = -1;
  for (let k = 0; k < modeCount; k++) {
    let distance = 0;
    for (let d = 0; d < dimension; d++) {
      const difference = (points[i * dimension + d] ?? 0) - (centers[k * dimension + d] ?? 0);
      distance += difference * difference;
    }
    if (distance < best) {
      best = distance;
      mode = k;
    }
  }
  return mode;
}

/** [modes, dimension]: one flat array instead of an array of rows, for the inner loop. */
function flatCenters(modes: Modes, dimension: number): Float64Array {
  for (const center of modes.centers) {
    if (center.length !== dimension) {
      throw new RangeError(
        `A mode's centre has ${center.length} coordinates, but the points have ${dimension}. Give both the same dimension.`,
      );
    }
  }
  return Float64Array.from(modes.centers.flat());
}
