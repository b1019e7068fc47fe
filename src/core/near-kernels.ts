/** A Gaussian kernel density of points at single places: only the kernels near a place are looked at. On grids: density.ts, plane-density.ts. */

/** Beyond so many standard deviations a kernel is nothing. */
const FAR = 5;
/** Cells of a direction at most: with more, going through them would cost more than the points. */
const MOST_CELLS = 64;

/** The density at a place. @param without the point that does not count; −1: all do */
export type DensityAt = (x: number, y: number, without: number) => number;

/**
 * Puts points into cells as wide as a kernel reaches. Points that are not finite add nothing, and count.
 * @param points [n, dimension], data units
 * @param width standard deviation of the kernel, data units, above 0
 */
export function kernelDensityOf(points: Float32Array, dimension: 1 | 2, width: number): DensityAt {
  const n = points.length / dimension;
  const across = cellsAlong(points, dimension, 0, FAR * width);
  const up = dimension === 1 ? ONE_CELL : cellsAlong(points, dimension, 1, FAR * width);
  const cells = new Float64Array(n); // NaN: not finite
  // Sorted by cell: from where each cell's points begin, and the points.
  const begins = new Uint32Array(across.count * up.count + 1);
  for (let i = 0; i < n; i++) {
    const column = across.of(points[i * dimension] ?? Number.NaN);
    const cell = up.of(dimension === 1 ? 0 : (points[2 * i + 1] ?? Number.NaN)) * across.count + column;
    cells[i] = cell;
    if (cell >= 0) begins[cell + 1] = (begins[cell + 1] ?? 0) + 1;
  }
  for (let cell = 1; cell < begins.length; cell++) begins[cell] = (begins[cell] ?? 0) + (begins[cell - 1] ?? 0);
  const free = begins.slice();
  const sorted = new Uint32Array(begins.at(-1) ?? 0);
  for (const [i, cell] of cells.entries()) {
    if (Number.isNaN(cell)) continue;
    const at = free[cell] ?? 0;
    sorted[at] = i;
    free[cell] = at + 1;
  }

  const norm = (Math.sqrt(2 * Math.PI) * width) ** dimension;
  return (x, y, without) => {
    const [left, right] = [across.below(x - FAR * width), across.below(x + FAR * width)];
    const [bottom, top] = dimension === 1 ? [0, 0] : [up.below(y - FAR * width), up.below(y + FAR * width)];
    let sum = 0;
    for (let row = bottom; row <= top; row++) {
      const first = begins[row * across.count + left] ?? 0;
      const end = begins[row * across.count + right + 1] ?? 0;
      for (let k = first; k < end; k++) {
        const i = sorted[k] ?? 0;
        if (i === without) continue;
        const dx = ((points[i * dimension] ?? 0) - x) / width;
        const dy = dimension === 1 ? 0 : ((points[2 * i + 1] ?? 0) - y) / width;
        const squared = dx * dx + dy * dy;
        if (squared < FAR * FAR) sum += Math.exp(-0.5 * squared);
      }
    }
    return sum / ((n - (without < 0 ? 0 : 1)) * norm);
  };
}

interface Cells {
  readonly count: number;
  /** A point's cell; NaN where it is not finite. */
  of(value: number): number;
  /** The cell of a place, or the nearest one. */
  below(value: number): number;
}

const ONE_CELL: Cells = { count: 1, of: () => 0, below: () => 0 };

/** Cells of a direction, from the least of the points to the greatest. */
function cellsAlong(points: Float32Array, dimension: 1 | 2, axis: 0 | 1, reach: number): Cells {
  let [least, most] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (let i = axis; i < points.length; i += dimension) {
    const value = points[i] ?? Number.NaN;
    if (!Number.isFinite(value)) continue;
    least = Math.min(least, value);
    most = Math.max(most, value);
  }
  if (!(most > least)) return { count: 1, of: (value) => (Number.isFinite(value) ? 0 : Number.NaN), below: () => 0 };
  const count = Math.max(1, Math.min(MOST_CELLS, Math.floor((most - least) / reach)));
  const scale = count / (most - least);
  const below = (value: number) => Math.max(0, Math.min(count - 1, Math.floor((value - least) * scale)));
  return { count, of: (value) => (Number.isFinite(value) ? below(value) : Number.NaN), below };
}
