/** While training goes on a helper thread makes the stage's pictures: they must be those of the step that they name, and of what is looked at. */
import { afterEach, describe, expect, it } from "vitest";
import { DEFAULT_CONFIG, type ExperimentConfig } from "../../src/core/config";
import { datasetOf } from "../../src/core/datasets";
import { PRESETS } from "../../src/core/presets";
import { pointSource } from "../../src/engine/data";
import { stageFrame } from "../../src/engine/probes";
import { createTrainer } from "../../src/engine/trainer";
import type { WorkerEvent } from "../../src/worker/protocol";
import { Harness } from "./harness";

type Picture = Extract<WorkerEvent, { readonly type: "stage" }>;
const isPicture = (event: WorkerEvent): event is Picture => event.type === "stage";

let harness: Harness | undefined;
afterEach(async () => {
  await harness?.dispose();
  harness = undefined;
});

async function training(arms: readonly ExperimentConfig[] = [DEFAULT_CONFIG]): Promise<Harness> {
  const h = new Harness();
  harness = h;
  await h.configure(arms);
  await h.request({ type: "view", averaged: true, views: [], zoomed: false });
  await h.request({ type: "train" });
  return h;
}

/** Waits for so many pictures more. */
async function pictures(h: Harness, count: number): Promise<void> {
  for (let i = 0; i < count; i++) await h.next("stage");
}

describe("pictures while training goes on", () => {
  it("are of the steps that they name, of all arms of one", async () => {
    const other = { ...DEFAULT_CONFIG, seed: 2 };
    const h = await training([DEFAULT_CONFIG, other]);
    await pictures(h, 40);
    await h.request({ type: "pause" });
    const found = h.events.filter(isPicture).filter(({ step }) => step > 0);
    for (const [i, { arm, step }] of found.entries()) {
      if (arm === "a") expect([found[i + 1]?.arm, found[i + 1]?.step]).toEqual(["b", step]);
    }
    for (const [arm, config] of [
      ["a", DEFAULT_CONFIG],
      ["b", other],
    ] as const) {
      const points = datasetOf(config.dataset);
      if (points.kind !== "points") throw new Error("points only");
      const data = pointSource(points);
      const trainer = createTrainer({ config, data, threads: 1 });
      for (const { step, frame } of found.filter((picture) => picture.arm === arm)) {
        while (trainer.step < step) trainer.train("all");
        const view = { averaged: true, zoomed: false, views: [], losses: [], label: 0 };
        expect(frame).toEqual(await stageFrame(trainer, data, view));
      }
      trainer.dispose();
    }
  });

  it("come again and again of a model that judges nothing, beside one that does", async () => {
    const h = await training([PRESETS["ring-vae"].config, DEFAULT_CONFIG]);
    await pictures(h, 30);
    await h.request({ type: "pause" });
    const [ofVae, ofGan] = ["a", "b"].map((id) => h.events.filter(isPicture).filter(({ arm }) => arm === id));
    expect(ofVae?.map(({ step }) => step)).toEqual(ofGan?.map(({ step }) => step));
    for (const { frame } of ofVae ?? []) expect(frame).toMatchObject({ size: 0, pairs: {} });
  });

  it("are of nothing but what is looked at from the moment that this is answered", async () => {
    const h = await training();
    await pictures(h, 14); // by now a helper makes them
    for (let i = 0; i < 12; i++) {
      await h.next("stage");
      await new Promise((resolve) => setTimeout(resolve, 83 + i)); // the next one is due, or under way
      const window = { x: i / 10, y: 0, half: 1 };
      await h.request({ type: "view", averaged: true, views: [], zoomed: false, window });
      const from = h.events.length;
      await pictures(h, 2);
      for (const { frame } of h.events.slice(from).filter(isPicture)) expect(frame).toMatchObject({ window });
    }
    await h.request({ type: "pause" });
  });

  it("are of no networks that are gone, and the last one is of where training paused", async () => {
    const h = await training();
    await pictures(h, 14);
    for (let i = 0; i < 6; i++) {
      await h.next("stage");
      await new Promise((resolve) => setTimeout(resolve, 83 + i));
      await h.configure([{ ...DEFAULT_CONFIG, seed: 10 + i }]);
      const from = h.events.length;
      await pictures(h, 12);
      await h.request({ type: "pause" });
      const found = h.events.slice(from).filter(isPicture);
      expect(found.map(({ step }) => step)).toEqual(found.map(({ step }) => step).toSorted((a, b) => a - b));
      const step = (await h.request({ type: "snapshot" })).arms[0]?.snapshot.step;
      await expect.poll(() => h.events.filter(isPicture).at(-1)?.step).toBe(step);
      await h.request({ type: "train" });
    }
    await h.request({ type: "pause" });
  });
});
