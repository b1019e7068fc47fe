import { describe, expect, it } from "vitest";
import { jsdBound } from "../../../src/core/metrics/jsd-bound";
import { meanPairwiseDistance, pairwiseDistanceRatio } from "../../../src/core/metrics/mean-pairwise-distance";
import { medianDistance, mmd } from "../../../src/core/metrics/mmd";
import { noiseFloor } from "../../../src/core/metrics/noise-floor";
import { slicedWasserstein, wasserstein1 } from "../../../src/core/metrics/sliced-wasserstein";
import { collapsed, gaussian, mixture, RING } from "./clouds";

const sum = (values: readonly number[]) => values.reduce((total, value) => total + value, 0);

describe("MMD", () => {
  it("equals the formula written out for two points each", () => {
    const k = (d: number) => sum([2, 1, 0.5, 0.25, 0.125].map((s) => Math.exp((-d * d) / (2 * s * s)))) / 5;
    // fakes 0, 1; reals 2, 4; bandwidth 1
    const expected = k(1) + k(2) - (2 * (k(2) + k(4) + k(1) + k(3))) / 4;
    expect(mmd(Float64Array.of(0, 1), Float64Array.of(2, 4), 1, 1)).toBeCloseTo(expected, 12);
  });

  it("is unbiased: over many pairs of real samples its mean is within its standard error of zero, and some are negative", () => {
    const readings = Array.from({ length: 60 }, (_, i) =>
      mmd(gaussian(60, 2, 2 * i), gaussian(60, 2, 2 * i + 1), 2, 1),
    );
    const mean = sum(readings) / readings.length;
    const deviation = Math.sqrt(sum(readings.map((value) => (value - mean) ** 2)) / (readings.length - 1));
    expect(Math.abs(mean)).toBeLessThan((3 * deviation) / Math.sqrt(readings.length));
    expect(Math.min(...readings)).toBeLessThan(0);
  });

  it("stands far above its floor for a shifted and for a collapsed generator", () => {
    const reals = gaussian(500, 2, 1);
    const floor = Math.abs(noiseFloor((a, b) => mmd(a, b, 2), gaussian(500, 2, 2), reals));
    expect(mmd(gaussian(500, 2, 3, [1, 0]), reals, 2)).toBeGreaterThan(20 * floor);
    expect(mmd(collapsed(500, [0, 0]), reals, 2)).toBeGreaterThan(20 * floor);
  });

  it("takes the reals' median distance: 2 for points 0, 1, 3", () => {
    expect(medianDistance(Float64Array.of(0, 1, 3), 1)).toBe(2);
    expect(medianDistance(collapsed(5, [3]), 1)).toBe(1);
  });

  it("needs two points on each side", () => {
    expect(() => mmd(Float64Array.of(0), Float64Array.of(0, 1), 1)).toThrow("at least 2 points");
  });
});

describe("Wasserstein", () => {
  it("is the mean move between sorted samples of equal size", () => {
    expect(wasserstein1(Float64Array.of(0, 1, 2), Float64Array.of(0.5, 1, 4))).toBeCloseTo(2.5 / 3, 12);
  });

  it("handles unequal sizes: half of the mass moves by 1", () => {
    expect(wasserstein1(Float64Array.of(0), Float64Array.of(0, 1))).toBe(0.5);
    expect(wasserstein1(Float64Array.of(0, 0, 0, 1), Float64Array.of(0, 1))).toBe(0.25);
  });

  it("is symmetric, zero for the same points and for the same points twice", () => {
    const a = Float64Array.of(-1, 0.5, 2);
    const b = Float64Array.of(0, 3);
    expect(wasserstein1(a, b)).toBeCloseTo(wasserstein1(b, a), 12);
    expect(wasserstein1(a, Float64Array.of(-1, -1, 0.5, 0.5, 2, 2))).toBeCloseTo(0, 12);
  });

  it("is exact in 1-D: shifting a cloud by 0.75 costs 0.75", () => {
    const cloud = gaussian(500, 1, 1);
    expect(
      slicedWasserstein(
        cloud.map((x) => x + 0.75),
        cloud,
        1,
        0,
      ),
    ).toBeCloseTo(0.75, 5);
  });

  it("is |shift| · 2/pi in 2-D and |shift| / 2 in 3-D for a shifted cloud (mean |cos| over directions)", () => {
    const shift = [3, 4];
    const flat = gaussian(300, 2, 1);
    const moved = flat.map((x, i) => x + (shift[i % 2] ?? 0));
    expect(slicedWasserstein(moved, flat, 2, 5, 4000)).toBeCloseTo((5 * 2) / Math.PI, 1);
    const solid = gaussian(300, 3, 1);
    const lifted = solid.map((x, i) => (i % 3 === 2 ? x + 2 : x));
    expect(slicedWasserstein(lifted, solid, 3, 5, 4000)).toBeCloseTo(1, 1);
  });

  it("approaches the analytic value for independent Gaussians one apart, far above its floor", () => {
    const reals = gaussian(2500, 2, 1);
    const reading = slicedWasserstein(gaussian(2500, 2, 2, [1, 0]), reals, 2, 0);
    const floor = noiseFloor((a, b) => slicedWasserstein(a, b, 2, 0), gaussian(2500, 2, 3), reals);
    expect(Math.abs(reading - 2 / Math.PI)).toBeLessThan(0.08);
    expect(floor).toBeLessThan(0.06);
  });

  it("repeats for a seed and changes its directions with it", () => {
    const a = gaussian(100, 2, 1);
    const b = gaussian(100, 2, 2, [1, 0]);
    expect(slicedWasserstein(a, b, 2, 7)).toBe(slicedWasserstein(a, b, 2, 7));
    expect(slicedWasserstein(a, b, 2, 7)).not.toBe(slicedWasserstein(a, b, 2, 8));
  });

  it("is not a number for a diverged generator, instead of a small one", () => {
    expect(slicedWasserstein(Float64Array.of(0, Number.NaN), Float64Array.of(0, 1), 1, 0)).toBeNaN();
  });
});

describe("mean pairwise distance", () => {
  it("is 4 for a 3-4-5 triangle", () => {
    expect(meanPairwiseDistance(Float64Array.of(0, 0, 3, 0, 0, 4), 2)).toBe(4);
  });

  it("is 2/sqrt(pi) for a standard normal in 1-D", () => {
    expect(meanPairwiseDistance(gaussian(1500, 1, 1), 1)).toBeCloseTo(2 / Math.sqrt(Math.PI), 1);
  });

  it("has ratio 1 for reals, 0 for a collapsed generator, and no value for reals without spread", () => {
    const reals = mixture(RING, 800, 1);
    expect(Math.abs(pairwiseDistanceRatio(mixture(RING, 800, 2), reals, 2) - 1)).toBeLessThan(0.03);
    expect(pairwiseDistanceRatio(collapsed(800, [2, 0]), reals, 2)).toBe(0);
    expect(pairwiseDistanceRatio(reals, collapsed(10, [2, 0]), 2)).toBeNaN();
  });
});

describe("JSD bound from D's loss", () => {
  it("is 0 at 2 ln 2, 1 at 0, a half in the middle, never negative", () => {
    expect(jsdBound(2 * Math.LN2)).toBe(0);
    expect(jsdBound(0)).toBe(1);
    expect(jsdBound(Math.LN2)).toBe(0.5);
    expect(jsdBound(3)).toBe(0);
    expect(jsdBound(Number.NaN)).toBeNaN();
  });

  it("is the JS divergence itself for the optimal D: (1, 0) against (1/2, 1/2)", () => {
    // D* = p/(p+q) = 2/3 where both are, 0 where only q is.
    const loss = -Math.log(2 / 3) - 0.5 * Math.log(1 - 2 / 3) - 0.5 * Math.log(1);
    expect(jsdBound(loss)).toBeCloseTo(0.3112781, 6);
  });
});
