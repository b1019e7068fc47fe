/** A kernel density that looks at near points only must be the one that looks at all of them. */
import { describe, expect, it } from "vitest";
import { kernelDensityOf } from "../../src/core/near-kernels";
import { normals } from "../../src/core/rng";

/** The definition: every kernel at every place. */
function plain(points: Float32Array, dimension: 1 | 2, width: number, x: number, y: number, without: number): number {
  const n = points.length / dimension;
  let sum = 0;
  for (let i = 0; i < n; i++) {
    if (i === without) continue;
    const dx = ((points[i * dimension] ?? 0) - x) / width;
    const dy = dimension === 1 ? 0 : ((points[i * dimension + 1] ?? 0) - y) / width;
    const squared = dx * dx + dy * dy;
    if (Number.isFinite(squared)) sum += Math.exp(-0.5 * squared);
  }
  return sum / ((n - (without < 0 ? 0 : 1)) * (Math.sqrt(2 * Math.PI) * width) ** dimension);
}

/** Clusters, one point far away, and two that are not finite. */
function cloud(dimension: 1 | 2): Float32Array {
  const points = normals(new Float32Array(400 * dimension), 3, 0, 0);
  for (let i = 0; i < points.length; i++) points[i] = 0.1 * (points[i] ?? 0) + (Math.floor(i / dimension) % 3) - 1;
  points.fill(50, 0, dimension);
  points.fill(Number.NaN, dimension, 2 * dimension);
  points.fill(Number.POSITIVE_INFINITY, 2 * dimension, 3 * dimension);
  return points;
}

describe.each([1, 2] as const)("the density of points in %i dimensions", (dimension) => {
  it.each([0.004, 0.05, 0.6, 30])("is what all kernels of width %f give, wherever it is asked", (width) => {
    const points = cloud(dimension);
    const at = kernelDensityOf(points, dimension, width);
    const peak = 1 / (Math.sqrt(2 * Math.PI) * width) ** dimension;
    for (const [x, y] of [
      [0, 0],
      [-1.03, -0.98],
      [1.2, 0.9],
      [50, 50],
      [-70, 3],
      [0.4, -60],
    ] as const) {
      // A kernel five deviations away has four millionths of its height left.
      expect(Math.abs(at(x, y, -1) - plain(points, dimension, width, x, y, -1))).toBeLessThan(4e-6 * peak);
    }
    const [x = 0, y = 0] = points.subarray(7 * dimension);
    expect(at(x, y, 7)).toBeLessThan(at(x, y, -1));
    expect(Math.abs(at(x, y, 7) - plain(points, dimension, width, x, y, 7))).toBeLessThan(4e-6 * peak);
  });

  it("is asked of points that all lie in one spot, and of none that is finite", () => {
    const spot = new Float32Array(20 * dimension).fill(0.5);
    const peak = 1 / (Math.sqrt(2 * Math.PI) * 0.1) ** dimension;
    expect(kernelDensityOf(spot, dimension, 0.1)(0.5, 0.5, -1)).toBeCloseTo(peak, 6);
    expect(kernelDensityOf(spot, dimension, 0.1)(5, 5, -1)).toBe(0);
    expect(kernelDensityOf(new Float32Array(4 * dimension).fill(Number.NaN), dimension, 0.1)(0, 0, -1)).toBe(0);
    expect(kernelDensityOf(spot, dimension, 0.1)(Number.NaN, Number.NaN, -1)).toBe(0);
  });
});
