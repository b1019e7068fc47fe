/**
 * Every preset for a hundred steps on wasm: no tensor more at step 100 than at step 50, and no number that is not finite.
 * Whether presets learn is another matter: that takes minutes, and docs/RESULTS.md says it.
 */
import * as tf from "@tensorflow/tfjs";
import { beforeAll, describe, expect, it } from "vitest";
import { startBackend } from "../../src/cli/node-backend";
import { nodeSource } from "../../src/cli/node-data";
import type { ExperimentConfig } from "../../src/core/config";
import { readingIds } from "../../src/core/models";
import { parseConfig } from "../../src/core/parse-config";
import { PRESET_IDS, PRESETS, type PresetId } from "../../src/core/presets";
import { createTrainer, type Trainer } from "../../src/engine/trainer";

const HALF = 50; // steps

/** Of a minibatch: the same operations as with hundreds, in a tenth of the time. bits.test.ts has presets with their own. */
const MOST_ROWS = 8;

function testConfig(id: PresetId): ExperimentConfig {
  const { config } = PRESETS[id];
  return { ...config, batchSize: Math.min(MOST_ROWS, config.batchSize) };
}

/** Trains to `steps`, reads what was computed, and counts what is left on the device. */
async function trainTo(trainer: Trainer, steps: number) {
  while (trainer.step < steps) {
    await trainer.ready();
    trainer.train("all");
  }
  const numbers = await trainer.readNumbers();
  const { numTensors, numBytes } = tf.memory();
  return { numbers, numTensors, numBytes };
}

function notFinite(values: Float32Array, ids: readonly string[]): string[] {
  return [...values].flatMap((value, i) =>
    Number.isFinite(value) ? [] : [`${ids[i % ids.length]} is ${value} in row ${Math.floor(i / ids.length)}`],
  );
}

describe("a hundred steps of every preset on wasm", () => {
  beforeAll(async () => {
    await startBackend("wasm");
  });

  it.each(PRESET_IDS)("%s holds as many tensors and bytes at step 100 as at step 50, and no NaN", async (id) => {
    const config = testConfig(id);
    const ids = readingIds(config);
    expect(parseConfig(config).problems).toEqual([]);
    const before = tf.memory().numTensors;
    const trainer = createTrainer({ config, data: nodeSource(config.dataset) });
    try {
      const half = await trainTo(trainer, HALF);
      const whole = await trainTo(trainer, 2 * HALF);
      expect([whole.numTensors, whole.numBytes]).toEqual([half.numTensors, half.numBytes]);
      expect([...half.numbers.steps, ...whole.numbers.steps]).toEqual(
        Array.from({ length: 2 * HALF }, (_, i) => i + 1),
      );
      expect(half.numbers.values).toHaveLength(HALF * ids.length);
      expect(notFinite(half.numbers.values, ids)).toEqual([]);
      expect(notFinite(whole.numbers.values, ids)).toEqual([]);
    } finally {
      trainer.dispose();
    }
    expect(tf.memory().numTensors).toBe(before);
  });
});
