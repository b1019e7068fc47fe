import { describe, expect, it } from "vitest";
import { histogram } from "../../../src/core/metrics/histogram";
import { histogramJs, jsFromCounts } from "../../../src/core/metrics/histogram-js";
import { histogramKl, klFromCounts } from "../../../src/core/metrics/histogram-kl";
import { collapsed, GRID, gaussian, mixture } from "./clouds";

describe("histogram", () => {
  it("keeps every point: inside, on both edges, outside and not a number", () => {
    const counts = histogram(Float64Array.of(-1, 0, 1, 5, -5, Number.NaN), 1, 1);
    expect(counts.length).toBe(51);
    expect([counts[0], counts[25], counts[49], counts[50]]).toEqual([1, 1, 1, 3]);
  });

  it("puts x first in 2-D", () => {
    const counts = histogram(Float64Array.of(0.99, -0.99), 2, 1);
    expect(counts[14]).toBe(1);
  });

  it("refuses 3-D data and an extent of 0, and says what to use", () => {
    expect(() => histogram(new Float32Array(3), 3, 1)).toThrow("sliced Wasserstein");
    expect(() => histogram(new Float32Array(2), 2, 0)).toThrow("positive");
  });
});

describe("JS and KL of counts", () => {
  it("are zero for equal shares, whatever the totals (JS)", () => {
    expect(jsFromCounts(Float64Array.of(1, 3), Float64Array.of(10, 30))).toBeCloseTo(0, 12);
    expect(klFromCounts(Float64Array.of(7, 3), Float64Array.of(7, 3))).toBe(0);
  });

  it("JS is one bit without overlap and 0.3113 bits for (1, 0) against (1/2, 1/2)", () => {
    expect(jsFromCounts(Float64Array.of(5, 0), Float64Array.of(0, 9))).toBe(1);
    // H(3/4, 1/4) - H(1/2, 1/2)/2 = 0.811278 - 0.5
    expect(jsFromCounts(Float64Array.of(4, 0), Float64Array.of(2, 2))).toBeCloseTo(0.3112781, 6);
  });

  it("KL of (9.5, .5) against (5, 5) after half a pseudo-count, in nats", () => {
    // counts (9, 0) and (4.5, 4.5) -> shares (.95, .05) and (.5, .5)
    const expected = 0.95 * Math.log(1.9) + 0.05 * Math.log(0.1);
    expect(klFromCounts(Float64Array.of(9, 0), Float64Array.of(4.5, 4.5))).toBeCloseTo(expected, 12);
  });
});

describe("JS and KL of samples", () => {
  const n = 2500;

  it("read about zero for a perfect generator, below the documented floor for their sizes", () => {
    const clouds = [mixture(GRID, n, 1), mixture(GRID, n, 2)] as const;
    const occupied = histogram(clouds[0], 2, 5).filter((count) => count > 0).length;
    expect(histogramJs(...clouds, 2, 5)).toBeLessThan((1.5 * (occupied / 8 / Math.LN2) * 2) / n);
    expect(histogramKl(...clouds, 2, 5)).toBeLessThan((1.5 * (occupied / 2) * 2) / n);
    expect(histogramJs(...clouds, 2, 5)).toBeLessThan(0.03);
  });

  it("read about zero for a perfect 1-D generator", () => {
    expect(histogramJs(gaussian(n, 1, 1), gaussian(n, 1, 2), 1, 4)).toBeLessThan(0.01);
  });

  it("read what half the modes cost: JS about 0.3113 bits", () => {
    const twoModes = {
      sigma: 0.05,
      centers: [
        [-2, 0],
        [2, 0],
      ],
    }; // centres of bins, so that each mode is one bin
    const reals = mixture(twoModes, n, 1);
    const fakes = mixture(twoModes, n, 2, { only: 1 });
    expect(Math.abs(histogramJs(fakes, reals, 2, 5) - 0.3113)).toBeLessThan(0.02);
    expect(histogramKl(fakes, reals, 2, 5)).toBeGreaterThan(1);
  });

  it("do not overlook a generator whose points all miss the picture", () => {
    expect(histogramJs(collapsed(n, [99, 99]), mixture(GRID, n, 1), 2, 5)).toBe(1);
  });
});
