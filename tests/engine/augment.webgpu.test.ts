/** Augmentation on webgpu, software driver or not: as its authors have it, and replayed as eager but for rounding. */
import * as tf from "@tensorflow/tfjs";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { startBackend } from "../../src/cli/node-backend";
import { noiseFor } from "../../src/cli/noise-source";
import { createTrainer } from "../../src/engine/trainer";
import { AUGMENT_CASES, AUGMENTED, AUGMENTED_SHAPE, augmentDeviations } from "../helpers/augment-fixtures";
import { worstDifference } from "../helpers/numbers";
import { webGpuOrSay } from "../helpers/webgpu";

/** Relative to the largest number: sums run in another order. */
const TOLERANCE = 2e-4;

const gpu = await webGpuOrSay();

describe.skipIf(!gpu)("augmentation on webgpu", () => {
  beforeAll(async () => {
    await startBackend("webgpu");
  });
  // Dawn keeps Node alive while a device exists.
  afterAll(() => tf.removeBackend("webgpu"));

  it.each(AUGMENT_CASES)("is that of the paper's authors, with its gradient: $name", async (fixture) => {
    const { y, gradient } = await augmentDeviations(fixture);
    expect(y).toBeLessThan(TOLERANCE);
    expect(gradient).toBeLessThan(TOLERANCE);
  });

  it("is replayed as it is computed eagerly", async () => {
    const run = async (execution: "eager" | "replay") => {
      const data = noiseFor(AUGMENTED, AUGMENTED_SHAPE);
      const trainer = createTrainer({ config: AUGMENTED, execution, data });
      for (let i = 0; i < 2; i++) {
        trainer.train("all");
        await trainer.compiled();
      }
      const { mode, reason } = trainer.execution;
      const { values } = await trainer.readNumbers();
      trainer.dispose();
      return { mode, reason, values };
    };
    const [eager, replayed] = [await run("eager"), await run("replay")];
    expect(replayed.mode, replayed.reason).toBe("replay");
    expect(worstDifference(replayed.values, eager.values)).toBeLessThan(TOLERANCE);
  });
});
