/** Timing real steps on real backends: all are measured, the fastest stays, nothing is left behind. */
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import * as tf from "@tensorflow/tfjs";
import { beforeAll, describe, expect, it } from "vitest";
import { openWebGpu } from "../../src/cli/webgpu-node";
import { DEFAULT_CONFIG, type ExperimentConfig, withChanges } from "../../src/core/config";
import { type Backends, openBackends } from "../../src/engine/backend";
import { measureBackends, standInData } from "../../src/engine/backend-choice";
import { createTrainer } from "../../src/engine/trainer";

const wasmPaths = join(
  dirname(createRequire(import.meta.url).resolve("@tensorflow/tfjs-backend-wasm/package.json")),
  "dist",
  "/",
);
const gpu = await openWebGpu();

/** Small enough for plain JavaScript and for a graphics driver that draws on the CPU. */
const config: ExperimentConfig = withChanges(DEFAULT_CONFIG, {
  batchSize: 8,
  networks: {
    generator: { layers: [{ type: "dense", units: 2 }] },
    discriminator: { layers: [{ type: "dense", units: 1 }] },
  },
});
const makeTrainer = () => createTrainer({ config, data: standInData([2]) });
const now = () => performance.now();

let backends: Backends;
beforeAll(async () => {
  backends = await openBackends({ wasmPaths, gpu });
});
const activate = (backend: Parameters<Backends["activate"]>[0]) => backends.activate(backend);

describe("timing steps on several backends", () => {
  it("measures all, keeps the fastest and leaves no tensors", async () => {
    await activate("cpu");
    const before = tf.memory().numTensors;
    const { timings, fastest, interrupted } = await measureBackends({
      backends: gpu === undefined ? ["wasm", "cpu"] : ["wasm", "webgpu", "cpu"],
      activate,
      makeTrainer,
      now,
    });
    expect(interrupted).toBe(false);
    expect(timings.map(({ failure }) => failure)).toEqual(timings.map(() => null));
    const smallest = Math.min(...timings.map(({ msPerStep }) => msPerStep ?? Number.NaN));
    expect(smallest).toBeGreaterThan(0);
    expect(timings.find(({ backend }) => backend === fastest)?.msPerStep).toBe(smallest);
    expect(tf.getBackend()).toBe(fastest);
    expect(tf.memory().numTensors).toBe(before);
  });

  it("passes over a backend that does not start or cannot train, with the reason", async () => {
    const { timings, fastest } = await measureBackends({
      backends: ["webgl", "cpu", "wasm"],
      activate,
      makeTrainer() {
        if (tf.getBackend() === "cpu") throw new Error("no such kernel");
        return makeTrainer();
      },
      now,
    });
    expect(timings[0]).toMatchObject({ backend: "webgl", msPerStep: null });
    expect(timings[0]?.failure).toMatch(/^It could not be measured: .+/);
    expect(timings[1]?.failure).toBe("It could not be measured: no such kernel.");
    expect(fastest).toBe("wasm");
  });

  it("does not try what is said to be unwise", async () => {
    const { timings } = await measureBackends({
      backends: ["wasm", "cpu"],
      activate,
      makeTrainer,
      now,
      skip: (backend, known) => (backend === "cpu" && known.length === 1 ? "Too slow." : null),
    });
    expect(timings[1]).toEqual({ backend: "cpu", msPerStep: null, failure: "Too slow." });
  });

  it("begins no third backend when the first two took the time there was", async () => {
    const { timings } = await measureBackends({
      backends: ["wasm", "cpu", "webgl"],
      activate,
      makeTrainer,
      now,
      budgetMs: 1,
    });
    expect(timings.map(({ msPerStep }) => msPerStep !== null)).toEqual([true, true, false]);
    expect(timings[2]?.failure).toBe("Not measured: timing the others took long enough.");
  });

  it("ends when it is interrupted and goes back to the backend of before", async () => {
    await activate("cpu");
    const before = tf.memory().numTensors;
    let turns = 0;
    const { fastest, interrupted } = await measureBackends({
      backends: ["wasm", "cpu"],
      activate,
      makeTrainer,
      now,
      goOn: async () => ++turns < 2,
    });
    expect([turns, fastest, interrupted]).toEqual([2, null, true]);
    expect(tf.getBackend()).toBe("cpu");
    expect(tf.memory().numTensors).toBe(before);
  });

  it("decides the automatic choice, with the figures in the report", async () => {
    const { report } = await backends.choose("auto", new Map([["cpu", 0.5], ["wasm", 2]] as const)); // biome-ignore format: a table
    expect(report.backend).toBe("cpu");
    expect(report.reason).toContain(
      "The fastest here for this experiment: 0.5 ms a step, against 2 ms with WebAssembly.",
    );
    expect(report.candidates.map(({ msPerStep }) => msPerStep)).toEqual([null, null, 2, 0.5]);
    expect((await backends.choose("wasm", new Map([["cpu", 0.5]]))).report.backend).toBe("wasm");
  });
});
