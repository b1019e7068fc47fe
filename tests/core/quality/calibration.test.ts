/** The words for how good a run is, held against runs whose outcome is known: those of docs/results, and two that are cut short. */
import { beforeAll, describe, expect, it } from "vitest";
import { startBackend } from "../../../src/cli/node-backend";
import { nodeSource } from "../../../src/cli/node-data";
import { datasetOf, type Run, readRuns } from "../../../src/cli/results-run";
import { sampleLatents } from "../../../src/core/latents";
import { finish } from "../../../src/core/pieces";
import { PRESETS, type PresetId } from "../../../src/core/presets";
import { QualityLog } from "../../../src/core/quality/log";
import { MEASURE_IDS, type MeasureId, measuresFor, type Standards } from "../../../src/core/quality/measures";
import { makeYardstick, measure, type Yardstick } from "../../../src/core/quality/measuring";
import type { Quality } from "../../../src/core/quality/quality";
import { grade, verdictOf } from "../../../src/core/quality/verdict";
import { STREAMS } from "../../../src/core/rng";
import { generate } from "../../../src/engine/probes";
import { createTrainer } from "../../../src/engine/trainer";

const COUNT = 2500;

const known = new Map<string, Yardstick>();

/** For points. */
function yardstickOf(dataset: Run["config"]["dataset"]): Yardstick {
  const { shape, minibatch } = nodeSource(dataset);
  const reals = (step: number) => {
    const out = new Float32Array(COUNT * (shape[0] ?? 1));
    minibatch(out, 1, 50, step);
    return out;
  };
  const yardstick = known.get(dataset) ?? finish(makeYardstick(dataset, reals(0), reals(1), 1));
  known.set(dataset, yardstick);
  return yardstick;
}

const runs = readRuns("docs/results").filter((run) => datasetOf(run).kind === "points");
const clusters = (run: Run) => (run.metrics.modes20 ?? 0) / yardstickOf(run.config.dataset).standards.clusters;
const word = (run: Run, id: MeasureId) => {
  const { standards } = yardstickOf(run.config.dataset);
  return grade(id, run.metrics[id] ?? Number.NaN, standards);
};
const name = ({ preset, seed, arm }: Run) => `${preset} ${seed} ${arm}`;

describe("runs that have ended", () => {
  it("are good in every respect where all clusters are found and 85 % is on target", () => {
    const landed = runs.filter((run) => clusters(run) === 1 && (run.metrics.highQuality ?? 0) >= 0.85);
    expect(new Set(landed.map(({ preset }) => preset)).size).toBeGreaterThanOrEqual(3);
    for (const run of landed) {
      // On the line a histogram also sees the shape of each bell, which clusters and targets do not tell.
      const may = (id: MeasureId) => (id === "histogramJs" ? ["good", "fair"] : ["good"]);
      for (const id of measuresFor(run.config.dataset)) {
        expect(may(id), `${name(run)} ${id}`).toContain(word(run, id));
      }
    }
  });

  it("are bad where half of the clusters are lost, however much of the rest is on target", () => {
    const lost = runs.filter((run) => clusters(run) <= 0.5);
    expect(new Set(lost.map(({ preset }) => preset)).size).toBeGreaterThanOrEqual(2);
    for (const run of lost) expect(word(run, "modes20"), name(run)).toBe("bad");
  });

  it("are not called on target where most samples are beside it, also where the data's mean is a cluster", () => {
    const beside = runs.filter((run) => (run.metrics.highQuality ?? 1) < 0.45);
    for (const run of beside) expect(word(run, "highQuality"), name(run)).toBe("bad");
    const grid = yardstickOf("grid").standards;
    expect([0.2, 0.7, 0.95].map((share) => grade("highQuality", share, grid))).toEqual(["bad", "fair", "good"]);
  });

  it("are never better than the data, and never worse than one sample for ever", () => {
    for (const { standards } of known.values()) {
      for (const id of MEASURE_IDS.filter((id) => standards.floor[id] !== undefined)) {
        expect(grade(id, standards.floor[id] ?? Number.NaN, standards)).toBe("good");
        expect(grade(id, standards.worst[id] ?? Number.NaN, standards)).toBe("bad");
      }
    }
  });
});

describe("runs that are cut short", () => {
  beforeAll(async () => {
    await startBackend("wasm");
  });

  /** A preset's quality at a step, read as often as the page reads it on a slow machine. */
  async function qualityAt(preset: PresetId, until: number): Promise<{ quality: Quality; standards: Standards }> {
    const { config } = PRESETS[preset];
    const yardstick = yardstickOf(config.dataset);
    const log = new QualityLog(measuresFor(config.dataset));
    const trainer = createTrainer({ config, data: nodeSource(config.dataset) });
    const z = new Float32Array(COUNT * config.latent.size);
    sampleLatents(z, config.latent.prior, config.seed, STREAMS.evaluateLatent, 0);
    let latest = {};
    while (trainer.step < until) {
      for (let i = 0; i < 100; i++) trainer.train("all");
      await trainer.readNumbers();
      const { samples } = await generate(trainer, z, COUNT, true);
      const { values } = finish(measure(samples, yardstick));
      log.append(trainer.step, values);
      latest = values;
    }
    trainer.dispose();
    const { standards } = yardstick;
    return {
      quality: {
        step: until,
        latest,
        counts: null,
        spectra: null,
        seen: null,
        theory: null,
        standards,
        curves: log.all(),
      },
      standards,
    };
  }

  it("move while their samples still gather on the clusters", async () => {
    const { quality } = await qualityAt("ring-non-saturating", 900);
    expect(verdictOf(quality, "highQuality", false)).toBe("moving");
  });

  it("are bad, and do not move, where the gradient has vanished", async () => {
    const { quality } = await qualityAt("vanishing-gradient", 1400);
    expect(verdictOf(quality, "modes20", false)).toBe("bad");
    expect(verdictOf(quality, "highQuality", false)).toBe("bad");
  });
});
