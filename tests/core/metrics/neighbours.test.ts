import { describe, expect, it } from "vitest";
import { densityCoverage, expectedCoverage } from "../../../src/core/metrics/density-coverage";
import { kthNeighbourDistances } from "../../../src/core/metrics/neighbours";
import { precisionRecall } from "../../../src/core/metrics/precision-recall";
import { collapsed, gaussian, mixture, RING } from "./clouds";

describe("k-th neighbour", () => {
  it("squares the distance to the k-th other point", () => {
    const points = Float64Array.of(0, 1, 3, 7);
    expect([...kthNeighbourDistances(points, 1, 1)]).toEqual([1, 1, 4, 16]);
    expect([...kthNeighbourDistances(points, 1, 2)]).toEqual([9, 4, 9, 36]);
    expect([...kthNeighbourDistances(points, 1, 3)]).toEqual([49, 36, 16, 49]);
  });

  it("needs more than k points", () => {
    expect(() => kthNeighbourDistances(Float64Array.of(0, 1), 1, 2)).toThrow("at least 3 points");
  });
});

describe("precision and recall", () => {
  it("match a tiny case by hand", () => {
    // k = 1. Reals 0, 1, 10: radii 1, 1, 9, so balls [-1, 1], [0, 2], [1, 19]. Fakes -3, 2, 4: radii 5, 2, 2:
    // balls [-8, 2], [0, 4], [2, 6]. Of the fakes 2 and 4 are covered; of the reals 0 and 1.
    const { precision, recall } = precisionRecall(Float64Array.of(-3, 2, 4), Float64Array.of(0, 1, 10), 1, 1);
    expect(precision).toBeCloseTo(2 / 3, 12);
    expect(recall).toBeCloseTo(2 / 3, 12);
  });

  it("are 1 for the data itself and 0 for a generator elsewhere", () => {
    const reals = mixture(RING, 300, 1);
    expect(precisionRecall(reals, reals, 2)).toEqual({ precision: 1, recall: 1 });
    expect(precisionRecall(gaussian(300, 2, 1, [50, 0]), reals, 2)).toEqual({ precision: 0, recall: 0 });
  });

  it("tell missing modes (recall) from bad samples (precision)", () => {
    const reals = mixture(RING, 600, 1);
    const halfTheModes = precisionRecall(mixture(RING, 600, 2, { only: 4 }), reals, 2);
    expect(halfTheModes.precision).toBeGreaterThan(0.9);
    expect(halfTheModes.recall).toBeLessThan(0.6);
    const blurred = precisionRecall(mixture(RING, 600, 2, { scale: 8 }), reals, 2);
    expect(blurred.precision).toBeLessThan(0.3);
    expect(blurred.recall).toBeGreaterThan(0.8);
  });
});

describe("density and coverage", () => {
  it("match a tiny case by hand", () => {
    // k = 1, reals 0, 1, 10: open balls (-1, 1), (0, 2), (1, 19). Fakes 0.5 (two balls), 1.5 (two), 30 (none).
    const { density, coverage } = densityCoverage(Float64Array.of(0.5, 1.5, 30), Float64Array.of(0, 1, 10), 1, 1);
    expect(density).toBeCloseTo(4 / 3, 12);
    expect(coverage).toBe(1);
  });

  it("read 1 and the expected coverage for a perfect generator", () => {
    const { density, coverage } = densityCoverage(mixture(RING, 1000, 1), mixture(RING, 1000, 2), 2);
    expect(Math.abs(density - 1)).toBeLessThan(0.1);
    expect(Math.abs(coverage - expectedCoverage(1000, 1000))).toBeLessThan(0.03);
  });

  it("expect 1 - 2^-k for many points, and by hand (m-1)/(n+m-1) missed for k = 1", () => {
    expect(expectedCoverage(1e6, 1e6, 5)).toBeCloseTo(1 - 2 ** -5, 5);
    expect(expectedCoverage(3, 2, 1)).toBeCloseTo(1 - 1 / 4, 12);
  });

  it("cover nearly nothing when the generator has collapsed, where density alone looks fine", () => {
    const { density, coverage } = densityCoverage(collapsed(500, [2, 0]), mixture(RING, 500, 1), 2);
    expect(coverage).toBeLessThan(0.1);
    expect(density).toBeGreaterThan(0.5);
  });
});
