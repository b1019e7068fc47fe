/** Densities on the line against known ones. */
import { describe, expect, it } from "vitest";
import { DATASETS } from "../../src/core/datasets";
import {
  gridPoint,
  histogramDensity,
  kernelDensity,
  optimalDiscriminator,
  sigmoid,
  silvermanBandwidth,
} from "../../src/core/density";
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

it("Silverman's width is 0.9 n^(-1/5) for standard normal samples", () => {
  expect(silvermanBandwidth(standard)).toBeCloseTo(0.9 * 4000 ** -0.2, 2);
  expect(silvermanBandwidth([2, 2, 2])).toBe(0);
});

it("the histogram is per data unit, and what lies outside counts", () => {
  expect([...histogramDensity([-0.5, 0.5, 0.6, 7], 1, 2)]).toEqual([0.25, 0.5]);
});

describe("optimalDiscriminator", () => {
  it("is one half where the densities agree and undefined where both vanish", () => {
    const best = optimalDiscriminator([0.2, 0.3, 0], [0.2, 0.1, 0]);
    expect(best[0]).toBe(0.5);
    expect(best[1]).toBeCloseTo(0.75, 12);
    expect(best[2]).toBeNaN();
  });
  it("is near one half everywhere for a perfect generator", () => {
    const data = Float64Array.from(
      { length: 41 },
      (_, i) => DATASETS["gaussian-1d"].density?.(gridPoint(i, 41, 2)) ?? 0,
    );
    const best = optimalDiscriminator(data, kernelDensity(standard, 2, 41));
    for (const value of best) expect(Math.abs(value - 0.5)).toBeLessThan(0.05);
  });
});

it("sigmoid has its known values and no overflow", () => {
  expect([0, 1000, -1000].map(sigmoid)).toEqual([0.5, 1, 0]);
  expect(sigmoid(Math.log(3))).toBeCloseTo(0.75, 12);
});
