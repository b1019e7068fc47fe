import { readdirSync, readFileSync } from "node:fs";
import * as tf from "@tensorflow/tfjs";
import { beforeAll, describe, expect, it } from "vitest";
import { startBackend } from "../../src/cli/node-backend";
import { noiseFor } from "../../src/cli/noise-source";
import { type Fixture, fixtureConfig } from "../../src/cli/oracle/fixture";
import { parseFixture } from "../../src/cli/oracle/run";
import { type ExperimentConfig, networkOf, type Players, withChanges } from "../../src/core/config";
import { dataShape } from "../../src/core/datasets";
import { LOSS_IDS } from "../../src/core/losses";
import { PRESET_IDS, PRESETS } from "../../src/core/presets";
import { bernoulli, normals, uniforms } from "../../src/core/rng";
import type { RandomDraw } from "../../src/engine/draws";
import { wasmRuntime } from "../../src/engine/kernels/wasm/register";
import { generate, generateSamples, score } from "../../src/engine/probes/generate";
import { drawRandom } from "../../src/engine/replay/wasm/draws";
import { createTrainer, type Trainer } from "../../src/engine/trainer";
import { EVERYTHING, SMALL } from "../helpers/trainers";

/** Bytes of everything that a run leaves behind. */
async function outcome(
  config: ExperimentConfig,
  execution: "replay" | "eager",
  act: (trainer: Trainer) => void | Promise<void>,
  shape?: readonly number[],
): Promise<{ numbers: Uint8Array; tensors: Record<string, Uint8Array>; mode: string }> {
  const trainer = createTrainer({ config, data: noiseFor(config, shape), execution });
  try {
    await act(trainer);
    const { values } = await trainer.readNumbers();
    const { tensors } = await trainer.save();
    return {
      numbers: new Uint8Array(values.buffer),
      tensors: Object.fromEntries(tensors.map((tensor) => [tensor.name, new Uint8Array(tensor.values.slice().buffer)])),
      mode: trainer.execution.mode,
    };
  } finally {
    trainer.dispose();
  }
}

async function expectSame(
  config: ExperimentConfig,
  act: (trainer: Trainer) => void | Promise<void>,
  shape?: readonly number[],
): Promise<void> {
  const eager = await outcome(config, "eager", act, shape);
  const replayed = await outcome(config, "replay", act, shape);
  expect(eager.mode).toBe("eager");
  expect(replayed.mode).toBe("replay");
  expect(Buffer.compare(replayed.numbers, eager.numbers)).toBe(0);
  for (const [name, bytes] of Object.entries(eager.tensors)) {
    expect([name, Buffer.compare(replayed.tensors[name] ?? new Uint8Array(), bytes)]).toEqual([name, 0]);
  }
}

/** Trains with these players, step after step. */
const steps =
  (...players: readonly Players[]) =>
  (trainer: Trainer) => {
    for (const one of players) trainer.train(one);
  };

beforeAll(async () => {
  await startBackend("wasm");
});

describe("a replayed step is the eager step, bit for bit", () => {
  for (const id of PRESET_IDS) {
    const { config } = PRESETS[id];
    // Fewer images, so that the suite stays quick; every kernel sees the same kinds of shapes.
    const small = dataShape(config.dataset).length === 3 ? { ...config, batchSize: 8 } : config;
    it(`in the preset ${id}`, () => expectSame(small, steps("all", "all", "all")));
  }

  const folder = new URL("../fixtures/", import.meta.url);
  for (const file of readdirSync(folder).filter((name) => name.endsWith(".json"))) {
    it(`in the fixture ${file}, whose inputs are given`, async () => {
      const fixture = parseFixture(readFileSync(new URL(file, folder), "utf8")) as Fixture;
      const act = (trainer: Trainer) => {
        for (const { real, zD, zG, mix } of fixture.steps.slice(0, 4)) {
          const [x, d, g] = [real, zD, zG].map((values) => Float32Array.from(values));
          if (!x || !d || !g) throw new Error("A fixture's step lacks inputs.");
          trainer.train("all", { real: x, zD: d, zG: g, mix: Float32Array.from(mix ?? []) });
        }
      };
      await expectSame(fixtureConfig(fixture), act, fixture.dataShape);
    });
  }

  it("with every kind of randomness and state at once", () =>
    expectSame(EVERYTHING, steps("all", "all", "all", "all")));

  for (const loss of LOSS_IDS) {
    it(`with the loss ${loss}`, () => expectSame(withChanges(SMALL, { model: { loss } }), steps("all", "all", "all")));
  }

  for (const optimizer of [
    { type: "sgd", learningRate: 0.1 },
    { type: "momentum", learningRate: 0.1, momentum: 0.9 },
    { type: "rmsprop", learningRate: 1e-3, decay: 0.9, epsilon: 1e-8 },
  ] as const) {
    it(`with ${optimizer.type}`, () =>
      expectSame(
        withChanges(SMALL, { players: { generator: { optimizer }, discriminator: { optimizer } } }),
        steps("all", "all", "all"),
      ));
  }

  it("when G has several turns in a step, which read reals and look ahead", () =>
    expectSame(withChanges(EVERYTHING, { players: { generator: { turns: 3 } } }), steps("all", "generator", "all")));

  it("when the players take turns", () =>
    expectSame(EVERYTHING, steps("all", "discriminator", "generator", "all", "discriminator", "generator", "all")));
});

describe("a replayed run", () => {
  it("follows a learning rate and a schedule without being recorded again, and a new loss by being so", () =>
    expectSame(SMALL, (trainer) => {
      steps("all", "all", "all")(trainer);
      const optimizer = { ...SMALL.players.generator.optimizer, learningRate: 0.02 };
      trainer.update(
        withChanges(SMALL, {
          schedule: { type: "cosine", steps: 10, finalRatio: 0.1 },
          players: { generator: { optimizer } },
        }),
      );
      steps("all", "all", "all")(trainer);
      trainer.update(
        withChanges(SMALL, {
          model: { loss: "hinge", penalties: { r1: 1 } },
          players: { discriminator: { turns: 3 } },
        }),
      );
      steps("all", "all", "all")(trainer);
      trainer.update(SMALL);
      steps("all", "all")(trainer);
    }));

  it("goes on from a snapshot as if it had never stopped", () =>
    expectSame(EVERYTHING, async (trainer) => {
      steps("all", "all", "all")(trainer);
      const middle = await trainer.save();
      steps("all", "all")(trainer);
      const end = await trainer.save();
      trainer.restore(middle);
      steps("all", "all")(trainer);
      expect(await trainer.save()).toEqual(end);
    }));

  it("is not disturbed by looking, nor by another run beside it", async () => {
    const beside = createTrainer({ config: EVERYTHING, data: noiseFor(EVERYTHING) });
    await expectSame(EVERYTHING, async (trainer) => {
      for (let i = 0; i < 4; i++) {
        trainer.train("all");
        beside.train("all");
        await generate(trainer, new Float32Array(200 * EVERYTHING.latent.size), 200, true);
      }
    });
    beside.dispose();
  });

  it.each([
    ["every kind of state", EVERYTHING],
    ["convolutions", { ...PRESETS["mnist-dcgan"].config, batchSize: 8 }],
  ])("so is a look at it, with %s", async (_name, config) => {
    const looks = async (execution: "replay" | "eager") => {
      const trainer = createTrainer({ config, data: noiseFor(config), execution });
      const found: Float32Array[] = [];
      let during = 0;
      for (let i = 0; i < 5; i++) {
        steps("all", "all")(trainer);
        await trainer.readNumbers();
        const { size } = config.latent;
        const latents = (count: number, stream: number) => normals(new Float32Array(count * size), 3, stream, i);
        // Of two sizes, with what was changed from outside in between, and through a restored run.
        const { samples, logits } = await generate(trainer, latents(12, 1), 12, true);
        found.push(samples, logits, await generateSamples(trainer, latents(3, 2), 3, false));
        found.push(await score(trainer, samples, 12, { company: "reals" }), await score(trainer, samples, 12));
        if (i === 2) trainer.restore(await trainer.save());
        if (i === 3) during = tf.memory().numTensors;
      }
      expect(tf.memory().numTensors).toBe(during);
      trainer.dispose();
      return found;
    };
    const eager = await looks("eager");
    const replayed = await looks("replay");
    const bytes = (values: Float32Array | undefined) => Buffer.from(values?.slice().buffer ?? new ArrayBuffer(0));
    for (const [i, values] of eager.entries()) {
      expect([i, Buffer.compare(bytes(replayed[i]), bytes(values))]).toEqual([i, 0]);
    }
  });

  it("stays right when the memory grows between steps", () =>
    expectSame(SMALL, (trainer) => {
      steps("all", "all")(trainer);
      tf.tidy(() => tf.zeros([4096, 4096]).add(1));
      steps("all", "all")(trainer);
    }));

  it("keeps the number of tensors over a hundred steps, and leaves none", async () => {
    const before = tf.memory().numTensors;
    const trainer = createTrainer({ config: EVERYTHING, data: noiseFor(EVERYTHING) });
    steps("all", "all")(trainer);
    await trainer.readNumbers();
    const during = tf.memory().numTensors;
    for (let i = 0; i < 100; i++) trainer.train("all");
    await trainer.readNumbers();
    expect(tf.memory().numTensors).toBe(during);
    trainer.dispose();
    expect(tf.memory().numTensors).toBe(before);
  });

  it("needs no kernel of TensorFlow.js's own for a spectrally normalised transposed convolution", () => {
    const { config } = PRESETS["mnist-dcgan"];
    const own = networkOf(config, "generator");
    const layers = own.layers.map((layer) =>
      layer.type === "conv2dTranspose" ? { ...layer, spectralNorm: true } : layer,
    );
    const networks = { ...config.networks, generator: { ...own, layers } };
    const trainer = createTrainer({
      config: { ...config, batchSize: 4, networks },
      data: noiseFor(config),
      threads: 1,
    });
    steps("all", "all")(trainer);
    expect(trainer.execution.reason).toMatch(/^A step is replayed as \d+ calls into WebAssembly\.$/);
    trainer.dispose();
  });

  it("says how it runs", () => {
    const eager = createTrainer({ config: SMALL, data: noiseFor(SMALL), execution: "eager" });
    expect(eager.execution).toEqual({
      mode: "eager",
      threads: 1,
      reason: "Steps run through TensorFlow.js's engine, as was asked for.",
    });
    eager.dispose();
    const trainer = createTrainer({ config: SMALL, data: noiseFor(SMALL), threads: 1 });
    steps("all")(trainer);
    expect(trainer.execution.reason).toMatch(/^A step is replayed as \d+ calls into WebAssembly\.$/);
    trainer.dispose();
  });
});

describe("the kernel module's random numbers are core's, bit for bit", () => {
  const SEED = 4_000_000_123;
  const STREAM = 7 + 256 * 3;
  const STEP = 12_345;
  const draws: [RandomDraw, (out: Float32Array) => void][] = [
    [{ kind: "normals", seed: SEED, stream: STREAM }, (out) => normals(out, SEED, STREAM, STEP)],
    [{ kind: "uniforms", seed: SEED, stream: STREAM }, (out) => uniforms(out, SEED, STREAM, STEP)],
    [
      { kind: "symmetric", seed: SEED, stream: STREAM },
      (out) => {
        uniforms(out, SEED, STREAM, STEP);
        for (const [i, u] of out.entries()) out[i] = 2 * u - 1;
      },
    ],
    [
      { kind: "bernoulli", seed: SEED, stream: STREAM, probability: 0.7, value: 1 / 0.7 },
      (out) => bernoulli(out, 0.7, SEED, STREAM, STEP, 1 / 0.7),
    ],
  ];
  for (const [draw, onHost] of draws) {
    it.each([1, 7, 8, 100_001])(`${draw.kind}, %i of them`, (count) => {
      const runtime = wasmRuntime();
      if (runtime === undefined) throw new Error("The kernels are not registered.");
      const expected = new Float32Array(count);
      onHost(expected);
      const address = runtime.allocate(count * 4);
      drawRandom(draw, address, count, STEP, runtime);
      const found = new Float32Array(runtime.memory.buffer, address, count).slice();
      runtime.free(address);
      expect(Buffer.compare(Buffer.from(found.buffer), Buffer.from(expected.buffer))).toBe(0);
    });
  }
});
