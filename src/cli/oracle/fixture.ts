/** One fixture (a short training run computed elsewhere) read, run through the project's trainer, and compared. No printing. */
import * as v from "valibot";
import { LayerSpecSchema } from "../../core/architecture/layers";
import { DEFAULT_CONFIG, type ExperimentConfig, OptimizerSchema } from "../../core/config";
import { LOSS_IDS } from "../../core/losses";
import type { ReadingId } from "../../core/readings";
import type { Snapshot } from "../../core/snapshot";
import { columnReader } from "../../core/step-table";
import type { RealSource } from "../../engine/data";
import type { StepNumbers } from "../../engine/numbers";
import { createTrainer, type Trainer } from "../../engine/trainer";

const numbers = v.array(v.number());
const count = v.pipe(v.number(), v.integer(), v.minValue(1));
const tensors = v.array(v.object({ name: v.string(), shape: numbers, values: numbers }));
const players = v.object({ generator: tensors, discriminator: tensors });
const strength = v.exactOptional(v.number());

/** Format 1 of the fixtures: the folder's README says what each field means. */
const FixtureSchema = v.object({
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

/** float32 against float64: the fixtures' own tolerances. */
export const TOLERANCES = { relative: 1e-4, absolute: 1e-5, weights: 2e-4 } as const;

const LOSS_SERIES: readonly ReadingId[] = ["dLoss", "dTotal", "gLoss", "dReal", "dFake", "dLogitReal", "dLogitFake"];
const NORM_SERIES: readonly ReadingId[] = ["dGradNorm", "gGradNorm"];

/** How far a run is from what was expected. */
export interface Comparison {
  readonly name: string;
  readonly losses: Deviation;
  readonly gradientNorms: Deviation;
  /** Largest absolute difference of a weight after the last step, and whose it is. */
  readonly weights: { readonly worst: number; readonly at: string };
  readonly passed: boolean;
}

/** The deviation that comes nearest to its tolerance, or oversteps it most. */
export interface Deviation {
  readonly absolute: number;
  readonly relative: number;
  /** Series and step (1 for the first). */
  readonly at: string;
  readonly passed: boolean;
}

/** @throws Error in a sentence that says what is wrong with the file */
export function parseFixture(text: string): Fixture {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch (error) {
    throw new Error(`it is not JSON (${error instanceof Error ? error.message : String(error)})`);
  }
  const result = v.safeParse(FixtureSchema, json);
  if (result.success) return result.output;
  const issue = result.issues[0];
  throw new Error(`it is not a fixture of format 1: ${v.getDotPath(issue) ?? "the whole file"}: ${issue.message}`);
}

/** The experiment that the fixture describes. Dataset and seed stay the default's: nothing random is drawn. */
export function fixtureConfig(fixture: Fixture): ExperimentConfig {
  return {
    ...DEFAULT_CONFIG,
    latent: { size: fixture.latentDim, prior: "normal" },
    batchSize: fixture.batchSize,
    loss: fixture.loss,
    generator: { ...DEFAULT_CONFIG.generator, layers: fixture.generator, optimizer: fixture.optimizer, ema: 0 },
    discriminator: {
      ...DEFAULT_CONFIG.discriminator,
      layers: fixture.discriminator,
      optimizer: fixture.discriminatorOptimizer ?? fixture.optimizer,
    },
    penalties: { ...DEFAULT_CONFIG.penalties, ...fixture.penalties },
  };
}

/**
 * Runs the fixture on the running backend and compares.
 * @throws Error in a sentence when the fixture contradicts itself or the trainer refuses it
 */
export async function runFixture(fixture: Fixture): Promise<Comparison> {
  const trainer = createTrainer({ config: fixtureConfig(fixture), data: givenData(fixture.dataShape) });
  try {
    trainer.restore(startOf(fixture, await trainer.save()));
    for (const step of fixture.steps) {
      trainer.train("both", {
        real: Float32Array.from(step.real),
        zD: Float32Array.from(step.zD),
        zG: Float32Array.from(step.zG),
        mix: Float32Array.from(step.mix ?? []),
      });
      await trainer.compiled(); // so that what is compared is what the page runs
    }
    return compare(fixture, await trainer.readNumbers(), await finalWeights(trainer));
  } finally {
    trainer.dispose();
  }
}

/** Every minibatch is given, so there is nothing to draw. */
function givenData(shape: number[]): RealSource {
  return {
    shape,
    ready: () => undefined,
    minibatch() {
      throw new Error("A fixture gives its own minibatches; none is drawn.");
    },
  };
}

/** The trainer's own start with the fixture's weights and spectral vectors in place. */
function startOf(fixture: Fixture, blank: Snapshot): Snapshot {
  const given = new Map<string, { shape: readonly number[]; values: Float32Array }>();
  for (const player of ["generator", "discriminator"] as const) {
    for (const { name, shape, values } of fixture.weights[player]) {
      given.set(`${player}/weights/${name}`, { shape, values: Float32Array.from(values) });
    }
  }
  for (const [layer, values] of Object.entries(fixture.spectralNormU ?? {})) {
    given.set(`discriminator/spectral/${layer}/u`, { shape: [values.length], values: Float32Array.from(values) });
  }
  const tensors = blank.tensors.map((tensor) => {
    const found = given.get(tensor.name);
    given.delete(tensor.name);
    if (found === undefined && tensor.name.includes("/weights/")) {
      throw new Error(`the fixture lacks the weight ${tensor.name} that its layers ask for`);
    }
    return found === undefined ? tensor : { name: tensor.name, ...found };
  });
  const unused = given.keys().next();
  if (!unused.done) throw new Error(`the fixture brings ${unused.value}, for which its layers have no place`);
  return { ...blank, tensors };
}

async function finalWeights(trainer: Trainer): Promise<ReadonlyMap<string, Float32Array>> {
  const { tensors } = await trainer.save();
  return new Map(tensors.map(({ name, values }) => [name, values]));
}

function compare(fixture: Fixture, run: StepNumbers, weights: ReadonlyMap<string, Float32Array>): Comparison {
  const losses = worstOf(fixture, run, LOSS_SERIES);
  const gradientNorms = worstOf(fixture, run, NORM_SERIES);
  let worst = 0;
  let at = "";
  for (const player of ["generator", "discriminator"] as const) {
    for (const { name, values } of fixture.finalWeights[player]) {
      const got = weights.get(`${player}/weights/${name}`);
      for (const [i, value] of values.entries()) {
        const difference = Math.abs((got?.[i] ?? Number.NaN) - value);
        if (!(difference <= worst)) {
          worst = Number.isNaN(difference) ? Number.POSITIVE_INFINITY : difference; // nothing is worse, and it stays
          at = `${player} ${name}`;
        }
      }
    }
  }
  const passed = losses.passed && gradientNorms.passed && worst <= TOLERANCES.weights;
  return { name: fixture.name, losses, gradientNorms, weights: { worst, at }, passed };
}

function worstOf(fixture: Fixture, run: StepNumbers, series: readonly ReadingId[]): Deviation {
  let worst: Deviation = { absolute: 0, relative: 0, at: "", passed: true };
  let badness = 0;
  for (const [step, row] of fixture.expected.entries()) {
    for (const name of series) {
      const expected = row[name];
      if (expected === undefined || expected === null) continue;
      const got = columnReader(run, name)(step);
      const absolute = Math.abs(got - expected);
      const relative = expected === 0 ? (absolute === 0 ? 0 : Number.POSITIVE_INFINITY) : absolute / Math.abs(expected);
      const share = Math.min(relative / TOLERANCES.relative, absolute / TOLERANCES.absolute); // either suffices
      if (share <= badness) continue;
      badness = Number.isNaN(share) ? Number.POSITIVE_INFINITY : share;
      worst = { absolute, relative, at: `${name}, step ${step + 1}`, passed: badness <= 1 };
    }
  }
  return worst;
}
