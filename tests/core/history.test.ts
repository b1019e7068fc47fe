import { describe, expect, it } from "vitest";
import { History } from "../../src/core/history";
import { READING_IDS } from "../../src/core/readings";
import { summarize } from "../../src/core/thinning";

const row = (value: number) => new Float32Array(READING_IDS.length).fill(value);

function filled(steps: number, value: (step: number) => number, history = new History(READING_IDS)): History {
  for (let step = 1; step <= steps; step++) history.append(step, row(value(step)));
  return history;
}

describe("History", () => {
  it("gives every step back while there are few", () => {
    const { steps, values } = filled(5, (step) => step / 10).curves();
    expect([...steps]).toEqual([1, 2, 3, 4, 5]);
    expect(values[4 * READING_IDS.length]).toBeCloseTo(0.5);
  });

  it("is empty before the first step", () => {
    const { steps, values, changes } = new History(READING_IDS).curves();
    expect([steps.length, values.length, changes.length]).toEqual([0, 0, 0]);
  });

  it("never shows more points than asked for, and always the first and the latest step", () => {
    const history = new History(READING_IDS);
    for (let step = 1; step <= 20_000; step++) {
      history.append(step, row(Math.sin(step)));
      if (step % 701 !== 0) continue;
      const { steps } = history.curves(100);
      expect(steps.length).toBeLessThanOrEqual(100);
      expect(steps[0]).toBe(1);
      expect(steps.at(-1)).toBe(step);
      for (let i = 1; i < steps.length; i++) expect(steps[i]).toBeGreaterThan(steps[i - 1] ?? Number.NaN);
    }
  });

  it("uses at least a third of the points it may use", () => {
    expect(filled(100_000, Math.sin).curves(300).steps.length).toBeGreaterThan(100);
  });

  it("shows values of real steps only", () => {
    const value = (step: number) => Math.sin(step * 12.9898) * 43758;
    const { steps, values } = filled(5_000, value).curves(50);
    steps.forEach((step, i) => {
      expect(values[i * READING_IDS.length]).toBe(Math.fround(value(step)));
    });
  });

  for (const length of [900, 9_000, 90_000]) {
    it(`keeps a spike of one step in one series visible among ${length} steps`, () => {
      const spike = Math.round(length * 0.37);
      const history = new History(READING_IDS);
      for (let step = 1; step <= length; step++) {
        const values = row(1).map((v, i) => v + 0.1 * Math.sin(step * (i + 1)));
        if (step === spike) values[READING_IDS.indexOf("gGradNorm")] = 9;
        history.append(step, values);
        if (step % 5_000 === 0) history.curves(60); // widened on the way, as on a live chart
      }
      expect([...history.curves(60).steps]).toContain(spike);
    });
  }

  it("keeps the points of full buckets from one call to the next", () => {
    const history = filled(10_000, (step) => Math.sin(step * step));
    const before = [...history.curves(100).steps].slice(0, -2);
    for (let step = 10_001; step <= 10_300; step++) history.append(step, row(Math.sin(step * step)));
    const after = new Set(history.curves(100).steps);
    expect(before.filter((step) => !after.has(step))).toEqual([]);
  });

  it("picks the same points whether it was asked along the way or not", () => {
    const live = new History(READING_IDS);
    for (let step = 1; step <= 30_000; step++) {
      live.append(step, row(Math.sin(step * step)));
      if (step % 997 === 0) live.curves(80);
    }
    expect([...live.curves(80).steps]).toEqual([...filled(30_000, (step) => Math.sin(step * step)).curves(80).steps]);
  });

  it("stores what is not finite as NaN, also where a step computed nothing", () => {
    const history = new History(READING_IDS);
    history.append(1, [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, 0.5]);
    const { values } = history.curves();
    expect([...values.subarray(0, 4)]).toEqual([Number.NaN, Number.NaN, 0.5, Number.NaN]);
  });

  it("shows curves that have a series without any number", () => {
    const history = new History(READING_IDS);
    for (let step = 1; step <= 1_000; step++) {
      const values = row(Math.sin(step));
      values[READING_IDS.indexOf("gLoss")] = Number.NaN;
      history.append(step, values);
    }
    expect(history.curves(50).steps.length).toBeGreaterThan(16);
  });

  it("drops every second row when it is full, keeps the ends and goes on", () => {
    const history = filled(1_000, (step) => step, new History(READING_IDS, 100));
    expect(history.length).toBeLessThanOrEqual(100);
    const { steps, values } = history.full();
    expect(steps[0]).toBe(1);
    expect(steps.at(-1)).toBe(1_000);
    const gaps = new Set([...steps].slice(1, -1).map((step, i) => step - (steps[i] ?? 0)));
    expect(gaps.size).toBe(1); // evenly spaced up to the latest
    steps.forEach((step, i) => {
      expect(values[i * READING_IDS.length]).toBe(step);
    });
  });

  it("has the same rows again when a run goes back, or is brought back, to a step whose row was dropped, and on from there", () => {
    const end = filled(1_000, (step) => step, new History(["dLoss"], 100)).full();
    const back = filled(1_000, (step) => step, new History(["dLoss"], 100));
    const at = 503;
    expect(back.rowAt(at)).toBeNull();
    back.truncate(at);
    const kept = new History(["dLoss"], 100);
    kept.restore(filled(at, (step) => step, new History(["dLoss"], 100)).full());
    expect(kept.lastStep).toBe(at);
    for (const history of [back, kept]) {
      for (let step = at + 1; step <= 1_000; step++) history.append(step, [step]);
      expect(history.full()).toEqual(end);
    }
  });

  it("knows who learned where rows were dropped, also after a full copy and after going back", () => {
    const history = new History(["dLoss"], 8);
    for (let step = 1; step <= 40; step++) {
      history.turn(step, step >= 11 && step <= 13 ? "discriminator" : "all");
      history.append(step, [step]);
    }
    const copy = new History(["dLoss"], 8);
    copy.restore(history.full());
    for (const one of [history, copy]) {
      expect([10, 11, 13, 14].map((step) => one.playersAt(step))).toEqual([
        "all",
        "discriminator",
        "discriminator",
        "all",
      ]);
      one.truncate(12);
      expect(one.playersAt(30)).toBe("discriminator");
    }
  });

  it("comes back from a full copy as it was", () => {
    const history = filled(2_000, Math.sin);
    history.mark(700, "loss: minimax → hinge");
    const restored = new History(READING_IDS);
    restored.restore(history.full());
    expect(restored.curves(100)).toEqual(history.curves(100));
    expect(restored.full()).toEqual(history.full());
    restored.append(2_001, row(3));
    expect(restored.lastStep).toBe(2_001);
    expect(history.lastStep).toBe(2_000);
  });

  it("reads a saved run by its columns' names, however these stood then", () => {
    const saved = {
      columns: ["gLoss", "gone", "dLoss"],
      steps: Float64Array.of(1, 2),
      values: Float32Array.of(1, 2, 3, 4, 5, 6),
      changes: [],
    };
    const history = new History(READING_IDS);
    history.restore(saved);
    const { columns, values } = history.curves();
    expect(columns).toEqual(READING_IDS);
    const row = (i: number) => Object.fromEntries(columns.map((name, j) => [name, values[i * columns.length + j]]));
    expect([row(0), row(1)]).toMatchObject([
      { dLoss: 3, gLoss: 1, dGradNorm: Number.NaN },
      { dLoss: 6, gLoss: 4, dGradNorm: Number.NaN },
    ]);
    history.append(
      3,
      READING_IDS.map(() => 7),
    );
    expect(history.lastStep).toBe(3);
  });

  it("tells a follower what is new, so that its copy is the whole at any time", () => {
    const history = new History(["dLoss"], 64);
    const copy = { steps: [] as number[], values: [] as number[] };
    const sizes: number[] = [];
    const follow = () => {
      const { from, steps, values } = history.news();
      sizes.push(steps.length);
      copy.steps.splice(from, copy.steps.length, ...steps);
      copy.values.splice(from, copy.values.length, ...values);
      const whole = history.full();
      expect([copy.steps, copy.values]).toEqual([[...whole.steps], [...whole.values]]);
    };
    for (let step = 1; step <= 40; step++) {
      history.append(step, [step / 10]);
      if (step % 8 === 0) follow();
    }
    expect(sizes).toEqual([8, 8, 8, 8, 8]); // no row twice
    history.truncate(19);
    follow();
    for (let step = 20; step <= 300; step++) {
      history.append(step, [step / 10]);
      if (step % 7 === 0) follow(); // rows are dropped on the way, and the newest replaced
    }
    history.restore({ ...history.full(), columns: ["dLoss"] });
    follow();
  });

  it("remembers changes, once each", () => {
    const history = filled(10, Math.sin);
    history.mark(5, "batch size: 64 → 128");
    history.mark(5, "batch size: 64 → 128");
    expect(history.curves().changes).toEqual([{ step: 5, text: "batch size: 64 → 128" }]);
  });

  it("forgets what came after the step a run went back to", () => {
    const history = filled(1_000, Math.sin);
    history.mark(990, "late");
    history.curves(50);
    history.truncate(400);
    expect(history.lastStep).toBe(400);
    expect(history.curves().changes).toEqual([]);
    history.append(401, row(0));
    expect(history.curves(50).steps.at(-1)).toBe(401);
  });
});

describe("summarize", () => {
  it("finds the median, the median absolute deviation and the odd one out", () => {
    const bucket = summarize(new Float32Array([1, 2, 3, 2, 50]), 0, 5, 1);
    expect(bucket.pick).toBe(4);
    expect(bucket.medians[0]).toBe(2);
    expect(bucket.deviations[0]).toBe(1);
  });
});
