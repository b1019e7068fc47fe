/** Plans of replayed steps as a graphics card gets them, counted: no more work than the maths has, spread over many threads. */
import * as tf from "@tensorflow/tfjs";
import type { WebGPUBackend } from "@tensorflow/tfjs-backend-webgpu";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { WORKS } from "../../src/cli/bench/works";
import { startBackend } from "../../src/cli/node-backend";
import { planOfStep, totalsOf } from "../../src/cli/plan-totals";
import { dataShape, datasetOf } from "../../src/core/datasets";
import { PRESET_IDS, PRESETS, type Preset, type PresetId } from "../../src/core/presets";
import { writeFor } from "../../src/engine/kernels/webgpu/driver";
import { webGpuOrSay } from "../helpers/webgpu";

/** Presets of points, one of all whose steps are the same but for where the points lie and how large numbers are, with all their names. */
function differentSteps(): readonly (readonly [Preset, readonly PresetId[]])[] {
  const groups = new Map<string, PresetId[]>();
  for (const id of PRESET_IDS) {
    const { seed: _seed, dataset, schedule: _schedule, players, networks, ...rest } = PRESETS[id].config;
    if (datasetOf(dataset).kind !== "points") continue;
    const turns = Object.values(players).map(({ optimizer, ...own }) => [own, optimizer.type]);
    const layers = Object.values(networks).map((network) => ({ ...network, initializer: "" }));
    const step = JSON.stringify([dataShape(dataset), rest, turns, layers]);
    groups.set(step, [...(groups.get(step) ?? []), id]);
  }
  return [...groups.values()].flatMap((ids) => ids.slice(0, 1).map((id) => [PRESETS[id], ids] as const));
}

const gpu = await webGpuOrSay();

describe.skipIf(!gpu)("a replayed step on a graphics card", () => {
  beforeAll(async () => {
    await startBackend("webgpu");
    writeFor((tf.backend() as WebGPUBackend).device, { software: false });
  });
  afterAll(() => tf.removeBackend("webgpu"));

  // Image presets take a minute on a software driver: `npm run plan -- --all` has them.
  for (const [{ config }, ids] of differentSteps()) {
    it(`multiplies hardly more than the maths asks for: ${ids.join(", ")}`, () => {
      const { useful, issued } = totalsOf(planOfStep(config, dataShape(config.dataset)));
      expect(issued / useful).toBeLessThanOrEqual(1.3);
    });
  }

  it("is few dispatches: two-dimensional networks", () => {
    const { dispatches } = totalsOf(planOfStep(WORKS["2d"].config, WORKS["2d"].dataShape));
    expect(dispatches).toBeLessThanOrEqual(15);
  });

  it("is few and full dispatches: the fully connected networks for MNIST", () => {
    const plan = planOfStep(WORKS.mlp.config, WORKS.mlp.dataShape);
    const totals = totalsOf(plan);
    expect(totals.dispatches).toBeLessThanOrEqual(28);
    expect(totals.full).toBeGreaterThanOrEqual(0.9);
    // After the draws, G's four layers for D's turn and for its own, two by two.
    const layers = plan.slice(1, 5).map(({ clusters }) => clusters.map(({ shape }) => shape.split(" by ")[0]));
    const sizes = ["64×256×100", "64×512×256", "64×1024×512", "64×784×1024"];
    expect(layers).toEqual(sizes.map((size) => [size, size]));
  });

  it("asks for each value only a few times: the DCGAN", () => {
    const totals = totalsOf(planOfStep(WORKS.dcgan.config, WORKS.dcgan.dataShape));
    expect(totals.dispatches).toBeLessThanOrEqual(39);
    expect(totals.bytes / totals.once).toBeLessThanOrEqual(3);
  });
});

describe.skipIf(!gpu)("a replayed step on a driver that computes on the processor", () => {
  beforeAll(async () => {
    await startBackend("webgpu");
    writeFor((tf.backend() as WebGPUBackend).device, { software: true });
  });
  afterAll(() => tf.removeBackend("webgpu"));

  it("has a program for each cluster: a program is as slow as its slowest one", () => {
    const plan = planOfStep(WORKS["2d"].config, WORKS["2d"].dataShape);
    expect(plan.filter(({ clusters }) => clusters.length > 1)).toEqual([]);
    expect(totalsOf(plan).issued / totalsOf(plan).useful).toBeLessThanOrEqual(1.3);
  });
});
