/** Priors and interpolation against what can be worked out by hand. */
import { describe, expect, it } from "vitest";
import { lerp, sampleLatents, slerp, sliderRange, stageLatents, truncate } from "../../src/core/latents";
import { STREAMS } from "../../src/core/rng";

const norm = (z: ArrayLike<number>) => Math.sqrt(Array.from(z).reduce((sum, v) => sum + v * v, 0));

describe("priors", () => {
  it("normal: mean 0 and variance 1", () => {
    const z = sampleLatents(new Float32Array(50_000), "normal", 1, STREAMS.latentG, 0);
    expect(Math.abs(z.reduce((a, b) => a + b, 0) / z.length)).toBeLessThan(5 / Math.sqrt(z.length));
    expect(norm(z) ** 2 / z.length).toBeCloseTo(1, 1);
    expect(sliderRange("normal")).toBe(3);
  });

  it("uniform: within ±1, with variance 1/3", () => {
    const z = sampleLatents(new Float32Array(50_000), "uniform", 1, STREAMS.latentG, 0);
    expect(z.every((v) => v > -1 && v < 1)).toBe(true);
    expect(norm(z) ** 2 / z.length).toBeCloseTo(1 / 3, 2);
    expect(sliderRange("uniform")).toBe(1);
  });
});

describe("the stage's latents", () => {
  it("are the same however many are asked for, so that a sample's number names its latent", () => {
    const config = { latent: { size: 3, prior: "normal" as const }, seed: 4 };
    expect(stageLatents(config, 5)).toEqual(stageLatents(config, 100).subarray(0, 15));
    expect(stageLatents(config, 5)).not.toEqual(stageLatents({ ...config, seed: 5 }, 5));
  });
});

describe("interpolation", () => {
  it("lerp goes straight", () => {
    expect([...lerp([0, 4], [2, 0], 0.25)]).toEqual([0.5, 3]);
  });

  it("slerp halves a right angle and keeps the length", () => {
    const middle = slerp([2, 0], [0, 2], 0.5);
    expect(middle[0]).toBeCloseTo(Math.SQRT2, 6);
    expect(middle[1]).toBeCloseTo(Math.SQRT2, 6);
    for (const t of [0, 0.1, 0.7, 1]) expect(norm(slerp([2, 0], [0, 2], t))).toBeCloseTo(2, 6);
  });

  it("slerp begins and ends at its ends", () => {
    const a = sampleLatents(new Float32Array(64), "normal", 1, 1, 0);
    const b = sampleLatents(new Float32Array(64), "normal", 1, 1, 1);
    slerp(a, b, 0).forEach((v, i) => {
      expect(v).toBeCloseTo(a[i] ?? 0, 6);
    });
    slerp(a, b, 1).forEach((v, i) => {
      expect(v).toBeCloseTo(b[i] ?? 0, 6);
    });
  });

  it("slerp of zero, equal or opposite vectors is the straight way, never NaN", () => {
    expect([...slerp([0, 0], [1, 1], 0.5)]).toEqual([0.5, 0.5]);
    expect([...slerp([1, 2], [1, 2], 0.3)].map((v) => Number(v.toFixed(6)))).toEqual([1, 2]);
    expect([...slerp([1, 0], [-1, 0], 0.5)]).toEqual([0, 0]);
  });

  it("names both sizes when they differ", () => {
    expect(() => lerp([1], [1, 2], 0.5)).toThrow(/1 and 2 dimensions/);
  });
});

describe("truncation", () => {
  it("scales towards the mean", () => {
    expect([...truncate([2, -4], 0.5)]).toEqual([1, -2]);
  });
});
