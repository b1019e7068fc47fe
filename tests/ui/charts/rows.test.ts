/** Curves as chart rows: steps of two arms together, gaps where a number is none, never more points than asked for. */
import { describe, expect, it } from "vitest";
import type { Curves } from "../../../src/core/history";
import {
  chartRows,
  decades,
  latestStep,
  latestValue,
  rangeOf,
  type SeriesSource,
  smoothColumn,
  withSmoothed,
} from "../../../src/ui/charts/rows";

const dLoss: SeriesSource = { key: "dLoss", of: "steps", value: (read) => read("dLoss") };

const BARE = { measures: null, changes: [] } as const;

/** Curves that hold dLoss only. */
function curvesOf(steps: readonly number[], values: readonly number[]): Curves {
  return { columns: ["dLoss"], steps: Float64Array.from(steps), values: Float32Array.from(values), changes: [] };
}

describe("chartRows", () => {
  it("puts both arms' values of a step into one row", () => {
    const rows = chartRows(
      [
        { arm: "a", curves: curvesOf([1, 2], [0.5, 0.25]), ...BARE },
        { arm: "b", curves: curvesOf([1, 2], [1, 2]), ...BARE },
      ],
      [dLoss],
    );
    expect(rows).toEqual([
      { step: 1, "a.dLoss": 0.5, "b.dLoss": 1 },
      { step: 2, "a.dLoss": 0.25, "b.dLoss": 2 },
    ]);
  });
  it("leaves a gap where a value is not a number, or not positive on a log scale", () => {
    const arms = [{ arm: "a", curves: curvesOf([1, 2, 3], [1, Number.NaN, -1]), ...BARE }] as const;
    expect(chartRows(arms, [dLoss]).map((row) => row["a.dLoss"])).toEqual([1, null, -1]);
    expect(chartRows(arms, [dLoss], true).map((row) => row["a.dLoss"])).toEqual([1, null, null]);
  });
  it("goes straight between an arm's own points, and nowhere before the first and after the last", () => {
    const rows = chartRows(
      [
        { arm: "a", curves: curvesOf([0, 1, 2, 3, 4], [0, 0, 0, 0, 0]), ...BARE },
        { arm: "b", curves: curvesOf([1, 3], [10, 20]), ...BARE },
      ],
      [dLoss],
    );
    expect(rows.map((row) => row["b.dLoss"])).toEqual([null, 10, 15, 20, null]);
  });
  it("thins to the limit and keeps the first and the last step", () => {
    const steps = Array.from({ length: 1000 }, (_, i) => i);
    const rows = chartRows([{ arm: "a", curves: curvesOf(steps, steps), ...BARE }], [dLoss], false, 300);
    expect(rows).toHaveLength(300);
    expect([rows[0]?.step, rows.at(-1)?.step]).toEqual([0, 999]);
  });
  it("keeps a spike of one step, however few points there are", () => {
    const steps = Array.from({ length: 1000 }, (_, i) => i);
    const values = steps.map((step) => (step === 637 ? 50 : 1 + 0.01 * Math.sin(step)));
    const rows = chartRows([{ arm: "a", curves: curvesOf(steps, values), ...BARE }], [dLoss], false, 40);
    expect(rows).toHaveLength(40);
    expect(rows.find(({ step }) => step === 637)?.["a.dLoss"]).toBe(50);
  });
  it("has the steps that are shown and no others, with all the points that they have", () => {
    const steps = Array.from({ length: 1000 }, (_, i) => i);
    const own = { arm: "a", curves: curvesOf(steps, steps), ...BARE } as const;
    const rows = chartRows([own], [dLoss], false, 300, [100, 150]);
    expect(rows.map(({ step }) => step)).toEqual(steps.slice(100, 151));
  });
  it("has no rows before the first curves", () => {
    expect(chartRows([{ arm: "a", curves: null, ...BARE }], [dLoss])).toEqual([]);
  });
});

describe("a reading beside a measure", () => {
  const js: SeriesSource = { key: "js", of: "measures", value: (read) => 2 * read("js") };
  const own = {
    arm: "a",
    curves: curvesOf([1, 2, 3, 4], [4, 3, 2, 1]),
    measures: { columns: ["js"], steps: Float64Array.of(1, 3), values: Float32Array.of(0.5, 0.25) },
    changes: [],
  } as const;

  it("stands on one chart with it: each at its own steps, straight in between", () => {
    const rows = chartRows([own], [dLoss, js]);
    expect(rows.map(({ step }) => step)).toEqual([1, 2, 3, 4]);
    expect(rows.map((row) => row["a.js"])).toEqual([1, 0.75, 0.5, null]);
    expect(rows.map((row) => row["a.dLoss"])).toEqual([4, 3, 2, 1]);
    expect(chartRows([own], [js]).map(({ step }) => step)).toEqual([1, 3]);
  });

  it("has its newest value from its own table", () => {
    expect([latestValue(own, js), latestValue(own, dLoss)]).toEqual([0.5, 1]);
    expect([latestStep([own], [js]), latestStep([own], [js, dLoss])]).toEqual([3, 4]);
    expect(latestStep([{ arm: "a", curves: null, ...BARE }], [dLoss])).toBeNull();
  });
});

describe("withSmoothed", () => {
  const column = "a.dLoss";
  const smooth = smoothColumn(column);
  const rows = (values: readonly (number | null)[]) => values.map((value, step) => ({ step, [column]: value }));
  it("keeps a straight line, ends included, and the raw values beside it", () => {
    const line = rows(Array.from({ length: 40 }, (_, i) => i));
    const smoothed = withSmoothed(line, [column], false);
    expect(smoothed.map((row) => row[smooth])).toEqual(line.map((row) => row[column]));
    expect(smoothed.map((row) => row[column])).toEqual(line.map((row) => row[column]));
  });
  it("spreads a spike over its neighbours, without shifting it", () => {
    const spike = rows(Array.from({ length: 41 }, (_, i) => (i === 20 ? 15 : 0)));
    const values = withSmoothed(spike, [column], false).map((row) => row[smooth]);
    expect(values.slice(12, 29)).toEqual([0, ...Array(15).fill(1), 0]);
  });
  it("takes the geometric mean on a log scale, and leaves gaps", () => {
    const values = withSmoothed(rows([1, 100, null, 1, 1]), [column], true).map((row) => row[smooth]);
    expect(values[1]).toBeCloseTo(10);
    expect(values[2]).toBeNull();
  });
});

it("the range takes in reference lines, but is nothing where there are no values", () => {
  const rows = [{ step: 1, "a.dLoss": 0.5 }];
  expect(rangeOf(rows, ["a.dLoss"], [1.386])).toEqual([0.5, 1.386]);
  expect(rangeOf(rows, ["b.dLoss"], [1.386])).toBeNull();
});

it("decades hold the range and are few", () => {
  expect(decades([0.02, 3])).toEqual({ domain: [0.01, 10], ticks: [0.01, 0.1, 1, 10] });
  expect(decades([1e-12, 1]).ticks.length).toBeLessThanOrEqual(6);
});
