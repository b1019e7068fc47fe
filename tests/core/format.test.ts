/** Numbers as people read them, against what a person would write. */
import { describe, expect, it } from "vitest";
import {
  formatBytes,
  formatNumber,
  formatProbability,
  formatStep,
  formatTick,
  powerOfTen,
  roundTicks,
} from "../../src/core/format";

describe("formatNumber", () => {
  it("keeps three significant digits and no more zeros than needed", () => {
    expect([1.38629, 0.0413, 12.345, 1234.5, -4.0001].map((x) => formatNumber(x))).toEqual([
      "1.39",
      "0.0413",
      "12.3",
      "1235",
      "−4.00",
    ]);
  });
  it("writes the very small and the very large as powers of ten", () => {
    expect(formatNumber(3.14e-5)).toBe("3.1·10⁻⁵");
    expect(formatNumber(1.25e6, 2)).toBe("1·10⁶");
  });
  it("tells what is missing from what is zero or endless", () => {
    expect([Number.NaN, 0, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY].map((x) => formatNumber(x))).toEqual([
      "–",
      "0",
      "∞",
      "−∞",
    ]);
  });
});

describe("formatProbability", () => {
  it("never rounds to a certainty", () => {
    expect([0, 0.0001, 0.5, 0.9999, 1].map(formatProbability)).toEqual(["0.00", "<0.01", "0.50", ">0.99", "1.00"]);
  });
});

it("shortens steps", () => {
  expect([0, 800, 1500, 20_000, 1_200_000].map(formatStep)).toEqual(["0", "800", "1.5k", "20k", "1.2M"]);
});

it("raises ten to a power", () => {
  expect(powerOfTen(-12)).toBe("10⁻¹²");
});

describe("roundTicks", () => {
  it("finds round numbers inside the interval", () => {
    expect(roundTicks(-3, 3, 6)).toEqual([-3, -2, -1, 0, 1, 2, 3]);
    expect(roundTicks(0, 0.42, 4)).toEqual([0, 0.2, 0.4]);
    expect(roundTicks(-4, 4, 4)).toEqual([-4, -2, 0, 2, 4]);
  });
  it("ends for ends that differ by rounding alone, near and far from zero", () => {
    for (const low of [5, 1, 2 * Math.LN2, 1e20, -3]) {
      const high = low + Math.abs(low) * Number.EPSILON;
      expect(high).toBeGreaterThan(low);
      expect(roundTicks(low, high, 5)).toEqual([]);
    }
    expect(roundTicks(0, Number.MIN_VALUE, 5)).toEqual([]);
    expect(roundTicks(-1e300, 1e300, 4).length).toBeLessThan(12);
  });
  it("has no answer for an interval that is none", () => {
    expect(roundTicks(1, 1, 4)).toEqual([]);
    expect(roundTicks(0, Number.NaN, 4)).toEqual([]);
  });
});

describe("formatTick", () => {
  it("is as short as a round number can be said, also where a loss ran away", () => {
    const ticks = [0, 0.25, -3, 20_000, 1e5, 2e7, -1.5e11, 1e-4];
    expect(ticks.map((tick) => formatTick(tick))).toEqual([
      "0",
      "0.25",
      "−3",
      "20k",
      "100k",
      "20M",
      "−1.5·10¹¹",
      "10⁻⁴",
    ]);
  });
});

describe("formatBytes", () => {
  it("keeps two digits and the unit that needs no more", () => {
    expect([12, 1500, 268e6, 17.18e9, 4.16e9, 2.6e11, 3e13].map(formatBytes)).toEqual([
      "12 B",
      "1.5 kB",
      "270 MB",
      "17 GB",
      "4.2 GB",
      "260 GB",
      "30 TB",
    ]);
  });
});
