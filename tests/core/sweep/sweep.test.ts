import { describe, expect, it } from "vitest";
import { withModel } from "../../../src/core/architecture/adapt";
import { DEFAULT_CONFIG, startOf } from "../../../src/core/config";
import { MODEL_IDS } from "../../../src/core/models";
import { parseConfig } from "../../../src/core/parse-config";
import { PRESETS } from "../../../src/core/presets";
import { describeSweep, parseSweep } from "../../../src/core/sweep/description";
import { curveStride, type RunOutcome } from "../../../src/core/sweep/outcome";
import { cellsOf, runsOf, valueProblem } from "../../../src/core/sweep/plan";
import { sweepSettings, withSetting } from "../../../src/core/sweep/settings";
import { bandOf, runsCsv, summarize, summarizeCells } from "../../../src/core/sweep/summary";

const LEARNING_RATES = "players.*.optimizer.learningRate";

describe("settings of a sweep", () => {
  it("are all numbers and choices of the schema, for every model, and each can be set to its bounds", () => {
    for (const id of MODEL_IDS) {
      const config = withModel(startOf("gan", "ring"), id);
      const settings = sweepSettings(config);
      const paths = settings.map(({ path }) => path);
      expect(new Set(paths).size).toBe(paths.length);
      expect(paths).toEqual(expect.arrayContaining(["batchSize", "latent.size", "latent.prior", "schedule.type"]));
      expect(paths).not.toContain("seed");
      for (const { path, bounds, options, name } of settings) {
        expect(name.length).toBeGreaterThan(0);
        for (const value of bounds === null ? options.map((option) => option.value) : [bounds.min, bounds.max]) {
          expect(parseConfig(withSetting(config, path, value)).problems, path).toEqual([]);
        }
      }
    }
  });

  it("include those of both players at once", () => {
    const changed = withSetting(DEFAULT_CONFIG, LEARNING_RATES, 0.25);
    expect(changed.players.generator?.optimizer.learningRate).toBe(0.25);
    expect(changed.players.discriminator?.optimizer.learningRate).toBe(0.25);
    expect(sweepSettings(DEFAULT_CONFIG).find(({ path }) => path === LEARNING_RATES)?.name).toBe(
      "learning rate of D and G",
    );
  });
});

describe("a description of many runs", () => {
  it("is every pair of values under every seed, seed after seed", () => {
    const sweep = parseSweep({
      preset: "ring-wgan-gp",
      steps: 100,
      seeds: [3, 5],
      grid: { discriminatorSteps: [1, 2], [LEARNING_RATES]: [0.001, 0.002, 0.004] },
    });
    const runs = runsOf(sweep);
    expect(runs).toHaveLength(12);
    expect(runs.map(({ seed }) => seed)).toEqual([...Array(6).fill(3), ...Array(6).fill(5)]);
    expect(runs[4]?.config.players.discriminator?.turns).toBe(2);
    expect(runs[4]?.config.players.generator?.optimizer.learningRate).toBe(0.002);
    expect(runs[4]?.cell.name).toBe("updates a step of D 2, learning rate of D and G 0.002");
    expect(runs[4]?.config.model).toEqual(PRESETS["ring-wgan-gp"].config.model);
  });

  it("takes a preset's steps, seeds from 1 on, a link, settings on top", () => {
    const preset = parseSweep({ preset: "grid-wgan-gp", seeds: 3 });
    expect(preset.steps).toBe(PRESETS["grid-wgan-gp"].steps);
    expect(preset.seeds).toEqual([1, 2, 3]);
    const linked = parseSweep({ link: "https://example.org/#v=2&dataset=moons", config: { batchSize: 32 } });
    expect(linked.base).toMatchObject({ dataset: "moons", batchSize: 32 });
    expect(runsOf(linked)).toHaveLength(1);
  });

  it("survives being written and read", () => {
    const sweep = parseSweep({ preset: "moons", steps: 40, seeds: 2, grid: { "model.loss": ["minimax", "hinge"] } });
    expect(parseSweep(JSON.parse(JSON.stringify(describeSweep(sweep))))).toEqual(sweep);
  });

  it.each([
    [{ grid: { learningRat: [1] } }, /no setting “learningRat”. It has: .*batchSize/],
    [{ grid: { batchSize: [1.5] } }, /batch size must be a whole number from 2 to 1024, but “1.5”/],
    [{ grid: { "model.loss": ["hing"] } }, /“hing” is none of the choices of the loss: .*hinge/],
    [{ grid: { batchSize: [] } }, /no value for the batch size/],
    [{ grid: { batchSize: [8, 8] } }, /value of the batch size is there twice/],
    [{ grid: { batchSize: [8], "latent.size": [2], packing: [1] } }, /one or two settings, not 3/],
    [{ seeds: 201 }, /201 runs; at most 200/],
    [{ seeds: [1, 1] }, /seed is there twice/],
    [{ seeds: [-1] }, /could not be read/],
    [{ steps: 0 }, /whole number from 1 to/],
    [{ preset: "rung" }, /could not be read.*preset/],
    [{ link: "#v=2", preset: "moons" }, /one of them is enough/],
    [{ config: { batchSize: 1 } }, /batchSize was 1; the smallest allowed is 2/],
    [[], /could not be read/],
  ])("%j is refused with a sentence", (input, sentence) => {
    expect(() => parseSweep(input)).toThrow(sentence);
  });

  it("asks numbers to be within the schema's bounds", () => {
    const setting = sweepSettings(DEFAULT_CONFIG).find(({ path }) => path === "model.labelSmoothing");
    expect(setting === undefined ? "" : valueProblem(setting, 0.2)).toMatch(/from 0.5 to 1/);
  });
});

const outcome = (highQuality: number, losses: readonly number[], diverged: string | null = null): RunOutcome => ({
  steps: 2 * losses.length,
  diverged,
  metrics: diverged === null ? { highQuality } : {},
  floors: {},
  seconds: 2,
  curves: {
    columns: ["gLoss"],
    steps: Float64Array.from(losses, (_, i) => 2 * (i + 1)),
    values: Float32Array.from(losses),
  },
});

describe("what many runs say together", () => {
  it("is the mean and the sample standard deviation of what is finite", () => {
    expect(summarize([2, 4, 4, 4, 5, 5, 7, 9, Number.NaN])).toEqual({
      count: 8,
      mean: 5,
      spread: Math.sqrt(32 / 7),
      min: 2,
      max: 9,
    });
    expect(summarize([3]).spread).toBeNaN();
    expect(summarize([]).mean).toBeNaN();
  });

  const sweep = parseSweep({ seeds: 3, grid: { batchSize: [16, 32] } });
  const runs = runsOf(sweep).map((run) => ({
    run,
    outcome:
      run.index === 5
        ? null
        : run.index === 2
          ? outcome(0, [1], "At step 4, D's loss was no longer a number.")
          : outcome(run.index, [1, run.index]),
  }));

  it("is told cell by cell, and runs that ended early are counted but not averaged", () => {
    const [small, large] = summarizeCells(cellsOf(sweep), runs);
    expect(small).toMatchObject({ finished: 3, diverged: 1 });
    expect(small?.metrics.get("highQuality")).toMatchObject({ count: 2, mean: 2 });
    expect(large).toMatchObject({ finished: 2, diverged: 0 });
  });

  it("is a band of mean ± a standard deviation at every step that some run has", () => {
    const curves = [outcome(0, [1, 2]), outcome(0, [3, 2]), outcome(0, [2])].map((one) => one.curves);
    const band = bandOf(curves, "gLoss");
    expect(band).toEqual({ steps: [2, 4], mean: [2, 2], low: [1, 2], high: [3, 2] });
  });

  it("is a table with a row a run", () => {
    const lines = runsCsv(sweep, runs).trimEnd().split("\n");
    expect(lines[0]).toBe("run,seed,batchSize,steps,ended,seconds,highQuality");
    expect(lines[1]).toBe("1,1,16,4,done,2.000,0");
    expect(lines[3]).toBe("3,2,16,2,diverged,2.000,");
    expect(lines[6]).toBe("6,3,32,,not made,,");
  });

  it("has curves of at most 150 rows, of the same steps in all runs", () => {
    expect(curveStride(100)).toBe(1);
    expect(6000 / curveStride(6000)).toBeLessThanOrEqual(150);
  });
});
