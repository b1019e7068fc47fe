/** Every preset trains for a hundred steps on wasm without a NaN and without leaving tensors behind. Not how well it learns. */
import * as tf from "@tensorflow/tfjs";
import { beforeAll, describe, expect, it } from "vitest";
import { startBackend } from "../../src/cli/node-backend";
import { nodeSource } from "../../src/cli/node-data";
import { PRESET_IDS, PRESETS } from "../../src/core/presets";
import { createTrainer } from "../../src/engine/trainer";

/** Smaller than the presets' own, to be quick: what is kept or left behind does not depend on it. */
const BATCH = 8;

beforeAll(async () => {
  await startBackend("wasm");
});

describe("presets", () => {
  it.each(PRESET_IDS)("%s", async (id) => {
    const before = tf.memory().numTensors;
    const config = { ...PRESETS[id].config, batchSize: BATCH };
    const trainer = createTrainer({ config, data: nodeSource(config.dataset) });
    await trainer.ready();
    const half = async () => {
      for (let i = 0; i < 50; i++) trainer.train("both");
      const numbers = await trainer.readNumbers();
      expect(numbers.values.every(Number.isFinite)).toBe(true);
      const { numTensors, numBytes } = tf.memory();
      return { numTensors, numBytes };
    };
    expect(await half()).toEqual(await half());
    trainer.dispose();
    expect(tf.memory().numTensors).toBe(before);
  });
});
