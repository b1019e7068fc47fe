/**
 * Sliced Wasserstein-1 distance: the mean, over random directions, of the exact 1-D earth mover's distance between the
 * projections. In 1-D it is the Wasserstein-1 distance itself. Not what a Wasserstein critic's loss estimates (that is W1
 * in the full space, up to the critic's Lipschitz constant).
 *
 * Noise floor: falls like 1/sqrt(n), in the data's units, and is above 0 even for a perfect generator. Obtained as the
 * distance between two real samples of the same sizes, along the same directions.
 */
import { normals, STREAMS } from "../rng";
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
  const n = rowCount(fakes, dimension);
  const m = rowCount(reals, dimension);
  const count = dimension === 1 ? 1 : projections; // on a line there is only one direction
  const directions = unitDirections(count, dimension, seed);
  const projectedFakes = new Float64Array(n);
  const projectedReals = new Float64Array(m);
  let sum = 0;
  for (let k = 0; k < count; k++) {
    const direction = directions.subarray(k * dimension, (k + 1) * dimension);
    project(fakes, direction, projectedFakes);
    project(reals, direction, projectedReals);
    sum += wasserstein1(projectedFakes.sort(), projectedReals.sort());
  }
  return sum / count;
}

/**
 * Wasserstein-1 distance between two samples on a line, both sorted ascending: the area between their distribution functions,
 * which needs no equal sizes.
 */
export function wasserstein1(a: Float64Array, b: Float64Array): number {
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

function project(points: Points, direction: Float64Array, out: Float64Array): void {
  const dimension = direction.length;
  for (let i = 0; i < out.length; i++) {
    let dot = 0;
    for (let d = 0; d < dimension; d++) dot += (points[i * dimension + d] ?? 0) * (direction[d] ?? 0);
    out[i] = dot;
  }
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
