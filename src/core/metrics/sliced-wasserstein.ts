/**
 * Sliced Wasserstein-1 distance: the mean, over random directions, of the exact 1-D earth mover's distance between the
 * projections. In 1-D it is the Wasserstein-1 distance itself. Not what a Wasserstein critic's loss estimates (that is W1
 * in the full space, up to the critic's Lipschitz constant).
 *
 * Noise floor: falls like 1/sqrt(n), in the data's units, and is above 0 even for a perfect generator. Obtained as the
 * distance between two real samples of the same sizes, along the same directions.
 */
import { normals, STREAMS } from "../rng";
import { ascendingSorter } from "./ascending";
import type { MetricInfo } from "./info";
import { type Points, rowCount } from "./points";

const PROJECTIONS = 128;

/**
 * Mean Wasserstein-1 distance along seeded directions, in the data's units. Sizes may differ. Cost: a sort per direction.
 *
 * @param fakes [n, dimension] @param reals [m, dimension] @param seed chooses the directions; the same seed, the same ones
 * @see Rabin et al. 2011; Bonneel et al. 2015 (with the exponent 1 instead of 2)
 */
export function slicedWasserstein(
  fakes: Points,
  reals: Points,
  dimension: number,
  seed: number,
  projections = PROJECTIONS,
): number {
  const reference = slicedReference(reals, dimension, seed, projections);
  const sum = partialSlicedWasserstein(fakes, reference, 0, reference.projections.length);
  return sum / reference.projections.length;
}

/** One side of the distance, projected and sorted once: for whoever measures many samples against the same reals. */
export interface SlicedReference {
  readonly dimension: number;
  /** [directions][dimension] unit vectors. */
  readonly directions: readonly Float64Array[];
  /** [directions][m] the reals along each direction, ascending. */
  readonly projections: readonly Float64Array[];
}

/** The reals' side of `slicedWasserstein`, with the same directions for the same seed. */
export function slicedReference(
  reals: Points,
  dimension: number,
  seed: number,
  projections = PROJECTIONS,
): SlicedReference {
  const m = rowCount(reals, dimension);
  const count = dimension === 1 ? 1 : projections; // on a line there is only one direction
  const all = unitDirections(count, dimension, seed);
  const directions = Array.from({ length: count }, (_, k) => all.subarray(k * dimension, (k + 1) * dimension));
  const sorted = ascendingSorter(m);
  return {
    dimension,
    directions,
    projections: directions.map((direction) => sorted(project(reals, direction, new Float64Array(m)))),
  };
}

/**
 * The sum of the distances along the directions from `from` up to, not including, `to`: the work of `slicedWasserstein` in
 * parts, for whoever may not compute for long at a stretch.
 */
export function partialSlicedWasserstein(
  fakes: Points,
  { dimension, directions, projections }: SlicedReference,
  from: number,
  to: number,
): number {
  const projected = new Float64Array(rowCount(fakes, dimension));
  const sorted = ascendingSorter(projected.length);
  let sum = 0;
  for (let k = from; k < to; k++) {
    const direction = directions[k];
    const reals = projections[k];
    if (direction === undefined || reals === undefined) throw new RangeError(`There is no direction ${k}.`);
    sum += wasserstein1(sorted(project(fakes, direction, projected)), reals);
  }
  return sum;
}

/**
 * Wasserstein-1 distance between two samples on a line, both sorted ascending. For equal sizes the mean distance between
 * those of one rank; for others the area between the distribution functions, which is the same but for rounding.
 */
export function wasserstein1(a: Float64Array, b: Float64Array): number {
  if (a.length !== b.length) return areaBetween(a, b);
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += Math.abs((a[i] ?? 0) - (b[i] ?? 0));
  return sum / a.length; // NaN where a diverged generator gave one
}

/** The area between two samples' distribution functions; both sorted ascending. */
export function areaBetween(a: Float64Array, b: Float64Array): number {
  let i = 0;
  let j = 0;
  let area = 0;
  let previous = Math.min(a[0] ?? Number.NaN, b[0] ?? Number.NaN);
  while (i < a.length || j < b.length) {
    const next = Math.min(a[i] ?? Infinity, b[j] ?? Infinity);
    if (Number.isNaN(next)) return Number.NaN; // a diverged generator is at no distance
    area += Math.abs(i / a.length - j / b.length) * (next - previous);
    previous = next;
    while (i < a.length && a[i] === next) i++;
    while (j < b.length && b[j] === next) j++;
  }
  return area;
}

/** [count, dimension] directions, uniform on the sphere. */
function unitDirections(count: number, dimension: number, seed: number): Float64Array {
  const raw = normals(new Float32Array(count * dimension), seed, STREAMS.metric, 0);
  const unit = new Float64Array(raw.length);
  for (let k = 0; k < count; k++) {
    const row = raw.subarray(k * dimension, (k + 1) * dimension);
    const norm = Math.sqrt(row.reduce((sum, value) => sum + value * value, 0)) || 1;
    row.forEach((value, d) => {
      unit[k * dimension + d] = value / norm;
    });
  }
  return unit;
}

function project(points: Points, direction: Float64Array, out: Float64Array): Float64Array {
  const dimension = direction.length;
  if (dimension === 2) {
    const [across = 0, up = 0] = direction; // most data of the page: no loop within the loop
    for (let i = 0; i < out.length; i++) out[i] = (points[2 * i] ?? 0) * across + (points[2 * i + 1] ?? 0) * up;
    return out;
  }
  for (let i = 0; i < out.length; i++) {
    let dot = 0;
    for (let d = 0; d < dimension; d++) dot += (points[i * dimension + d] ?? 0) * (direction[d] ?? 0);
    out[i] = dot;
  }
  return out;
}

export const slicedWassersteinInfo: MetricInfo = {
  name: "Sliced Wasserstein",
  unit: "data units",
  definition:
    "How far, on average, probability has to be moved to turn the generator's samples into the data, seen along random directions.",
  direction: "lower",
  floor: "Two real samples of the same sizes, along the same directions; falls like 1/sqrt(n).",
  source: "Rabin et al. 2011; Bonneel et al. 2015; 128 directions, exponent 1",
};
