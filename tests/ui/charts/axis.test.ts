/** Axes of charts: whole steps, ticks that fit and differ, labels that do not lie on each other. */
import { describe, expect, it } from "vitest";
import { labelled, stepAxis, valueAxis } from "../../../src/ui/charts/axis";
import { chartsFor } from "../../../src/ui/charts/catalogue";

const LONGEST = 7; // letters of 11 px that fit beside the axis

const losses = chartsFor({
  game: { type: "gan", loss: "non-saturating", labelSmoothing: 1, instanceNoise: 0, packing: 1 },
  probability: true,
})[0]?.[0];
const rowsOf = (...values: number[]) => values.map((value, i) => ({ step: i, "a.dLoss": value }));

describe("the axis of steps", () => {
  it("has whole steps only, also for one or two", () => {
    for (const steps of [[1], [1, 2], [0, 1, 2, 3], [0, 50_000]]) {
      const { ticks, domain } = stepAxis(steps.map((step) => ({ step })));
      expect(ticks.length).toBeGreaterThan(0);
      expect(ticks.every(Number.isInteger)).toBe(true);
      expect(domain[1]).toBeGreaterThan(domain[0]);
    }
  });
});

describe("the axis of values", () => {
  it.each([
    [0, 1],
    [0, 173],
    [-60_000, 90_000],
    [0, 3e11],
    [1.3862, 1.3864],
    [-2e-7, 3e-7],
  ])("has ticks from %d to %d that fit and differ", (low, high) => {
    if (losses === undefined) throw new Error("no chart");
    const info = { ...losses, references: [] };
    const axis = valueAxis(info, rowsOf(low, high), ["a.dLoss"]);
    const texts = axis.ticks.map(axis.format);
    expect(new Set(texts).size).toBe(texts.length);
    for (const text of texts) expect(text.length, text).toBeLessThanOrEqual(LONGEST);
  });
});

describe("labels of lines", () => {
  const references = losses?.references ?? [];
  it("all stand where there is room", () => {
    expect(labelled(references, { domain: [0, 2], ticks: [], format: String }, 140).size).toBe(2);
  });
  it("the first stands where both would lie on each other", () => {
    expect([...labelled(references, { domain: [0, 173], ticks: [], format: String }, 140)]).toEqual(["2 ln 2"]);
  });
});
