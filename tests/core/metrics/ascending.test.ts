import { describe, expect, it } from "vitest";
import { ascendingSorter } from "../../../src/core/metrics/ascending";
import { areaBetween, wasserstein1 } from "../../../src/core/metrics/sliced-wasserstein";
import { normals, STREAMS } from "../../../src/core/rng";

const normal = (n: number, stream = 0) => Float64Array.from(normals(new Float32Array(n), 3, STREAMS.metric, stream));

describe("sorting projections", () => {
  const clouds: Readonly<Record<string, Float64Array>> = {
    "a bell curve": normal(2500),
    "eight tight clusters": normal(2500).map((value, i) => Math.cos(i % 8) + 1e-3 * value),
    "a collapsed G": normal(2500).map((value) => 0.3 + 1e-7 * value),
    "one value": new Float64Array(2500).fill(0.7),
    "a far outlier": normal(2500).map((value, i) => (i === 1200 ? 1e12 : value)),
    "what has no size": normal(40).map((value, i) => (i === 7 ? Number.NaN : i === 9 ? -Infinity : value)),
    "the ends of doubles": Float64Array.of(1e308, -1e308, 3, 1e-308),
    "one number": Float64Array.of(3),
    nothing: new Float64Array(0),
  };
  for (const [name, values] of Object.entries(clouds)) {
    it(`orders ${name} as the built-in sort does, again and again`, () => {
      const sorted = ascendingSorter(values.length);
      const expected = values.slice().sort();
      expect(sorted(values.slice())).toEqual(expected);
      expect(sorted(values.slice().reverse())).toEqual(expected);
    });
  }

  it("sorts what it was made for", () => {
    expect(() => ascendingSorter(3)(new Float64Array(4))).toThrow("3 numbers");
  });
});

describe("Wasserstein-1 of equal sizes", () => {
  it("is the area between the distribution functions", () => {
    for (const shift of [0, 0.01, 3]) {
      const [a, b] = [
        normal(1000, 1).sort(),
        normal(1000, 2)
          .map((value) => 2 * value + shift)
          .sort(),
      ];
      expect(wasserstein1(a, b) / areaBetween(a, b)).toBeCloseTo(1, 12);
    }
  });

  it("is no number when a sample is none", () => {
    expect(wasserstein1(Float64Array.of(1, Number.NaN), Float64Array.of(1, 2))).toBeNaN();
    expect(areaBetween(Float64Array.of(1, Number.NaN), Float64Array.of(1, 2, 3))).toBeNaN();
  });
});
