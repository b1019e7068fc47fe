/** The plots of a comparison: scales that hold what they show, and rest while it trembles. */
import { describe, expect, it } from "vitest";
import { logitRange } from "../../../src/ui/compare/loss-curves-view";
import { longestArrow } from "../../../src/ui/stage/layers/pulls";
import { rectOf } from "../../../src/ui/stage/plot-rect";

const arm = (...logits: number[]) => ({ logits: Float32Array.from(logits) });

describe("the range of logits", () => {
  it("is round, holds nine tenths of the fakes, and has an end", () => {
    expect(logitRange([arm(-1, 2), arm(0.5)], 0)).toBe(6);
    expect(logitRange([arm(-1, -9), arm(4, 7)], 0)).toBe(12);
    expect(logitRange([arm(...Array(50).fill(-3), -80)], 0)).toBe(6);
    expect(logitRange([arm(-1e6, -1e6)], 0)).toBe(100);
    expect(logitRange([arm()], 0)).toBe(6);
  });
  it("does not follow every frame", () => {
    expect(logitRange([arm(-5.9)], 12)).toBe(12);
    expect(logitRange([arm(-2)], 12)).toBe(6);
  });
});

describe("arrows", () => {
  it("are scaled by the longest but for outliers", () => {
    expect(longestArrow(Float32Array.of(3, 4, 0, 0), 2)).toBe(0); // of two, the longer is the outlier
    const many = Float32Array.from({ length: 200 }, (_, i) => (i === 100 ? 1000 : i % 2 === 0 ? 3 : 4));
    expect(longestArrow(many, 2)).toBe(5);
    expect(longestArrow(new Float32Array(0), 0)).toBe(0);
  });
});

describe("a plot beside others", () => {
  it("is a square inside its canvas at every size, without axes where there is no room for their numbers", () => {
    for (const width of [110, 140, 249, 250, 330, 800]) {
      const rect = rectOf(2, false)(width, width);
      expect(rect.width).toBe(rect.height);
      expect(rect.left).toBeGreaterThanOrEqual(0);
      expect(rect.left + rect.width).toBeLessThanOrEqual(width);
      expect(rect.width / width).toBeGreaterThan(width < 250 ? 0.85 : 0.8);
    }
  });
});
