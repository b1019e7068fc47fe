/** Densities on the line against known ones. */
import { describe, expect, it } from "vitest";
import { gridPoint, histogramDensity, kernelDensity, noisedDensity, sigmoid } from "../../src/core/density";
import { normals } from "../../src/core/rng";

const standard = normals(new Float32Array(4000), 3, 10, 0);
const phi = (x: number) => Math.exp(-x * x * 0.5) / Math.sqrt(2 * Math.PI);
const integral = (values: ArrayLike<number>, spacing: number) =>
  Array.from(values).reduce((sum, value) => sum + value * spacing, 0);

describe("kernelDensity", () => {
  it("integrates to 1 when all samples are in the picture", () => {
    expect(integral(kernelDensity(standard, 8, 321), 0.05)).toBeCloseTo(1, 6);
  });
  it("comes near the normal density of normal samples", () => {
    const density = kernelDensity(standard, 4, 201);
    for (let i = 0; i < 201; i++) expect(Math.abs((density[i] ?? 0) - phi(gridPoint(i, 201, 4)))).toBeLessThan(0.03);
  });
  it("is one kernel for one sample", () => {
    const density = kernelDensity([0], 4, 401, 0.5);
    expect(density[200]).toBeCloseTo(phi(0) / 0.5, 2);
    expect(density[250]).toBeCloseTo(phi(2) / 0.5, 2); // x = 1 is two standard deviations away
  });
  it("counts what is outside or not a number as mass elsewhere", () => {
    const density = kernelDensity([0, 100, Number.NaN, -100], 4, 401, 0.3);
    expect(integral(density, 0.02)).toBeCloseTo(0.25, 3);
  });
  it("shows samples that all fell into one point as a narrow peak", () => {
    const density = kernelDensity(new Float32Array(100).fill(1), 4, 81);
    expect(Math.max(...density)).toBe(density[50]);
    expect(integral(density, 0.1)).toBeCloseTo(1, 6);
  });
});

it("the histogram is per data unit, and what lies outside counts", () => {
  expect([...histogramDensity([-0.5, 0.5, 0.6, 7], 1, 2)]).toEqual([0.25, 0.5]);
});

describe("noisedDensity", () => {
  it("is the density itself without noise, and a wider normal with it", () => {
    expect(noisedDensity(phi, 0, 1, 3)[1]).toBe(phi(0));
    const noised = noisedDensity(phi, 0.75, 3, 61);
    for (let i = 0; i < 61; i++) expect(noised[i]).toBeCloseTo(phi(gridPoint(i, 61, 3) / 1.25) / 1.25, 4);
  });
});

it("sigmoid has its known values and no overflow", () => {
  expect([0, 1000, -1000].map(sigmoid)).toEqual([0.5, 1, 0]);
  expect(sigmoid(Math.log(3))).toBeCloseTo(0.75, 12);
});
