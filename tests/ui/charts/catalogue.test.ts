/** What charts claim of a game: only what holds for it. */
import { describe, expect, it } from "vitest";
import type { LossId } from "../../../src/core/losses";
import { chartsFor } from "../../../src/ui/charts/catalogue";

const game = { type: "gan", loss: "non-saturating", labelSmoothing: 1, instanceNoise: 0, packing: 1 } as const;
const charts = (change: object = {}) => chartsFor({ game: { ...game, ...change }, probability: true }).flat();
const references = (id: string, change: object = {}) =>
  charts(change)
    .find((chart) => chart.id === id)
    ?.references.map(({ value, label }) => [Number(value.toFixed(2)), label]);

describe("charts", () => {
  it("hold the 2014 game against 2 ln 2, ln 2, one half and −log 4", () => {
    expect(references("losses")).toEqual([
      [1.39, "2 ln 2"],
      [0.69, "ln 2"],
    ]);
    expect(references("opinions")).toEqual([[0.5, "½"]]);
    expect(references("value")).toEqual([[-1.39, "−log 4"]]);
  });

  it("move these lines with label smoothing, and then show no value function", () => {
    const smoothed = { labelSmoothing: 0.9 };
    expect(references("losses", smoothed)).toEqual([
      [1.38, "1.376"],
      [0.8, "0.799"],
    ]);
    expect(references("opinions", smoothed)).toEqual([[0.45, "0.45"]]);
    expect(charts(smoothed).map(({ id }) => id)).toEqual(["losses", "parts", "opinions", "accuracy", "gradients"]);
  });

  it("show the parts of D's loss where it has parts, and say what D's accuracy is of", () => {
    const ids = (loss: LossId) => charts({ loss }).map(({ id }) => id);
    expect(ids("wasserstein")).toContain("parts");
    expect(ids("relativistic")).not.toContain("parts");
    const definition = (loss: LossId) => charts({ loss }).find(({ id }) => id === "accuracy")?.definition;
    expect(definition("hinge")).toContain("reals that D takes for real");
    expect(definition("wasserstein")).toContain("pairs of a real and a fake");
  });

  it("show V(D, G), V(D*, G) and 2 JSD where the data's density is known", () => {
    const [value] = chartsFor({ game, probability: true, theory: true })
      .flat()
      .filter(({ id }) => id === "value");
    expect(value?.series.map(({ label }) => label)).toEqual(["V(D, G)", "V(D*, G)", "2 JSD"]);
    expect(
      value?.series.map(({ value }) => value((name) => ({ value: -1.2, bestValue: -1, js: 0.2 })[name] ?? 0)),
    ).toEqual([-1.2, -1, 0.4]);
    expect(value?.references.map(({ label }) => label)).toEqual(["−log 4"]);
  });

  it("say what D is shown where that is not single samples", () => {
    const definition = (change: object) => charts(change).find(({ id }) => id === "value")?.definition;
    expect(definition({ packing: 4 })).toContain("D judges 4 samples at once");
    expect(definition({ instanceNoise: 0.1 })).toContain("noised samples");
  });
});
