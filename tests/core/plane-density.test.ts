import { describe, expect, it } from "vitest";
import { datasetOf } from "../../src/core/datasets";
import {
  kernelDensityPlane,
  planeBandwidth,
  smoothedDensityPlane,
  windowDensity,
  windowKernelDensity,
} from "../../src/core/plane-density";
import { wholePlane } from "../../src/core/plane-window";
import { random } from "../../src/core/rng";

const normal = (n: number, sigma: number): Float32Array => {
  const r = random(3, 0, 0);
  const out = new Float32Array(2 * n);
  for (let i = 0; i < n; i++) out.set([sigma * r.normal(), sigma * r.second], 2 * i);
  return out;
};
const mass = (cells: Float64Array, extent: number, size: number) =>
  cells.reduce((sum, value) => sum + value, 0) * ((2 * extent) / size) ** 2;

describe("densities on the plane", () => {
  it("integrate to 1 where everything is in the picture", () => {
    expect(mass(kernelDensityPlane(normal(1000, 0.5), 3, 48), 3, 48)).toBeCloseTo(1, 3);
    const ring = datasetOf("ring");
    if (ring.kind !== "points" || ring.density === undefined) throw new Error("the ring has a density");
    expect(mass(smoothedDensityPlane(ring.density, ring.extent, 48, 0.1), ring.extent, 48)).toBeCloseTo(1, 2);
  });

  it("count what lies outside as mass that is not in the picture", () => {
    const half = normal(1000, 0.2).map((value, i) => (i % 4 === 0 ? 100 : value));
    expect(mass(kernelDensityPlane(half, 3, 48), 3, 48)).toBeCloseTo(0.5, 2);
  });

  it("read the density of a normal distribution, row 0 at the top", () => {
    const points = normal(20_000, 0.5).map((value, i) => (i % 2 === 1 ? value + 1 : value)); // around (0, 1)
    const [extent, size] = [3, 48];
    const cells = kernelDensityPlane(points, extent, size);
    const at = (x: number, y: number) =>
      cells[Math.floor(((extent - y) * size) / (2 * extent)) * size + Math.floor(((x + extent) * size) / (2 * extent))];
    expect(at(0, 1)).toBeCloseTo(1 / (2 * Math.PI * 0.25), 1);
    expect(at(0, -1)).toBeLessThan(1e-3);
  });

  it("are the same of the whole plane as of a window over it", () => {
    const density = (x: number, y: number) => Math.exp(-2 * (x * x + y * y)) * (2 / Math.PI);
    const [points, width, whole] = [normal(1000, 0.5), 0.2, wholePlane(3)];
    const largest = (one: Float64Array, other: Float64Array) =>
      one.reduce((most, value, i) => Math.max(most, Math.abs(value - (other[i] ?? 0))), 0);
    const [top, own] = [0.637, windowKernelDensity(points, whole, 48, width)];
    expect(largest(own, kernelDensityPlane(points, 3, 48, width))).toBeLessThan(0.02 * top);
    const exact = windowDensity(density, whole, 48, width, 0.03);
    expect(largest(exact, smoothedDensityPlane(density, 3, 48, width))).toBeLessThan(0.02 * top);
  });

  it("of a window are as exact near by: what lies beyond it reaches into it", () => {
    const density = (x: number, y: number) => Math.exp(-(x * x + y * y) / (2 * 0.25)) / (2 * Math.PI * 0.25);
    // Seen through a kernel of width 0.3 a normal distribution is a wider one.
    const variance = 0.25 + 0.09;
    const seen = (x: number, y: number) => Math.exp(-(x * x + y * y) / (2 * variance)) / (2 * Math.PI * variance);
    const window = { x: 0.4, y: -0.3, half: 0.05 };
    const exact = windowDensity(density, window, 8, 0.3, 0.1);
    const of = windowKernelDensity(normal(20_000, 0.5), window, 8, 0.3);
    for (let row = 0; row < 8; row++) {
      for (let column = 0; column < 8; column++) {
        const [x, y] = [0.35 + (0.1 * (column + 0.5)) / 8, -0.25 - (0.1 * (row + 0.5)) / 8];
        expect(exact[row * 8 + column]).toBeCloseTo(seen(x, y), 4);
        expect(of[row * 8 + column]).toBeCloseTo(seen(x, y), 2);
      }
    }
  });

  it("have narrow kernels for narrow clusters", () => {
    const ring = datasetOf("ring");
    if (ring.kind !== "points") throw new Error("points");
    const points = new Float32Array(2000);
    ring.sample(points, 1, 7, 0);
    expect(planeBandwidth(points)).toBeLessThan(0.15);
    expect(planeBandwidth(normal(1000, 1))).toBeGreaterThan(0.2);
  });
});
