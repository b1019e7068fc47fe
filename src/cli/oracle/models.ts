/**
 * Fixtures of format 1 that name their model: any of core/models, with every input of a short training run given. Read, run through the
 * project's trainer, compared. No printing. Without a model: fixture.ts.
 */
import * as v from "valibot";
import { LayerSpecSchema } from "../../core/architecture/layers";
import { type ExperimentConfig, OptimizerSchema, startOf } from "../../core/config";
import { MODEL_IDS, modelInfo, readingIds } from "../../core/models";
import { parseConfig } from "../../core/parse-config";
import type { StepInputs } from "../../engine/draws";
import { createTrainer } from "../../engine/trainer";
import { type Comparison, comparison, worstReading } from "./comparison";
import { count, givenData, givenStart, numbers, tensors, worstWeight } from "./given";

const given = v.exactOptional(numbers);

/** The README of tests/fixtures/models says what each field means. */
export const ModelFixtureSchema = v.object({
  format: v.literal(1),
  name: v.string(),
  model: v.looseObject({ type: v.picklist(MODEL_IDS) }),
  batchSize: count,
  latentDim: count,
  dataShape: v.array(count),
  classes: v.exactOptional(count),
  stepCount: count,
  networks: v.record(v.string(), v.array(LayerSpecSchema)),
  players: v.record(v.string(), v.object({ optimizer: OptimizerSchema })),
  weights: v.record(v.string(), tensors),
  spectralNormU: v.exactOptional(v.record(v.string(), numbers)),
  steps: v.array(v.object({ real: numbers, label: given, zD: given, zG: given, z: given, mix: given })),
  expected: v.array(v.record(v.string(), v.nullable(v.number()))),
  finalWeights: v.record(v.string(), tensors),
});
export type ModelFixture = v.InferOutput<typeof ModelFixtureSchema>;

/** The experiment that the fixture describes. Nothing random is drawn, so of the dataset only its kind is of account. */
function configOf(fixture: ModelFixture): ExperimentConfig {
  const start = startOf(fixture.model.type, fixture.dataShape.length === 1 ? "ring" : "mnist");
  const part = <T>(whole: Readonly<Record<string, T>>, what: string, name: string): T => {
    const found = whole[name];
    if (found === undefined) throw new Error(`the fixture lacks the ${what} ${name} of its model`);
    return found;
  };
  const info = modelInfo(fixture.model.type);
  const { config, problems } = parseConfig(
    {
      latent: { size: fixture.latentDim, prior: "normal" },
      batchSize: fixture.batchSize,
      schedule: { type: "constant" },
      model: fixture.model,
      networks: Object.fromEntries(
        Object.keys(info.networks).map((name) => [
          name,
          { layers: part(fixture.networks, "network", name), initializer: "glorot", ema: 0 },
        ]),
      ),
      players: Object.fromEntries(
        Object.keys(info.players).map((name) => [name, { ...part(fixture.players, "player", name), turns: 1 }]),
      ),
    },
    start,
  );
  if (problems.length > 0) throw new Error(`its configuration is not ours: ${problems.join(" ")}`);
  return config;
}

/**
 * Runs the fixture on the running backend and compares.
 * @throws Error in a sentence when the fixture contradicts itself or the trainer refuses it
 */
export async function runModelFixture(fixture: ModelFixture): Promise<Comparison> {
  const config = configOf(fixture);
  const trainer = createTrainer({ config, data: givenData(fixture.dataShape, fixture.classes) });
  try {
    trainer.restore(givenStart(await trainer.save(), fixture.weights, fixture.spectralNormU));
    for (const step of fixture.steps) {
      trainer.train("all", inputsOf(step, fixture.classes ?? 0));
      await trainer.compiled(); // so that what is compared is what the page runs
    }
    const run = await trainer.readNumbers();
    const known = readingIds(config);
    const strange = Object.keys(fixture.expected[0] ?? {}).find((id) => !known.some((one) => one === id));
    if (strange !== undefined) throw new Error(`the fixture expects a number ${strange} that its model does not tell`);
    return comparison(fixture.name, {
      readings: worstReading(fixture.expected, run, known),
      weights: worstWeight(fixture.finalWeights, await trainer.save()),
    });
  } finally {
    trainer.dispose();
  }
}

function inputsOf(step: ModelFixture["steps"][number], classes: number): StepInputs {
  const { real, label, ...others } = step;
  const inputs = Object.fromEntries(
    Object.entries(others).flatMap(([name, values]) => (values ? [[name, Float32Array.from(values)]] : [])),
  );
  if (label === undefined) return { real: Float32Array.from(real), ...inputs };
  const labels = new Float32Array(label.length * classes);
  for (const [i, one] of label.entries()) labels[i * classes + one] = 1;
  return { real: Float32Array.from(real), labels, ...inputs };
}
