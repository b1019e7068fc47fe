import { describe, expect, it } from "vitest";
import { type Goal, reached } from "../../../src/core/quality/goal";
import type { Quality } from "../../../src/core/quality/quality";

/** Measuring every 250 steps. */
function looks(values: readonly number[]): Pick<Quality, "curves" | "standards"> {
  return {
    curves: {
      columns: ["slicedWasserstein"],
      steps: Float64Array.from(values, (_, i) => 250 * (i + 1)),
      values: Float32Array.from(values),
    },
    standards: { floor: { slicedWasserstein: 0 }, worst: { slicedWasserstein: 1 }, clusters: 0 },
  };
}
const measure = "slicedWasserstein" as const;

describe("a run stops by itself", () => {
  it("at a step", () => {
    const goal: Goal = { kind: "step", step: 1_000 };
    expect(reached(goal, 999, null)).toBeNull();
    expect(reached(goal, 1_000, null)).toBe("Step 1,000 is reached.");
  });

  it("when a measure has come to a value or is good, but not by looks from before", () => {
    const value: Goal = { kind: "value", measure, value: 0.5, from: 0 };
    expect(reached(value, 500, looks([0.9, 0.6]))).toBeNull();
    expect(reached(value, 750, looks([0.9, 0.6, 0.4]))).toBe("Distance: 0.40 at step 750, as was asked for.");
    expect(reached({ ...value, from: 750 }, 750, looks([0.9, 0.6, 0.4]))).toBeNull();
    expect(reached({ kind: "good", measure, from: 0 }, 750, looks([0.9, 0.6, 0.4]))).toBeNull();
    expect(reached({ kind: "good", measure, from: 0 }, 750, looks([0.9, 0.6, 0.05]))).toContain("which is good");
  });

  it("when a measure has not moved for a thousand steps", () => {
    const goal: Goal = { kind: "flat", measure, from: 0 };
    expect(reached(goal, 1_250, looks([0.9, 0.6, 0.4, 0.41, 0.4]))).toBeNull();
    expect(reached(goal, 1_750, looks([0.9, 0.6, 0.4, 0.41, 0.4, 0.4, 0.41]))).toContain("has not moved");
    expect(reached({ ...goal, from: 1_000 }, 1_750, looks([0.9, 0.6, 0.4, 0.41, 0.4, 0.4, 0.41]))).toBeNull();
  });
});
