/** Point clouds as flat typed arrays, and the row arithmetic that the metrics share. No metric, no randomness. */

/** `n` points of `dimension` numbers each, row-major: [n, dimension], on the scale of the data. */
export type Points = Float32Array | Float64Array;

/**
 * The number of rows of a point cloud.
 *
 * @throws RangeError when the dimension is not a positive integer, when the length is no multiple of it, or when there are no rows.
 */
export function rowCount(points: Points, dimension: number): number {
  if (!Number.isInteger(dimension) || dimension < 1) {
    throw new RangeError(
      `A point needs at least one coordinate, but the dimension is ${dimension}. Pass a positive integer.`,
    );
  }
  const rows = points.length / dimension;
  if (!Number.isInteger(rows) || rows === 0) {
    throw new RangeError(
      `${points.length} numbers do not make rows of ${dimension}. Pass whole points, row after row, and at least one.`,
    );
  }
  return rows;
}

/** Throws unless there are at least `minimum` rows; returns their number. `why` completes "... needs them". */
export function requireRows(points: Points, dimension: number, minimum: number, why: string): number {
  const rows = rowCount(points, dimension);
  if (rows < minimum) {
    throw new RangeError(`${why} needs at least ${minimum} points, but got ${rows}. Draw more samples.`);
  }
  return rows;
}

/** Squared Euclidean distance between row i of `a` and row j of `b`. */
export function squaredDistance(a: Points, i: number, b: Points, j: number, dimension: number): number {
  let sum = 0;
  const offsetA = i * dimension;
  const offsetB = j * dimension;
  for (let d = 0; d < dimension; d++) {
    const difference = (a[offsetA + d] ?? 0) - (b[offsetB + d] ?? 0);
    sum += difference * difference;
  }
  return sum;
}

/**
 * At most `limit` rows, spread evenly over the cloud (row floor(i·n/limit)); the cloud itself when it is small enough.
 * Deterministic without a seed. Evenly spread rather than the first rows, so that data sorted by class keeps all classes.
 */
export function evenRows(points: Points, dimension: number, limit: number): Points {
  const rows = rowCount(points, dimension);
  if (rows <= limit) return points;
  const out = new Float64Array(limit * dimension);
  for (let i = 0; i < limit; i++) {
    const from = Math.floor((i * rows) / limit) * dimension;
    out.set(points.subarray(from, from + dimension), i * dimension);
  }
  return out;
}

/** Whether every coordinate is a finite number. */
export function allFinite(points: Points): boolean {
  for (const value of points) if (!Number.isFinite(value)) return false;
  return true;
}
