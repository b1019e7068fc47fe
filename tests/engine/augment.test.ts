/** Augmentation as its authors have it, on every backend without a device; in a run: reproducible, restored exactly, off costs nothing. */
import { beforeAll, describe, expect, it } from "vitest";
import { startBackend } from "../../src/cli/node-backend";
import { noiseFor } from "../../src/cli/noise-source";
import { imageAugment, NO_AUGMENT, SUGGESTED_AUGMENT } from "../../src/core/augment";
import { type ExperimentConfig, withChanges } from "../../src/core/config";
import { findConflicts } from "../../src/core/conflicts";
import { createTrainer } from "../../src/engine/trainer";
import { AUGMENT_CASES, AUGMENTED, AUGMENTED_SHAPE, augmentDeviations } from "../helpers/augment-fixtures";
import { SMALL } from "../helpers/trainers";

const start = (config: ExperimentConfig, execution: "eager" | "replay" = "replay") =>
  createTrainer({ config, data: noiseFor(config, AUGMENTED_SHAPE), execution });

async function run(config: ExperimentConfig, execution: "eager" | "replay" = "replay", steps = 4) {
  const trainer = start(config, execution);
  for (let i = 0; i < steps; i++) trainer.train("all");
  const { mode } = trainer.execution;
  const { values } = await trainer.readNumbers();
  const { tensors } = await trainer.save();
  trainer.dispose();
  return { mode, values, tensors };
}

describe.each(["cpu", "wasm"])("augmentation on %s", (backend) => {
  beforeAll(async () => {
    await startBackend(backend);
  });

  it.each(AUGMENT_CASES)("is that of the paper's authors, with its gradient: $name", async (fixture) => {
    const { y, gradient } = await augmentDeviations(fixture);
    expect(y).toBeLessThan(2e-6);
    expect(gradient).toBeLessThan(5e-6);
  });
});

describe("augmentation in a run", () => {
  beforeAll(async () => {
    await startBackend("wasm");
  });

  it("is replayed as it is computed eagerly, bit for bit", async () => {
    const [eager, replayed] = [await run(AUGMENTED, "eager"), await run(AUGMENTED)];
    expect([eager.mode, replayed.mode]).toEqual(["eager", "replay"]);
    expect(replayed.values).toEqual(eager.values);
    expect(replayed.tensors).toEqual(eager.tensors);
  });

  it("draws the same after a restored state as without the interruption", async () => {
    const whole = await run(AUGMENTED, "replay", 5);
    const trainer = start(AUGMENTED);
    for (let i = 0; i < 3; i++) trainer.train("all");
    const saved = await trainer.save();
    trainer.dispose();
    const other = start(AUGMENTED);
    other.restore(saved);
    for (let i = 0; i < 2; i++) other.train("all");
    expect((await other.save()).tensors).toEqual(whole.tensors);
    other.dispose();
  });

  it("changes what D learns, and each kind of it differently", async () => {
    const off = await run(withChanges(AUGMENTED, { model: { augment: NO_AUGMENT } }));
    const kinds = [{ flip: 1 }, { shift: 0.25 }, { colour: 1 }, { cutout: 0.5 }];
    const losses = new Set([off.values[0]]);
    for (const kind of kinds) {
      losses.add((await run(withChanges(AUGMENTED, { model: { augment: { ...NO_AUGMENT, ...kind } } }))).values[0]);
    }
    expect(losses.size).toBe(5);
  });

  it("can be switched on while training goes on", async () => {
    const trainer = start(withChanges(AUGMENTED, { model: { augment: NO_AUGMENT } }));
    trainer.train("all");
    trainer.update(AUGMENTED);
    trainer.train("all");
    trainer.update(withChanges(AUGMENTED, { model: { augment: { ...SUGGESTED_AUGMENT, cutout: 0.25 } } }));
    trainer.train("all");
    expect(
      (await trainer.readNumbers()).values.every((value) => !Number.isFinite(value) || Math.abs(value) < 1e4),
    ).toBe(true);
    trainer.dispose();
  });

  it("is refused for points, where there is nothing to flip", () => {
    const refused = findConflicts(withChanges(SMALL, { model: { augment: { shift: 0.1 } } }));
    expect(refused.map(({ level, path }) => [level, path])).toContainEqual(["refused", "model.augment.shift"]);
  });
});

describe("the augmentation of one image", () => {
  it("is in whole pixels, as far as it may go and no farther", () => {
    const at = (u: number) => imageAugment(SUGGESTED_AUGMENT, () => u, 16, 16);
    expect(at(1e-7)).toMatchObject({ flipped: true, down: -2, across: -2, rows: [0, 4], columns: [0, 4] });
    expect(at(1 - 1e-7)).toMatchObject({ flipped: false, down: 2, across: 2, rows: [12, 16] });
    expect(at(0.5)).toMatchObject({ down: 0, across: 0, brightness: 0, saturation: 1, contrast: 1, rows: [4, 12] });
  });
});
