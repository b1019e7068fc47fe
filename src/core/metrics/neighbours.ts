/** Distances to the k-th nearest neighbour, by comparing all pairs. Shared by precision-recall.ts and density-coverage.ts. */
import { type Points, requireRows, squaredDistance } from "./points";

/**
 * Squared distance of every row to its k-th nearest other row: [n].
 *
 * @throws RangeError unless there are more than k rows.
 */
export function kthNeighbourDistances(points: Points, dimension: number, k: number): Float64Array {
  const rows = requireRows(points, dimension, k + 1, `A ${k}-nearest-neighbour ball`);
  const nearest = new Float64Array(rows * k).fill(Infinity); // per row the k smallest so far, ascending
  for (let i = 1; i < rows; i++) {
    for (let j = 0; j < i; j++) {
      const distance = squaredDistance(points, i, points, j, dimension);
      insert(nearest, i * k, k, distance);
      insert(nearest, j * k, k, distance);
    }
  }
  const radii = new Float64Array(rows);
  for (let i = 0; i < rows; i++) radii[i] = nearest[i * k + k - 1] ?? Infinity;
  return radii;
}

/** Insertion into the ascending run of k numbers at `start`; what falls off the end is forgotten. */
function insert(sorted: Float64Array, start: number, k: number, value: number): void {
  let at = start + k - 1;
  if (!(value < (sorted[at] ?? Infinity))) return;
  while (at > start && value < (sorted[at - 1] ?? 0)) {
    sorted[at] = sorted[at - 1] ?? 0;
    at--;
  }
  sorted[at] = value;
}
