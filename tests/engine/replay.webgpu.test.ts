/** Replay on webgpu, software driver or not: small networks, since a software driver takes a millisecond or more a dispatch. */

import * as tf from "@tensorflow/tfjs";
import type { WebGPUBackend } from "@tensorflow/tfjs-backend-webgpu";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { startBackend } from "../../src/cli/node-backend";
import { nodeSource } from "../../src/cli/node-data";
import { noiseFor } from "../../src/cli/noise-source";
import type { LayerSpec } from "../../src/core/architecture/layers";
import { type ExperimentConfig, type Players, withChanges } from "../../src/core/config";
import { dataShape } from "../../src/core/datasets";
import { LOSS_IDS } from "../../src/core/losses";
import { PRESET_IDS, PRESETS, type PresetId } from "../../src/core/presets";
import { normals } from "../../src/core/rng";
import type { RealSource } from "../../src/engine/data";
import { driverOf, writeFor } from "../../src/engine/kernels/webgpu/driver";
import { generate } from "../../src/engine/probes/generate";
import { createTrainer, type Trainer } from "../../src/engine/trainer";
import { EVERYTHING, SMALL } from "../helpers/trainers";
import { webGpuOrSay } from "../helpers/webgpu";

const gpu = await webGpuOrSay();

const IMAGE_SIDE = 8; // instead of 16 to 32
const WIDTH = 8;
const CHANNELS = 4;

/**
 * The same kinds of layers, narrow.
 * @param side what a height or width becomes
 * @param last what the units of a last dense layer become
 */
function shrink(
  layers: readonly LayerSpec[],
  side: (length: number) => number,
  last: (units: number) => number,
): LayerSpec[] {
  return layers.map((layer, index) => {
    const reshaped = layers.slice(index + 1).find(({ type }) => type === "reshape");
    switch (layer.type) {
      case "dense": {
        const feeds =
          reshaped?.type === "reshape" &&
          layers.slice(index + 1).every((l, i, rest) => {
            const at = rest.indexOf(reshaped);
            return i >= at || l.type === "batchNorm" || l.type === "conditionalBatchNorm";
          });
        if (feeds && reshaped.type === "reshape") {
          const [h = 1, w = 1, c = 1] = reshaped.shape;
          return { ...layer, units: side(h) * side(w) * Math.min(c, CHANNELS) };
        }
        if (index === layers.length - 1) return { ...layer, units: last(layer.units) };
        return { ...layer, units: Math.min(layer.units, WIDTH) };
      }
      case "reshape": {
        const [h = 1, w = 1, c = 1] = layer.shape;
        return { ...layer, shape: [side(h), side(w), Math.min(c, CHANNELS)] };
      }
      case "conv2d":
      case "conv2dTranspose":
        return { ...layer, filters: Math.min(layer.filters, CHANNELS) };
      default:
        return layer;
    }
  });
}

function small(config: ExperimentConfig): { config: ExperimentConfig; shape: readonly number[] } {
  const shape = dataShape(config.dataset);
  const [height = 1, , channels] = shape;
  const side = (length: number) => (length * IMAGE_SIDE) / height;
  const size = Math.min(config.latent.size, WIDTH);
  const last = (units: number) => (units === 2 * config.latent.size ? 2 * size : units); // an encoder's means and spreads
  return {
    shape: channels === undefined ? shape : [IMAGE_SIDE, IMAGE_SIDE, channels],
    config: withChanges(config, {
      batchSize: 8,
      latent: { ...config.latent, size },
      networks: Object.fromEntries(
        Object.entries(config.networks).map(([name, { layers }]) => [name, { layers: shrink(layers, side, last) }]),
      ),
    }),
  };
}

/** Runs through what is waited for, so that the second step is a replayed one. */
async function steps(trainer: Trainer, ...players: readonly Players[]): Promise<void> {
  for (const one of players) {
    trainer.train(one);
    await trainer.compiled();
  }
}

interface Outcome {
  readonly numbers: Float32Array;
  readonly tensors: ReadonlyMap<string, Float32Array>;
  readonly mode: string;
  readonly reason: string;
}

async function outcome(
  config: ExperimentConfig,
  execution: "replay" | "eager",
  act: (trainer: Trainer) => Promise<void>,
  shape: readonly number[] = dataShape(config.dataset),
  data: RealSource = noiseFor(config, shape),
): Promise<Outcome> {
  const trainer = createTrainer({ config, data, execution });
  try {
    await act(trainer);
    const { values } = await trainer.readNumbers();
    const { tensors } = await trainer.save();
    const { mode, reason } = trainer.execution;
    return { numbers: values, tensors: new Map(tensors.map(({ name, values: own }) => [name, own])), mode, reason };
  } finally {
    trainer.dispose();
  }
}

/** Sums in another order: a few units in the seventh place, which an optimiser's first steps can blow up tenfold where a gradient is near zero. */
const RELATIVE = 2e-4;
const ABSOLUTE = 5e-5;

function expectClose(actual: Float32Array | undefined, expected: Float32Array, what: string): void {
  expect(actual?.length, what).toBe(expected.length);
  let worst = 0;
  for (const [i, x] of expected.entries()) {
    const y = actual?.[i] ?? Number.NaN;
    if (Number.isNaN(x) && Number.isNaN(y)) continue;
    const error = Math.abs(x - y) / (ABSOLUTE + RELATIVE * Math.abs(x));
    worst = Math.max(worst, Number.isNaN(error) ? Number.POSITIVE_INFINITY : error);
  }
  expect(worst, `${what}: largest error, in units of what is allowed`).toBeLessThan(1);
}

/** Names of the weights, moments and averages of biases that the next layer subtracts again. */
function biasesBeforeBatchNorm(config: ExperimentConfig): ReadonlySet<string> {
  const names = Object.entries(config.networks).flatMap(([network, { layers }]) =>
    layers.flatMap((_, i) =>
      layers[i + 1]?.type === "batchNorm" || layers[i + 1]?.type === "conditionalBatchNorm"
        ? [`${network}/weights/${i}/bias`, `${network}/average/${i}/bias`]
        : [],
    ),
  );
  return new Set(names);
}

async function expectSame(
  config: ExperimentConfig,
  act: (trainer: Trainer) => Promise<void>,
  shape?: readonly number[],
  data?: RealSource,
): Promise<Outcome> {
  const eager = await outcome(config, "eager", act, shape, data);
  const replayed = await outcome(config, "replay", act, shape, data);
  expectReplayed(replayed);
  expectAgreement(config, replayed, eager);
  return replayed;
}

function expectReplayed({ mode, reason }: Outcome): void {
  expect(reason).toMatch(/^A step is replayed as \d+ dispatches on the GPU/);
  expect(mode).toBe("replay");
}

function expectAgreement(config: ExperimentConfig, actual: Outcome, expected: Outcome): void {
  expectClose(actual.numbers, expected.numbers, "numbers of the steps");
  for (const [name, values] of expected.tensors) {
    // A bias before batch norm has no gradient but rounding, of which Adam makes steps as large as any other.
    if (biasesBeforeBatchNorm(config).has(name)) continue;
    expectClose(actual.tensors.get(name), values, name);
  }
}

/** Two steps of a preset made small. */
function twoSteps(id: PresetId, execution: "replay" | "eager", players: Players = "all"): Promise<Outcome> {
  const { config, shape } = small(PRESETS[id].config);
  return outcome(config, execution, (trainer) => steps(trainer, players, players), shape);
}

/** The same, eagerly and in programs written for the driver at hand: computed once, as compiling takes seconds. */
const eagerly = new Map<string, Promise<Outcome>>();
function eagerSteps(id: PresetId, players: Players = "all"): Promise<Outcome> {
  const key = `${id} ${players}`;
  const known = eagerly.get(key) ?? twoSteps(id, "eager", players);
  eagerly.set(key, known);
  return known;
}

/** Runs with programs written for graphics cards on a driver that computes on the processor, or the other way round. */
async function asOtherDriver(run: () => Promise<Outcome>): Promise<Outcome> {
  const { device } = tf.backend() as WebGPUBackend;
  const own = driverOf(device);
  writeFor(device, { ...own, software: !own.software });
  try {
    return await run();
  } finally {
    writeFor(device, own);
  }
}

describe.skipIf(!gpu)("replay on webgpu", () => {
  beforeAll(async () => {
    await startBackend("webgpu");
  });
  // Dawn keeps Node alive while a device exists.
  afterAll(() => tf.removeBackend("webgpu"));

  describe("a replayed step is the eager step but for rounding", () => {
    for (const id of PRESET_IDS) {
      it(`in the preset ${id}, made small`, async () => {
        const expected = await eagerSteps(id);
        const replayed = await twoSteps(id, "replay");
        expectReplayed(replayed);
        expectAgreement(PRESETS[id].config, replayed, expected);
      });
    }

    // A software driver compiles a DCGAN's tiles for eight seconds of its own time, and shares the cores: turn by turn.
    for (const [id, players] of [
      ["ring-non-saturating", "all"],
      ["ring-wgan-gp", "all"],
      ["ring-relativistic", "all"],
      ["mnist-mlp", "all"],
      ["mnist-dcgan", "discriminator"],
      ["mnist-dcgan", "generator"],
    ] as const) {
      const { config } = PRESETS[id];
      it(`in programs written for the other kind of driver: ${id}, ${players}, made small`, async () => {
        const expected = await eagerSteps(id, players);
        const replayed = await asOtherDriver(() => twoSteps(id, "replay", players));
        expectReplayed(replayed);
        expectAgreement(config, replayed, expected);
      });

      it(`and the eager one is so in such programs too: ${id}, ${players}, made small`, async () => {
        const expected = await eagerSteps(id, players);
        const other = await asOtherDriver(() => twoSteps(id, "eager", players));
        expectAgreement(config, other, expected);
      });
    }

    it("with every kind of randomness and state at once, the players taking turns", () =>
      expectSame(EVERYTHING, (trainer) => steps(trainer, "all", "all", "discriminator", "generator", "all")));

    for (const loss of LOSS_IDS) {
      it(`with the loss ${loss}`, () =>
        expectSame(withChanges(SMALL, { model: { loss } }), (trainer) => steps(trainer, "all", "all")));
    }

    for (const optimizer of [
      { type: "sgd", learningRate: 0.1 },
      { type: "momentum", learningRate: 0.1, momentum: 0.9 },
    ] as const) {
      it(`with ${optimizer.type}`, () =>
        expectSame(
          withChanges(SMALL, { players: { generator: { optimizer }, discriminator: { optimizer } } }),
          (trainer) => steps(trainer, "all", "all"),
        ));
    }

    it("with minibatch standard deviation, upsampling and every activation", async () => {
      const layers: LayerSpec[] = [
        { type: "dense", units: 8, activation: "elu" },
        { type: "dense", units: 8, activation: "swish" },
        { type: "dense", units: 2 * 2 * 2, activation: "sigmoid" },
        { type: "reshape", shape: [2, 2, 2] },
        { type: "upsample", activation: "softplus" },
        { type: "conv2d", filters: 1, kernelSize: 3, strides: 1, activation: "tanh" },
      ];
      const judge: LayerSpec[] = [
        { type: "conv2d", filters: 3, kernelSize: 3, strides: 2, activation: "relu", spectralNorm: true },
        { type: "minibatchStdDev" },
        { type: "flatten" },
        { type: "dense", units: 1 },
      ];
      const config: ExperimentConfig = withChanges(SMALL, {
        dataset: "mnist",
        networks: { generator: { layers }, discriminator: { layers: judge } },
      });
      await expectSame(config, (trainer) => steps(trainer, "all", "all", "all"), [4, 4, 1]);
    });
  });

  describe("a replayed run", () => {
    it("follows a learning rate and a schedule without being recorded again, and a new loss by being so", () =>
      expectSame(SMALL, async (trainer) => {
        await steps(trainer, "all", "all");
        const optimizer = { ...SMALL.players.generator.optimizer, learningRate: 0.02 };
        trainer.update(
          withChanges(SMALL, {
            schedule: { type: "cosine", steps: 10, finalRatio: 0.1 },
            players: { generator: { optimizer } },
          }),
        );
        expect(trainer.compiled()).toBeUndefined();
        await steps(trainer, "all", "all");
        trainer.update(withChanges(SMALL, { model: { loss: "hinge" } }));
        await steps(trainer, "all", "all");
      }));

    it("goes on from a snapshot as if it had never stopped", async () => {
      const trainer = createTrainer({ config: EVERYTHING, data: noiseFor(EVERYTHING) });
      await steps(trainer, "all", "all", "all");
      const middle = await trainer.save();
      await steps(trainer, "all", "all");
      const end = await trainer.save();
      trainer.restore(middle);
      await steps(trainer, "all", "all");
      expect(await trainer.save()).toEqual(end);
      trainer.dispose();
    });

    it("gives the numbers of every step in order, however many steps lie between two readings", async () => {
      const act = async (trainer: Trainer) => {
        await steps(trainer, "all");
        for (let i = 0; i < 12; i++) trainer.train(i % 3 === 2 ? "discriminator" : "all");
        await trainer.compiled();
        for (let i = 0; i < 6; i++) trainer.train(i % 3 === 2 ? "discriminator" : "all");
      };
      await expectSame(SMALL, act);
      const trainer = createTrainer({ config: SMALL, data: noiseFor(SMALL) });
      await act(trainer);
      const { steps: numbers } = await trainer.readNumbers();
      expect([...numbers]).toEqual(Array.from({ length: 19 }, (_, i) => i + 1));
      trainer.dispose();
    });

    it("goes to the device after its first step, and then in few submits", async () => {
      const trainer = createTrainer({ config: SMALL, data: noiseFor(SMALL) });
      await steps(trainer, "all", "all");
      await trainer.readNumbers();
      const { queue } = (tf.backend() as WebGPUBackend).device;
      const submit = queue.submit;
      const submitted: number[] = [];
      let step = 0;
      queue.submit = (commands) => {
        submitted.push(step);
        submit.call(queue, commands);
      };
      try {
        for (; step < 40; step++) trainer.train("all");
        await Promise.resolve(); // the task's last steps go up when it ends
        await trainer.readNumbers();
      } finally {
        queue.submit = submit;
      }
      expect(submitted.slice(0, 6)).toEqual([1, 3, 7, 15, 31, 40]);
      expect(submitted.length).toBeLessThanOrEqual(7);
      trainer.dispose();
    });

    it("keeps numbers that nobody has read when a fourth recording takes a plan's place", async () => {
      const act = async (trainer: Trainer) => {
        const config = trainer.config;
        for (const loss of ["non-saturating", "hinge", "least-squares", "minimax", "wasserstein"] as const) {
          trainer.update(withChanges(config, { model: { loss } }));
          await steps(trainer, "all", "all", "all");
        }
      };
      const { numbers } = await expectSame(SMALL, act);
      expect(numbers.some(Number.isNaN)).toBe(false);
    });

    it("takes given inputs in place of drawn ones", () =>
      expectSame(SMALL, async (trainer) => {
        const draw = (count: number, stream: number) => normals(new Float32Array(count), 5, stream, trainer.step);
        for (let i = 0; i < 3; i++) {
          const size = SMALL.batchSize * SMALL.latent.size;
          const given = { zD: draw(size, 1), zG: draw(size, 2), mix: new Float32Array(SMALL.batchSize) };
          trainer.train("all", { real: draw(2 * SMALL.batchSize, 3), ...given });
          await trainer.compiled();
        }
      }));

    it("takes its minibatches from images that lie on the device, the same as eagerly", async () => {
      const data = nodeSource("mnist");
      await data.ready(0);
      const config: ExperimentConfig = withChanges(SMALL, {
        dataset: "mnist",
        networks: {
          generator: {
            layers: [
              { type: "dense", units: 784, activation: "tanh" },
              { type: "reshape", shape: [28, 28, 1] },
            ],
          },
          discriminator: {
            layers: [
              { type: "flatten" },
              { type: "dense", units: 8, activation: "leakyRelu" },
              { type: "dense", units: 1 },
            ],
          },
        },
      });
      await expectSame(config, (trainer) => steps(trainer, "all", "all", "all"), data.shape, data);
    });

    it("is not disturbed by looking, nor by another run beside it, and leaves no tensor", async () => {
      const before = tf.memory().numTensors;
      const beside = createTrainer({ config: SMALL, data: noiseFor(SMALL) });
      await expectSame(SMALL, async (trainer) => {
        for (let i = 0; i < 4; i++) {
          trainer.train("all");
          await trainer.compiled();
          beside.train("all");
          await generate(trainer, new Float32Array(16 * SMALL.latent.size), 16, false);
        }
      });
      beside.dispose();
      expect(tf.memory().numTensors).toBe(before);
    });

    it("keeps the number of tensors from step to step", async () => {
      const trainer = createTrainer({ config: SMALL, data: noiseFor(SMALL) });
      await steps(trainer, "all", "all");
      await trainer.readNumbers();
      const during = tf.memory().numTensors;
      for (let i = 0; i < 20; i++) trainer.train("all");
      await trainer.save();
      await trainer.readNumbers();
      expect(tf.memory().numTensors).toBe(during);
      trainer.dispose();
    });
  });
});
