import { describe, expect, it } from "vitest";
import { coveringExtent, outsideShare, reach } from "../../src/core/outside";

describe("points against the picture", () => {
  it("counts a point as outside when any of its coordinates is, or is no number", () => {
    expect(outsideShare([0, 0, 3, -3, 3.1, 0, 0, -4, Number.NaN, 0], 2, 3)).toBe(0.6);
    expect(outsideShare([], 2, 3)).toBe(0);
  });

  it("reaches to all but the farthest hundredth", () => {
    const points = Array.from({ length: 200 }, (_, i) => (i < 199 ? -1 : 1e9));
    expect(reach(points)).toBe(1);
    expect(reach([])).toBe(0);
  });

  it("covers them with a round number, and never shows less than the data", () => {
    expect([1, 2.9, 4, 7e6, 9.9e6].map((far) => coveringExtent([far, -far], 3))).toEqual([3, 5, 5, 1e7, 2e7]);
  });
});
