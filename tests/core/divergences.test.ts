import { describe, expect, it } from "vitest";
import { divergences } from "../../src/core/divergences";

describe("divergences of two densities", () => {
  it("are zero for the same one, whatever its scale", () => {
    const { forwardKl, reverseKl, js, totalVariation } = divergences([1, 2, 3, 4], [10, 20, 30, 40]);
    for (const value of [forwardKl, reverseKl, js, totalVariation]) expect(value).toBeCloseTo(0, 12);
  });

  it("have the values of the textbook for two coins", () => {
    const found = divergences([0.5, 0.5], [0.9, 0.1]);
    expect(found.forwardKl).toBeCloseTo(0.5 * Math.log(0.5 / 0.9) + 0.5 * Math.log(0.5 / 0.1), 12);
    expect(found.reverseKl).toBeCloseTo(0.9 * Math.log(0.9 / 0.5) + 0.1 * Math.log(0.1 / 0.5), 12);
    expect(found.totalVariation).toBeCloseTo(0.4, 12);
    // V(D*, G) of these is −log 4 + 2 JSD, by the sum over D* itself.
    const optimum = [0, 1].map((i) => {
      const [p, q] = [[0.5, 0.5][i] ?? 0, [0.9, 0.1][i] ?? 0];
      return p * Math.log(p / (p + q)) + q * Math.log(q / (p + q));
    });
    expect(-Math.log(4) + 2 * found.js).toBeCloseTo((optimum[0] ?? 0) + (optimum[1] ?? 0), 12);
  });

  it("end at ln 2 and at 1 where the two do not meet; a missed mode costs the forward one, a stray fake the reverse one", () => {
    const apart = divergences([1, 0], [0, 1]);
    expect(apart.js).toBeCloseTo(Math.LN2, 12);
    expect(apart.totalVariation).toBeCloseTo(1, 12);
    const missed = divergences([0.5, 0.5, 0], [1, 0, 0]);
    expect(missed.forwardKl).toBeGreaterThan(5 * missed.reverseKl);
    const stray = divergences([1, 0, 0], [0.5, 0.5, 0]);
    expect(stray.reverseKl).toBeGreaterThan(5 * stray.forwardKl);
  });
});
