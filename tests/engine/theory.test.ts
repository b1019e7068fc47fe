/** The theory of the 2014 paper on networks that train: D meets D* where G is frozen, and nothing is found wrong with a perfect G. */
import { beforeAll, describe, expect, it } from "vitest";
import { startBackend } from "../../src/cli/node-backend";
import { watchRun } from "../../src/cli/watched-run";
import { type GanConfig, withChanges } from "../../src/core/config";
import { diagnose, FINDINGS } from "../../src/core/diagnosis/doctor";
import { finish } from "../../src/core/pieces";
import { theoryOf } from "../../src/core/theory";
import { evaluationReals, evaluationSamples, seenGame } from "../../src/engine/probes";
import { createTrainer, type Trainer } from "../../src/engine/trainer";
import { courseLog } from "../helpers/doctor-course";
import { SMALL, sourceOf } from "../helpers/trainers";

beforeAll(async () => {
  await startBackend("wasm");
});

/** D with room to learn; G is one dense layer, so that its weights say what it makes: z · a + b. */
const LINE: GanConfig = withChanges(SMALL, {
  dataset: "gaussian-1d",
  batchSize: 256,
  latent: { size: 1, prior: "normal" },
  schedule: { type: "linear", steps: 2_000, finalRatio: 0.01 },
  networks: {
    generator: { layers: [{ type: "dense", units: 1 }] },
    discriminator: {
      layers: [
        { type: "dense", units: 32, activation: "tanh" },
        { type: "dense", units: 32, activation: "tanh" },
        { type: "dense", units: 1 },
      ],
    },
  },
  players: {
    discriminator: { optimizer: { type: "adam", learningRate: 5e-3, beta1: 0.9, beta2: 0.999, epsilon: 1e-8 } },
  },
});

const weightsOf = (scale: number, shift: number) =>
  new Map([
    ["generator/weights/0/kernel", Float32Array.of(scale)],
    ["generator/weights/0/bias", Float32Array.of(shift)],
  ]);

const withG = (scale: number, shift: number): Trainer =>
  createTrainer({ config: LINE, data: sourceOf(LINE), weights: weightsOf(scale, shift) });

async function theoryAt(trainer: Trainer) {
  const { samples } = await evaluationSamples(trainer, 2500, false);
  const game = await seenGame(trainer, samples, evaluationReals(sourceOf(LINE), LINE.seed, 2500, 1));
  const found = game === null ? null : finish(theoryOf(trainer.config, game));
  if (found === null) throw new Error("The data has a density.");
  return found;
}

describe("with G frozen", () => {
  it("D comes within 0.03 of D*, and V within 0.02 of −log 4 + 2 JSD", async () => {
    const trainer = withG(0.6, 1);
    const before = await theoryAt(trainer);
    for (let i = 0; i < 2000; i++) trainer.train("discriminator");
    await trainer.readNumbers();
    const after = await theoryAt(trainer);
    expect(before.optimumDistance).toBeGreaterThan(0.15);
    expect(after.optimumDistance).toBeLessThan(0.03);
    expect(after.bestValue).toBeCloseTo(before.bestValue, 12); // G stayed where it was
    expect(Math.abs(after.bestValue - after.value)).toBeLessThan(0.02);
    expect(after.bestValue).toBeCloseTo(-Math.log(4) + 2 * after.js, 12);
    trainer.dispose();
  });
});

describe("with the data itself as G", () => {
  it("D comes to one half, V to −log 4, and the divergences are their floor", async () => {
    const trainer = withG(1, 0); // the data is N(0, 1), as z is
    for (let i = 0; i < 2000; i++) trainer.train("discriminator");
    await trainer.readNumbers();
    const { value, bestValue, js, totalVariation, optimumDistance } = await theoryAt(trainer);
    expect(js).toBeLessThan(0.005);
    expect(totalVariation).toBeLessThan(0.06);
    expect(bestValue).toBeCloseTo(-Math.log(4), 1);
    expect(value).toBeCloseTo(-Math.log(4), 1);
    expect(optimumDistance).toBeLessThan(0.05);
    trainer.dispose();
  });

  it("the doctor finds nothing wrong, in a game that goes on", async () => {
    const found = new Set<string>();
    const courseAt = courseLog(LINE);
    const options = { steps: 1200, every: 200, weights: weightsOf(1, 0) };
    await watchRun(LINE, options, (seen) => {
      for (const { id } of diagnose(courseAt(seen))) if (FINDINGS[id].level !== "good") found.add(id);
      return true;
    });
    expect([...found]).toEqual([]);
  });
});
