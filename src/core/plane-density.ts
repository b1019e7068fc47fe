/**
 * Densities on the plane: of samples, by Gaussian kernels, and of data seen through the same kernels, so that the two can be
 * compared. Estimates for the eye; the metrics that compare runs are in core/metrics, D* on the line in optimum.ts.
 */
import { sheatherJonesBandwidth } from "./bandwidth";
import type { PlaneWindow } from "./plane-window";

/** Kernels narrower than this share of a cell cannot be shown. */
const NARROWEST = 0.6;
/** Beyond so many standard deviations a kernel is invisible. */
const REACH = 4;

/**
 * The kernel width for points of the plane, data units: of the rule for the line (Sheather and Jones) along both axes the
 * geometric mean, widened for two dimensions as the best width falls with n^(-1/6) instead of n^(-1/5).
 * @see Scott 1992, Multivariate density estimation, section 6.3
 */
export function planeBandwidth(points: Float32Array): number {
  const n = points.length / 2;
  if (n < 2) return 0;
  const along = (axis: 0 | 1) => {
    const coordinates = new Float32Array(n);
    for (let i = 0; i < n; i++) coordinates[i] = points[2 * i + axis] ?? 0;
    return sheatherJonesBandwidth(coordinates);
  };
  return Math.sqrt(along(0) * along(1)) * n ** (1 / 5 - 1 / 6);
}

/**
 * Kernel density of points [n, 2] at the centres of size × size cells over [-extent, extent]², row 0 at the top, per square unit.
 * @param bandwidth standard deviation of the kernel, data units
 */
export function kernelDensityPlane(
  points: Float32Array,
  extent: number,
  size: number,
  bandwidth = planeBandwidth(points),
): Float64Array {
  const cell = (2 * extent) / size;
  const cells = new Float64Array(size * size);
  const n = points.length / 2;
  for (let i = 0; i < n; i++) {
    // Shared out between the four centres around it.
    const column = ((points[2 * i] ?? Number.NaN) + extent) / cell - 0.5;
    const row = (extent - (points[2 * i + 1] ?? Number.NaN)) / cell - 0.5;
    const [c, r] = [Math.floor(column), Math.floor(row)];
    for (const [dr, dc] of CORNERS) {
      if (!(c + dc >= 0 && c + dc < size && r + dr >= 0 && r + dr < size)) continue; // the negation leaves out NaN
      const share = (dc === 1 ? column - c : 1 - column + c) * (dr === 1 ? row - r : 1 - row + r);
      const at = (r + dr) * size + c + dc;
      cells[at] = (cells[at] ?? 0) + share / (n * cell * cell);
    }
  }
  return blurred(cells, size, bandwidth / cell);
}

const CORNERS = [
  [0, 0],
  [0, 1],
  [1, 0],
  [1, 1],
] as const;

/**
 * Kernel density of points [n, 2] at the centres of size × size cells over a window, as above. Every kernel is asked by itself: those
 * of points beyond the window reach into it, and near ones are wider than it.
 */
export function windowKernelDensity(
  points: Float32Array,
  window: PlaneWindow,
  size: number,
  bandwidth: number,
): Float64Array {
  const n = points.length / 2;
  const places = placesOf(window, size, bandwidth);
  const cells = new Float64Array(size * size);
  const [across, down] = [new Float64Array(size), new Float64Array(size)];
  for (let i = 0; i < n; i++) {
    const [px, py] = [points[2 * i] ?? Number.NaN, points[2 * i + 1] ?? Number.NaN];
    if (!(Math.abs(px - window.x) < places.reach && Math.abs(py - window.y) < places.reach)) continue; // leaves out NaN
    for (let k = 0; k < size; k++) {
      across[k] = places.kernel((places.x[k] ?? 0) - px) / n;
      down[k] = places.kernel((places.y[k] ?? 0) - py);
    }
    for (let row = 0; row < size; row++) {
      const weight = down[row] ?? 0;
      if (weight < 1e-12) continue;
      for (let column = 0; column < size; column++) {
        const at = row * size + column;
        cells[at] = (cells[at] ?? 0) + weight * (across[column] ?? 0);
      }
    }
  }
  return cells;
}

/**
 * An exact density at the same cells of a window, seen through the same kernel: an integral along rows, then along columns.
 * @param apart how far apart the density is asked, data units: at most half the kernel's width, and as far as its details are wide
 */
export function windowDensity(
  density: (x: number, y: number) => number,
  window: PlaneWindow,
  size: number,
  bandwidth: number,
  apart: number,
): Float64Array {
  const { x, y, reach, kernel } = placesOf(window, size, bandwidth);
  const count = Math.ceil((2 * reach) / apart);
  const nodes = Float64Array.from({ length: count }, (_, i) => (i + 0.5 - count / 2) * apart);
  const along = new Float64Array(count * size); // [rows of nodes, columns of the window]
  const shares = (places: Float64Array, middle: number) =>
    Array.from(places, (place) => nodes.map((node) => apart * kernel(place - middle - node)));
  const [ofColumns, ofRows] = [shares(x, window.x), shares(y, window.y)];
  const values = new Float64Array(count);
  for (let row = 0; row < count; row++) {
    const at = window.y + (nodes[row] ?? 0);
    for (let i = 0; i < count; i++) values[i] = density(window.x + (nodes[i] ?? 0), at);
    ofColumns.forEach((weights, column) => {
      let sum = 0;
      for (let i = 0; i < count; i++) sum += (weights[i] ?? 0) * (values[i] ?? 0);
      along[row * size + column] = sum;
    });
  }
  const cells = new Float64Array(size * size);
  ofRows.forEach((weights, row) => {
    for (let i = 0; i < count; i++) {
      const weight = weights[i] ?? 0;
      for (let column = 0; column < size; column++) {
        const at = row * size + column;
        cells[at] = (cells[at] ?? 0) + weight * (along[i * size + column] ?? 0);
      }
    }
  });
  return cells;
}

/** The centres of a window's cells, row 0 at the top, and a kernel that they can show. */
function placesOf(window: PlaneWindow, size: number, bandwidth: number) {
  const cell = (2 * window.half) / size;
  const width = Math.max(bandwidth, NARROWEST * cell);
  const top = 1 / (width * Math.sqrt(2 * Math.PI));
  const centre = (i: number) => (i + 0.5) * cell - window.half;
  return {
    x: Float64Array.from({ length: size }, (_, i) => window.x + centre(i)),
    y: Float64Array.from({ length: size }, (_, i) => window.y - centre(i)),
    /** From the window's middle: beyond it nothing reaches into the window. */
    reach: window.half + REACH * width,
    kernel: (distance: number) => top * Math.exp(-0.5 * (distance / width) ** 2),
  };
}

/** An exact density at the same cells, seen through the same kernel. */
export const smoothedDensityPlane = (
  density: (x: number, y: number) => number,
  extent: number,
  size: number,
  bandwidth: number,
): Float64Array => blurredPlane(densityPlane(density, extent, size), extent, size, bandwidth);

/** Cells as they are, seen through a kernel. @param bandwidth its standard deviation, data units */
export const blurredPlane = (cells: Float64Array, extent: number, size: number, bandwidth: number): Float64Array =>
  blurred(cells, size, (bandwidth * size) / (2 * extent));

/** An exact density at the same cells: means over each. */
export function densityPlane(density: (x: number, y: number) => number, extent: number, size: number): Float64Array {
  const cell = (2 * extent) / size;
  const cells = new Float64Array(size * size);
  for (let row = 0; row < size; row++) {
    for (let column = 0; column < size; column++) {
      let sum = 0;
      for (let i = 0; i < FINER; i++) {
        for (let j = 0; j < FINER; j++) {
          sum += density(-extent + (column + (i + 0.5) / FINER) * cell, extent - (row + (j + 0.5) / FINER) * cell);
        }
      }
      cells[row * size + column] = sum / (FINER * FINER);
    }
  }
  return cells;
}

/** Points each way at which a density is asked within a cell. */
const FINER = 4;

/** Along rows, then along columns. @param sigma of the kernel, cells */
function blurred(cells: Float64Array, size: number, sigma: number): Float64Array {
  const width = Math.max(sigma, NARROWEST);
  const reach = Math.ceil(REACH * width);
  const kernel = Float64Array.from({ length: 2 * reach + 1 }, (_, k) => Math.exp(-0.5 * ((k - reach) / width) ** 2));
  const total = kernel.reduce((sum, weight) => sum + weight, 0);
  const along = (from: Float64Array, stride: number, other: number) => {
    const to = new Float64Array(from.length);
    for (let line = 0; line < size; line++) {
      for (let i = 0; i < size; i++) {
        let sum = 0;
        for (let k = Math.max(0, i - reach); k <= Math.min(size - 1, i + reach); k++) {
          sum += (from[line * other + k * stride] ?? 0) * (kernel[k - i + reach] ?? 0);
        }
        to[line * other + i * stride] = sum / total;
      }
    }
    return to;
  };
  return along(along(cells, 1, size), size, 1);
}
