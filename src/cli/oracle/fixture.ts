/** Fixtures of format 1: every input of a short training run is given. Read, run through the project's trainer, compared. No printing. */
import * as v from "valibot";
import { LayerSpecSchema } from "../../core/architecture/layers";
import { DEFAULT_CONFIG, type ExperimentConfig, OptimizerSchema, withChanges } from "../../core/config";
import { LOSS_IDS } from "../../core/losses";
import { PLAIN_GAME } from "../../core/models/gan";
import type { ReadingId } from "../../core/readings";
import { createTrainer } from "../../engine/trainer";
import { type Comparison, comparison, worstReading } from "./comparison";
import { count, givenData, givenStart, numbers, tensors, worstWeight } from "./given";

const players = v.object({ generator: tensors, discriminator: tensors });
const strength = v.exactOptional(v.number());

/** Format 1 of the fixtures: the folder's README says what each field means. */
export const FixtureSchema = v.object({
  format: v.literal(1),
  name: v.string(),
  loss: v.picklist(LOSS_IDS),
  penalties: v.exactOptional(v.strictObject({ clip: strength, wganGp: strength, r1: strength, r2: strength })),
  batchSize: count,
  latentDim: count,
  dataShape: v.array(count),
  stepCount: count,
  generator: v.array(LayerSpecSchema),
  discriminator: v.array(LayerSpecSchema),
  optimizer: OptimizerSchema,
  discriminatorOptimizer: v.exactOptional(OptimizerSchema),
  weights: players,
  spectralNormU: v.exactOptional(v.record(v.string(), numbers)),
  steps: v.array(v.object({ real: numbers, zD: numbers, zG: numbers, mix: v.exactOptional(v.nullable(numbers)) })),
  expected: v.array(v.record(v.string(), v.nullable(v.number()))),
  finalWeights: players,
});
export type Fixture = v.InferOutput<typeof FixtureSchema>;

const LOSS_SERIES: readonly ReadingId[] = ["dLoss", "dTotal", "gLoss", "dReal", "dFake", "dLogitReal", "dLogitFake"];
const NORM_SERIES: readonly ReadingId[] = ["dGradNorm", "gGradNorm"];

/** The experiment that the fixture describes. Dataset and seed stay the default's: nothing random is drawn. */
export function fixtureConfig(fixture: Fixture): ExperimentConfig {
  return withChanges(DEFAULT_CONFIG, {
    latent: { size: fixture.latentDim, prior: "normal" },
    batchSize: fixture.batchSize,
    model: { ...PLAIN_GAME, loss: fixture.loss, penalties: { ...PLAIN_GAME.penalties, ...fixture.penalties } },
    networks: {
      generator: { layers: fixture.generator, ema: 0 },
      discriminator: { layers: fixture.discriminator, ema: 0 },
    },
    players: {
      discriminator: { optimizer: fixture.discriminatorOptimizer ?? fixture.optimizer, turns: 1 },
      generator: { optimizer: fixture.optimizer, turns: 1 },
    },
    schedule: { type: "constant" },
  });
}

/**
 * Runs the fixture on the running backend and compares.
 * @throws Error in a sentence when the fixture contradicts itself or the trainer refuses it
 */
export async function runFixture(fixture: Fixture): Promise<Comparison> {
  const trainer = createTrainer({ config: fixtureConfig(fixture), data: givenData(fixture.dataShape) });
  try {
    // by D's layers
    const spectral = Object.entries(fixture.spectralNormU ?? {}).map(([layer, u]) => [`discriminator/${layer}`, u]);
    trainer.restore(givenStart(await trainer.save(), fixture.weights, Object.fromEntries(spectral)));
    for (const step of fixture.steps) {
      trainer.train("all", {
        real: Float32Array.from(step.real),
        zD: Float32Array.from(step.zD),
        zG: Float32Array.from(step.zG),
        mix: Float32Array.from(step.mix ?? []),
      });
      await trainer.compiled(); // so that what is compared is what the page runs
    }
    const run = await trainer.readNumbers();
    return comparison(fixture.name, {
      losses: worstReading(fixture.expected, run, LOSS_SERIES),
      "gradient norms": worstReading(fixture.expected, run, NORM_SERIES),
      weights: worstWeight(fixture.finalWeights, await trainer.save()),
    });
  } finally {
    trainer.dispose();
  }
}
