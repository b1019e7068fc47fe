import { describe, expect, it } from "vitest";
import {
  classAccuracy,
  classCounts,
  classesFound,
  classifierScore,
  classMismatch,
  confidence,
} from "../../../src/core/metrics/class-scores";

const sure = Float64Array.of(1, 0, 0, 0, 1, 0, 0, 0, 1, 1, 0, 0); // classes 0, 1, 2, 0
const unsure = new Float64Array(12).fill(1 / 3);

describe("what a classifier makes of samples", () => {
  it("counts the likeliest classes", () => {
    expect(classCounts(sure, 3)).toEqual([2, 1, 1]);
    expect(classCounts(Float64Array.of(0.2, 0.5, 0.3), 3)).toEqual([0, 1, 0]);
  });

  it("finds a class with a fifth of its share: 10 of 500 samples in ten classes", () => {
    const counts = [446, 10, 10, 9, 10, 5, 0, 0, 0, 10];
    expect(classesFound(counts)).toBe(5);
    expect(classesFound(new Array(10).fill(50))).toBe(10);
  });

  it("reads the mean of the highest probability as confidence", () => {
    expect(confidence(sure, 3)).toBe(1);
    expect(confidence(Float64Array.of(0.5, 0.3, 0.2, 0.1, 0.2, 0.7), 3)).toBeCloseTo(0.6, 12);
  });

  it("scores 1 where nothing can be told apart, and the number of classes for sure and even samples", () => {
    expect(classifierScore(unsure, 3)).toBeCloseTo(1, 12);
    expect(classifierScore(Float64Array.of(1, 0, 0, 0, 1, 0, 0, 0, 1), 3)).toBeCloseTo(3, 12);
    // p = (1, 0), (1, 0), (0, 1): exp(H(2/3, 1/3))
    const entropy = -(2 / 3) * Math.log(2 / 3) - (1 / 3) * Math.log(1 / 3);
    expect(classifierScore(Float64Array.of(1, 0, 1, 0, 0, 1), 2)).toBeCloseTo(Math.exp(entropy), 12);
  });

  it("calls the share of samples that would have to change the mismatch", () => {
    expect(classMismatch([5, 5], [50, 50])).toBe(0);
    expect(classMismatch([10, 0], [0, 3])).toBe(1);
    expect(classMismatch([3, 1], [1, 1])).toBe(0.25);
  });

  it("compares with the classes that were asked for", () => {
    expect(classAccuracy(sure, 3, [0, 1, 2, 2])).toBe(0.75);
  });
});
