/** Every layer type on webgpu, software driver or not: as PyTorch has it, with first and second gradients; and the new ones replayed. */
import * as tf from "@tensorflow/tfjs";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { startBackend } from "../../src/cli/node-backend";
import { noiseFor } from "../../src/cli/noise-source";
import type { LayerSpec } from "../../src/core/architecture/layers";
import { type ExperimentConfig, withChanges } from "../../src/core/config";
import { createTrainer } from "../../src/engine/trainer";
import { LAYER_CASES, layerDeviations } from "../helpers/layer-fixtures";
import { worstDifference } from "../helpers/numbers";
import { SMALL } from "../helpers/trainers";
import { webGpuOrSay } from "../helpers/webgpu";

/** Relative to the largest number of a tensor: sums run in another order. */
const TOLERANCE = 2e-4;

const gpu = await webGpuOrSay();

describe.skipIf(!gpu)("layers on webgpu", () => {
  beforeAll(async () => {
    await startBackend("webgpu");
  });
  // Dawn keeps Node alive while a device exists.
  afterAll(() => tf.removeBackend("webgpu"));

  it.each(LAYER_CASES)("$name", async (fixture) => {
    for (const [what, deviation] of Object.entries(await layerDeviations(fixture))) {
      expect(deviation, what).toBeLessThan(TOLERANCE);
    }
  });

  it("pixel norm, group norm, attention, a residual block and a skip connection in one D: replayed as eager, but for rounding", async () => {
    const middle: LayerSpec[] = [
      { type: "pixelNorm" },
      { type: "groupNorm", groups: 2, activation: "leakyRelu" },
      { type: "selfAttention" },
      {
        type: "residual",
        layers: [
          { type: "conv2d", filters: 6, kernelSize: 4, strides: 2, activation: "leakyRelu" },
          { type: "skip", layers: [{ type: "conv2d", filters: 2, kernelSize: 3, strides: 1 }] },
        ],
      },
      { type: "flatten" },
    ];
    const config: ExperimentConfig = withChanges(SMALL, {
      dataset: "mnist",
      batchSize: 4,
      networks: {
        generator: {
          layers: [
            { type: "dense", units: 16 },
            { type: "reshape", shape: [4, 4, 1] },
          ],
        },
        discriminator: {
          layers: [{ type: "conv2d", filters: 4, kernelSize: 3, strides: 1 }, ...middle, { type: "dense", units: 1 }],
        },
      },
    });
    const run = async (execution: "eager" | "replay") => {
      const trainer = createTrainer({
        config,
        execution,
        data: noiseFor(config, [4, 4, 1]),
      });
      for (let i = 0; i < 2; i++) {
        trainer.train("all");
        await trainer.compiled();
      }
      const { mode, reason } = trainer.execution;
      const { values } = await trainer.readNumbers();
      trainer.dispose();
      return { mode, reason, values };
    };
    const eager = await run("eager");
    const replayed = await run("replay");
    expect(replayed.mode, replayed.reason).toBe("replay");
    expect(worstDifference(replayed.values, eager.values)).toBeLessThan(TOLERANCE);
  });
});
