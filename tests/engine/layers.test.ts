/**
 * Every layer type, by enumeration: output and gradients to second order as PyTorch has them, and in a run: replayed as eager bit for bit,
 * nothing left behind, the same from a link. A type that is missing here does not compile or fails.
 */
import * as tf from "@tensorflow/tfjs";
import { beforeAll, describe, expect, it } from "vitest";
import { startBackend } from "../../src/cli/node-backend";
import { noiseFor } from "../../src/cli/noise-source";
import { LAYER_TABLE } from "../../src/core/architecture/layer-table";
import { LAYER_TYPES, type LayerSpec, type LayerType } from "../../src/core/architecture/layers";
import { type ExperimentConfig, withChanges } from "../../src/core/config";
import { formatLayers, parseLayers } from "../../src/core/share/layer-notation";
import { createTrainer } from "../../src/engine/trainer";
import { LAYER_CASES, layerDeviations } from "../helpers/layer-fixtures";
import { SMALL } from "../helpers/trainers";

/** Relative to the largest number of a tensor; single precision through two backward passes. */
const TOLERANCE = 5e-5;

describe("fixtures", () => {
  it.each(LAYER_TYPES)("there is one of %s", (type) => {
    expect(LAYER_CASES.some(({ spec }) => spec.type === type)).toBe(true);
  });
});

describe.each(["wasm", "cpu"])("layers on %s", (backend) => {
  beforeAll(async () => {
    await startBackend(backend);
  });

  it.each(LAYER_CASES)("$name is as PyTorch has it, with its first and second gradients", async (fixture) => {
    const before = tf.memory().numTensors;
    for (const [what, deviation] of Object.entries(await layerDeviations(fixture))) {
      expect(deviation, what).toBeLessThan(TOLERANCE);
    }
    expect(tf.memory().numTensors, "tensors left behind").toBe(before);
  });
});

/** Each type between an image [4, 4, 8] and a flatten layer; null where the game of 2014 has nothing for it to read. */
const IN_A_NETWORK: Record<LayerType, readonly LayerSpec[] | null> = {
  dense: [{ type: "flatten" }, { type: "dense", units: 6, activation: "tanh" }],
  conv2d: [{ type: "conv2d", filters: 5, kernelSize: 3, strides: 2, activation: "swish" }],
  conv2dTranspose: [{ type: "conv2dTranspose", filters: 3, kernelSize: 4, strides: 2, spectralNorm: true }],
  batchNorm: [{ type: "batchNorm", activation: "relu" }],
  layerNorm: [{ type: "layerNorm" }],
  dropout: [{ type: "dropout", rate: 0.25 }],
  upsample: [{ type: "upsample" }],
  reshape: [{ type: "reshape", shape: [2, 2, 32] }],
  flatten: [{ type: "flatten" }],
  minibatchStdDev: [{ type: "minibatchStdDev" }],
  pixelNorm: [{ type: "pixelNorm" }],
  groupNorm: [{ type: "groupNorm", groups: 4, activation: "leakyRelu" }],
  selfAttention: [{ type: "selfAttention" }],
  embedding: null,
  conditionalBatchNorm: null,
  projection: null,
  residual: [
    { type: "residual", layers: [...convs(8), { type: "groupNorm", groups: 2 }], activation: "leakyRelu" },
    { type: "residual", layers: [{ type: "dropout", rate: 0.25 }, ...convs(6, 2)] },
    { type: "residual", layers: [{ type: "upsample" }, ...convs(4)] },
  ],
  skip: [
    {
      type: "skip",
      layers: [
        { type: "conv2d", filters: 4, kernelSize: 4, strides: 2, activation: "leakyRelu", spectralNorm: true },
        { type: "skip", layers: [{ type: "layerNorm" }, ...convs(3)] },
        { type: "conv2dTranspose", filters: 4, kernelSize: 4, strides: 2 },
      ],
    },
  ],
};

function convs(filters: number, strides = 1): LayerSpec[] {
  return [
    { type: "conv2d", filters, kernelSize: 3, strides, activation: "swish" },
    { type: "conv2d", filters, kernelSize: 3, strides: 1, spectralNorm: true },
  ];
}

const SHAPE = [4, 4, 1];

function experimentWith(type: LayerType, layers: readonly LayerSpec[]): ExperimentConfig {
  const penalties = { ...SMALL.model.penalties, ...(LAYER_TABLE[type].mixesBatch ? {} : { wganGp: 1, r1: 0.1 }) };
  const size = SHAPE.reduce((a, b) => a * b, 1);
  return withChanges(SMALL, {
    dataset: "mnist",
    batchSize: 6,
    model: { penalties },
    networks: {
      generator: {
        layers: [
          { type: "dense", units: 128, activation: "relu" },
          { type: "reshape", shape: [4, 4, 8] },
          ...layers,
          { type: "flatten" },
          { type: "dense", units: size },
          { type: "reshape", shape: SHAPE },
        ],
      },
      discriminator: {
        layers: [
          { type: "conv2d", filters: 8, kernelSize: 3, strides: 1, activation: "leakyRelu" },
          ...layers,
          { type: "flatten" },
          { type: "dense", units: 1 },
        ],
      },
    },
  });
}

describe("layers in a run", () => {
  beforeAll(async () => {
    await startBackend("wasm");
  });

  const run = async (config: ExperimentConfig, execution: "eager" | "replay") => {
    const trainer = createTrainer({ config, data: noiseFor(config, SHAPE), execution });
    for (const players of ["all", "all", "discriminator", "generator", "all"] as const) trainer.train(players);
    const { mode } = trainer.execution;
    const { values } = await trainer.readNumbers();
    const { tensors } = await trainer.save();
    trainer.dispose();
    return { mode, values, tensors };
  };

  for (const type of LAYER_TYPES) {
    const layers = IN_A_NETWORK[type];
    if (layers === null) {
      it(`${type} is refused in a sentence by a model that gives no condition`, () => {
        const config = experimentWith(type, [newConditional(type)]);
        expect(() => createTrainer({ config, data: noiseFor(config, SHAPE) })).toThrow(
          "wants a condition, such as a label",
        );
      });
      continue;
    }
    it(`${type}: a replayed step is the eager step bit for bit, and leaves nothing behind`, async () => {
      const config = experimentWith(type, layers);
      const before = tf.memory().numTensors;
      const eager = await run(config, "eager");
      const replayed = await run(config, "replay");
      expect(replayed.mode).toBe("replay");
      expect(replayed.values).toEqual(eager.values);
      expect(replayed.tensors).toEqual(eager.tensors);
      expect(tf.memory().numTensors, "tensors left behind").toBe(before);
    });
  }
});

const newConditional = (type: LayerType): LayerSpec =>
  type === "embedding" ? { type: "embedding", units: 3 } : { type: "conditionalBatchNorm" };

describe("layers in a link", () => {
  it.each(LAYER_CASES)("$name comes back as it was", ({ spec }) => {
    expect(parseLayers(formatLayers([spec]))).toEqual([spec]);
  });
});
