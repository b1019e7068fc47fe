/** A look that a helper thread takes is, bit for bit, the one that this thread would have taken when it began; and training goes on as without it. */
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { startBackend } from "../../src/cli/node-backend";
import type { ExperimentConfig } from "../../src/core/config";
import { type DatasetId, datasetOf } from "../../src/core/datasets";
import type { Arithmetic } from "../../src/core/device";
import { PRESETS } from "../../src/core/presets";
import type { StageFrame } from "../../src/core/stage";
import { pointSource } from "../../src/engine/data";
import { type StageView, stageFrame, stageFrameAside } from "../../src/engine/probes";
import { LookLost } from "../../src/engine/replay";
import { stopThreads, threadPool, whenThreadsKnown } from "../../src/engine/threads";
import { createTrainer, type Trainer } from "../../src/engine/trainer";

const PLAIN: StageView = { averaged: true, zoomed: false, views: [], losses: [], label: 0 };

let arithmetic: Arithmetic = "plain";
const trainers: Trainer[] = [];

function sourceOf(dataset: DatasetId) {
  const points = datasetOf(dataset);
  if (points.kind !== "points") throw new Error("points only");
  return pointSource(points);
}

function trainerOf(config: ExperimentConfig, threads = 2): Trainer {
  const trainer = createTrainer({ config, data: sourceOf(config.dataset), threads });
  trainers.push(trainer);
  return trainer;
}

function train(trainer: Trainer, steps: number): void {
  for (let i = 0; i < steps; i++) trainer.train("all");
}

/** Looks here until a helper takes over, and then begins one more look on it. */
async function begun(trainer: Trainer, view = PLAIN): Promise<{ here: StageFrame; aside: Promise<StageFrame> }> {
  for (let i = 0; i < 40; i++) {
    const here = await stageFrame(trainer, sourceOf(trainer.config.dataset), view);
    const aside = stageFrameAside(trainer, view);
    if (aside !== null) return { here, aside };
    train(trainer, 1);
  }
  throw new Error("No helper took the look.");
}

beforeAll(async () => {
  const { report } = await startBackend("wasm");
  if (report.arithmetic === null) throw new Error("no wasm here");
  arithmetic = report.arithmetic;
  expect(await whenThreadsKnown(arithmetic, 2)).toEqual({ is: "ready" });
});
afterEach(() => {
  for (const trainer of trainers.splice(0)) trainer.dispose();
});
afterAll(stopThreads);

describe("a look that a helper takes", () => {
  it.each(["ring-non-saturating", "mixture-1d", "ring-cgan"] as const)(
    "of %s is the one of the step at which it began, though training went on",
    async (preset) => {
      const trainer = trainerOf(PRESETS[preset].config);
      train(trainer, 5);
      for (const window of [null, { x: 0.5, y: -0.25, half: 1 }]) {
        const { here, aside } = await begun(trainer, { ...PLAIN, window });
        train(trainer, 30);
        expect(await aside).toEqual(here);
      }
      const early = await (await begun(trainer)).aside;
      train(trainer, 5);
      expect(await (await begun(trainer)).aside).not.toEqual(early);
    },
  );

  it("changes nothing of the run", async () => {
    const { config } = PRESETS["ring-non-saturating"];
    const alone = trainerOf(config);
    train(alone, 60);
    const looked = trainerOf(config);
    while (looked.step < 60) {
      const aside = stageFrameAside(looked, PLAIN);
      if (aside === null) await stageFrame(looked, sourceOf(config.dataset), PLAIN);
      train(looked, 2);
      await aside;
    }
    expect(await looked.save()).toEqual(await alone.save());
  });

  it("waits for another trainer's, and a trainer whose steps helpers share waits for it", async () => {
    const small = [trainerOf(PRESETS["ring-non-saturating"].config), trainerOf(PRESETS["mixture-1d"].config)] as const;
    const config: ExperimentConfig = { ...PRESETS["ring-non-saturating"].config, batchSize: 2048 };
    const large = trainerOf(config);
    for (const trainer of small) train(trainer, 3);
    const first = await begun(small[0]);
    const second = await begun(small[1]);
    await first.aside;
    const third = await begun(small[0]);
    for (let i = 0; i < 4; i++) {
      train(large, 1);
      train(small[0], 1);
    }
    expect(large.execution.threads).toBe(2);
    expect(await second.aside).toEqual(second.here);
    expect(await third.aside).toEqual(third.here);
    const alone = trainerOf(config, 1);
    train(alone, 4);
    expect(await large.save()).toEqual(await alone.save());
  });

  it("is lost with its networks, and gives back what it used", async () => {
    const pool = threadPool(arithmetic);
    const before = pool.used;
    const trainer = trainerOf(PRESETS["ring-non-saturating"].config);
    train(trainer, 2);
    const { aside } = await begun(trainer);
    expect(pool.used).toBeGreaterThan(before);
    trainer.dispose();
    await expect(aside).rejects.toThrow(LookLost);
    expect(pool.used).toBe(before);
  });

  it("is lost with the helper: the next one is taken here, and the run is what it was", async () => {
    const { config } = PRESETS["ring-non-saturating"];
    const trainer = trainerOf(config);
    train(trainer, 2);
    await (await begun(trainer)).aside;
    threadPool(arithmetic).loseHelpers();
    await new Promise((resolve) => setTimeout(resolve, 100)); // they end in their own time
    const aside = stageFrameAside(trainer, PLAIN);
    train(trainer, 10);
    await expect(aside).rejects.toThrow(LookLost);
    expect(stageFrameAside(trainer, PLAIN)).toBeNull();
    const alone = trainerOf(config, 1);
    train(alone, trainer.step);
    expect(await trainer.save()).toEqual(await alone.save());
    stopThreads();
    expect(await whenThreadsKnown(arithmetic, 2)).toEqual({ is: "ready" });
  }, 60_000);
});
