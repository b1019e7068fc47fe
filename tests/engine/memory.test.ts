/** The largest networks that are let through do run, on wasm; a file of its own, as memory that grew never shrinks. */

import { beforeAll, describe, expect, it } from "vitest";
import { startBackend } from "../../src/cli/node-backend";
import { nodeSource } from "../../src/cli/node-data";
import { memoryRefusal } from "../../src/core/architecture/memory";
import { decodeExperiment } from "../../src/core/share";
import { generate } from "../../src/engine/probes/generate";
import { ConfigError } from "../../src/engine/refusals";
import { createTrainer } from "../../src/engine/trainer";

beforeAll(async () => {
  await startBackend("wasm");
});

const configOf = (layers: string) => decodeExperiment(`v=1&batchSize=64&discriminator.layers=${layers}`).arms[0].config;

describe("memory", () => {
  it("is refused before any is taken", () => {
    for (const layers of ["dense-65536~dense-65536~dense-1", "dense-9216~dense-9216~dense-1"]) {
      const config = configOf(layers);
      expect(() => createTrainer({ config, data: nodeSource("ring") })).toThrow(ConfigError);
      expect(() => createTrainer({ config, data: nodeSource("ring") })).toThrow(/GB of memory/);
    }
  });

  it("suffices for the largest network that is not refused", async () => {
    const config = configOf("dense-8192~dense-8192~dense-1");
    expect(memoryRefusal([{ config }])).toBeNull();
    expect(memoryRefusal([{ config: configOf("dense-8448~dense-8448~dense-1") }])).not.toBeNull();
    const trainer = createTrainer({ config, data: nodeSource("ring"), threads: 1 });
    for (let i = 0; i < 3; i++) trainer.train("all");
    const { values } = await trainer.readNumbers();
    expect([...values].some(Number.isFinite)).toBe(true);
    expect((await generate(trainer, new Float32Array(4), 2, false)).logits.every(Number.isFinite)).toBe(true);
    trainer.dispose();
  });
});
