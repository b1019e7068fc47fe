/** Where changes and marks stand on a chart. */
import { describe, expect, it } from "vitest";
import { changesOf } from "../../../src/ui/charts/changes";

const arm = (id: "a" | "b", changes: readonly { readonly step: number; readonly text: string }[]) => ({
  arm: id,
  curves: null,
  measures: null,
  changes,
});

describe("a chart's marks", () => {
  it("stand at their steps, in order, with their arm's letter where there are several", () => {
    const arms = [arm("a", [{ step: 40, text: "loss" }]), arm("b", [{ step: 7, text: "rate" }])];
    const marks = [{ arm: "a", step: 12, text: "Mode collapse" }] as const;
    expect(changesOf(arms, marks, 1)).toEqual([
      { step: 7, text: "B rate" },
      { step: 12, text: "A Mode collapse" },
      { step: 40, text: "A loss" },
    ]);
  });

  it("of what was changed before the first row stand at the first row, where the chart can show them", () => {
    const changes = [0, 1, 12, 13].map((step) => ({ step, text: `at ${step}` }));
    expect(changesOf([arm("a", changes)], [], 12).map(({ step }) => step)).toEqual([12, 12, 12, 13]);
    expect(changesOf([arm("a", [])], [{ arm: "a", step: 1, text: "packing 1 → 2" }], 12)).toEqual([
      { step: 12, text: "packing 1 → 2" },
    ]);
  });
});
