/**
 * Counts of points in a fixed grid of bins, the same for reals and fakes, for 1-D and 2-D data. What lies outside the extent,
 * or is not finite, goes into one extra bin: leaving it out would make a generator that misses the picture look perfect.
 * No divergence (histogram-kl.ts, histogram-js.ts).
 */
import { type Points, rowCount } from "./points";

/** Per axis [lowest, highest], data scale. */
export type Extent = readonly (readonly [number, number])[];

/** Bins per axis: fine enough to see a mode, coarse enough that 2,500 samples fill them. Index is the dimension. */
const BINS_PER_AXIS: Readonly<Record<number, number>> = { 1: 50, 2: 20 };

/** Whether a histogram of data of this dimension is offered: above 2-D nearly all bins would be empty. */
export function canBin(dimension: number): boolean {
  return BINS_PER_AXIS[dimension] !== undefined;
}

/**
 * Counts per bin: [bins^dimension + 1], x fastest; the last one holds everything outside.
 *
 * @param points [n, dimension], data scale
 * @throws RangeError above 2-D, or for an extent that does not fit the dimension.
 */
export function histogram(points: Points, dimension: number, extent: Extent): Float64Array {
  const bins = BINS_PER_AXIS[dimension];
  if (bins === undefined) {
    throw new RangeError(`A histogram of ${dimension}-D points would be nearly empty. Use MMD or sliced Wasserstein instead.`);
  }
  if (extent.length !== dimension || extent.some(([low, high]) => !(high > low))) {
    throw new RangeError(`The extent must give [low, high] with low < high for each of the ${dimension} axes.`);
  }
  const rows = rowCount(points, dimension);
  const outside = bins ** dimension;
  const counts = new Float64Array(outside + 1);
  for (let i = 0; i < rows; i++) {
    const bin = binOf(points, i, dimension, extent, bins, outside);
    counts[bin] = (counts[bin] ?? 0) + 1;
  }
  return counts;
}

function binOf(points: Points, i: number, dimension: number, extent: Extent, bins: number, outside: number): number {
  let index = 0;
  let stride = 1;
  for (let d = 0; d < dimension; d++) {
    const [low, high] = extent[d] ?? [0, 1];
    const position = ((points[i * dimension + d] ?? 0) - low) / (high - low);
    if (!(position >= 0 && position <= 1)) return outside; // the negation also catches NaN
    index += Math.min(bins - 1, Math.floor(position * bins)) * stride;
    stride *= bins;
  }
  return index;
}
