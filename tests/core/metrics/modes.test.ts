import { describe, expect, it } from "vitest";
import { evaluateFloors, evaluatePoints } from "../../../src/core/metrics/evaluate";
import { expectedHighQuality, highQualityShare } from "../../../src/core/metrics/high-quality";
import { modeAccuracy, modeHistogram } from "../../../src/core/metrics/mode-histogram";
import { modesCaptured } from "../../../src/core/metrics/modes-captured";
import { reverseKl } from "../../../src/core/metrics/reverse-kl";
import { collapsed, GRID, mixture, RING } from "./clouds";

const N = 2500; // PacGAN's protocol

describe("mode metrics of a perfect sampler", () => {
  it.each([
    ["ring", RING, 8],
    ["grid", GRID, 25],
  ] as const)("reads all modes, 98.9 % high quality and no reverse KL on the %s", (_, modes, K) => {
    const counts = modeHistogram(mixture(modes, N, 1), 2, modes);
    expect(modesCaptured(counts)).toBe(K);
    expect(modesCaptured(counts, 20)).toBe(K);
    expect(Math.abs(highQualityShare(counts) - 0.98889)).toBeLessThan(4 * Math.sqrt((0.98889 * 0.01111) / N));
    expect(reverseKl(counts)).toBeLessThan((3 * (K - 1)) / (2 * N));
  });

  it("averages to the documented floor (K - 1)/(2n) of reverse KL", () => {
    const readings = Array.from({ length: 40 }, (_, seed) => reverseKl(modeHistogram(mixture(GRID, N, seed), 2, GRID)));
    const mean = readings.reduce((sum, value) => sum + value, 0) / readings.length;
    expect(mean).toBeGreaterThan(0.85 * (24 / (2 * N)));
    expect(mean).toBeLessThan(1.15 * (24 / (2 * N)));
  });

  it("knows the perfect share in closed form: 0.9973 in 1-D, 1 - exp(-4.5) in 2-D, 0.9707 in 3-D", () => {
    expect(expectedHighQuality(1)).toBeCloseTo(0.9973002, 7);
    expect(expectedHighQuality(2)).toBeCloseTo(1 - Math.exp(-4.5), 12);
    expect(expectedHighQuality(3)).toBeCloseTo(0.9707091, 7); // Maxwell distribution at 3
    expect(expectedHighQuality(4)).toBeCloseTo(1 - Math.exp(-4.5) * 5.5, 12);
  });
});

describe("mode metrics of failing generators", () => {
  it("reads 1 mode, full quality and ln 8 when everything sits on one mode", () => {
    const counts = modeHistogram(collapsed(N, [2, 0]), 2, RING);
    expect(modesCaptured(counts)).toBe(1);
    expect(highQualityShare(counts)).toBe(1);
    expect(reverseKl(counts)).toBeCloseTo(Math.log(8), 12);
  });

  it("reads ln 2 for four even modes of eight", () => {
    const four = RING.centers.slice(0, 4).flat();
    expect(reverseKl(modeHistogram(Float64Array.from(four), 2, RING))).toBeCloseTo(Math.log(2), 12);
  });

  it("counts neither modes nor quality between the modes, and has no reverse KL there", () => {
    const counts = modeHistogram(collapsed(N, [0, 0]), 2, RING);
    expect(modesCaptured(counts)).toBe(0);
    expect(highQualityShare(counts)).toBe(0);
    expect(reverseKl(counts)).toBeNaN();
  });

  it("does not let one lucky point count as a mode with twenty samples", () => {
    const points = Float64Array.from([...collapsed(20, [2, 0]), ...(RING.centers[3] ?? [])]);
    const counts = modeHistogram(points, 2, RING);
    expect(modesCaptured(counts)).toBe(2);
    expect(modesCaptured(counts, 20)).toBe(1);
  });

  it("counts points that are not finite as low quality", () => {
    const counts = modeHistogram(Float64Array.of(2, 0, Number.NaN, 0, Infinity, 0, 2, Number.NaN), 2, RING);
    expect(highQualityShare(counts)).toBe(0.25);
  });

  it("excludes the circle at exactly three sigma and includes what is just inside", () => {
    const modes = { centers: [[0, 0]], sigma: 1 };
    expect(modeHistogram(Float64Array.of(3, 0, 2.999, 0), 2, modes).highQuality).toBe(1);
  });

  it("gives a point between two overlapping modes to the nearer one", () => {
    const modes = { centers: [[0], [1]], sigma: 1 };
    expect([...modeHistogram(Float64Array.of(0.4, 0.6, 0.7), 1, modes).counts]).toEqual([1, 2]);
  });

  it("says what is wrong with ragged points, ragged centres and sigma 0", () => {
    expect(() => modeHistogram(new Float32Array(3), 2, RING)).toThrow("rows of 2");
    expect(() => modeHistogram(new Float32Array(4), 4, RING)).toThrow("centre has 2 coordinates");
    expect(() => modeHistogram(new Float32Array(4), 2, { ...RING, sigma: 0 })).toThrow("positive sigma");
  });
});

describe("class accuracy of points", () => {
  it("is the share whose nearest cluster is the one asked for, however far; what is not finite has none", () => {
    const modes = { sigma: 0.1, centers: [[0], [1], [5]] };
    const points = Float64Array.of(0.1, 0.9, 40, 0.1, Number.NaN);
    expect(modeAccuracy(points, 1, modes, [0, 1, 2, 1, 0])).toBe(0.6);
  });

  it("stands among the readings of a generator that is asked for classes, and in no floor", () => {
    const fakes = Float32Array.from({ length: 400 }, (_, at) => RING.centers[(at >> 1) % 8]?.[at % 2] ?? 0);
    const asked = Array.from({ length: 200 }, (_, i) => (i < 100 ? i % 8 : 0));
    const input = { fakes, reals: mixture(RING, 200, 1), realsB: mixture(RING, 200, 2), dimension: 2, modes: RING };
    expect(evaluatePoints({ ...input, asked, seed: 1 }).classAccuracy).toBeCloseTo((100 + 13) / 200, 2);
    expect(evaluateFloors({ ...input, asked, seed: 1 })).not.toHaveProperty("classAccuracy");
    expect(evaluatePoints({ ...input, seed: 1 })).not.toHaveProperty("classAccuracy");
  });
});
