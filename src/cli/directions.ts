/**
 * How much the directions that the page's sliders are of do: trains a preset, and prints how far a step along each changes the sample,
 * beside a step in a random direction. `npm run directions -- [--preset faces-dcgan] [--dataset shapes] [--steps N] [--seed N]`. On the
 * shapes, whose factors are known, also how much of what moves each factor lies in the first directions.
 */
import { parseArgs } from "node:util";
import { withDataset } from "../core/architecture/adapt";
import { type ExperimentConfig, samplerOf } from "../core/config";
import { DATASET_IDS, datasetOf, isBuiltIn } from "../core/datasets";
import { DIRECTION_METHODS, type Direction, type DirectionMethod } from "../core/latent-space/directions";
import { sampleLatents } from "../core/latents";
import { PRESETS } from "../core/presets";
import { normals, STREAMS, subStream } from "../core/rng";
import { answerStudy } from "../engine/probes";
import { generateSamples } from "../engine/probes/generate";
import { createTrainer, type Trainer } from "../engine/trainer";
import { presetId, UsageError, wholeNumber } from "./arguments";
import { startBackend } from "./node-backend";
import { nodeSource } from "./node-data";
import { runMain } from "./run-main";
import { SHAPE_FACTORS, shapeFactors } from "./shape-factors";

/** Directions that are looked at: as many as the page shows at first. */
const FIRST = 8;
/** Latents from which steps are taken, and random directions that they are taken in. */
const PLACES = 32;
const RANDOM = 32;
/** Of a step to each side, in units of z. */
const STEP = 0.5;
/** Samples from which it is read what moves a factor. */
const SAMPLES = 4000;
const BATCH = 500;

const METHODS: readonly DirectionMethod[] = ["activations", "kernel", "jacobian", "raw"];

const { values } = parseArgs({
  options: {
    preset: { type: "string" },
    dataset: { type: "string" },
    steps: { type: "string" },
    seed: { type: "string" },
  },
});
async function main(): Promise<void> {
  const preset = PRESETS[presetId(values.preset ?? "faces-dcgan")];
  const steps = values.steps === undefined ? preset.steps : wholeNumber("--steps", values.steps, 0, 1e7);
  const seed = values.seed === undefined ? preset.config.seed : wholeNumber("--seed", values.seed, 0, 2 ** 31 - 1);
  const config = { ...onDataset(preset.config, values.dataset), seed };
  await startBackend("wasm");
  const data = nodeSource(config.dataset);
  await data.ready(steps);
  const trainer = createTrainer({ config, data, threads: 1 });
  for (let i = 0; i < steps; i++) trainer.train("all");
  await trainer.readNumbers();
  const averaged = samplerOf(config).ema > 0;
  console.log(
    `${preset.name} on ${datasetOf(config.dataset).name}, seed ${seed}, ${steps} steps, z of ${config.latent.size}.`,
  );
  const random = mean(await changes(trainer, averaged, randomDirections(config)));
  console.log(
    `A step of 1 in a random direction changes a sample by ${random.toFixed(2)} (L2, data units; mean of ${RANDOM} directions at ${PLACES} latents).`,
  );
  for (const method of METHODS) {
    const started = performance.now();
    const input = { method, z: new Float32Array(config.latent.size), count: FIRST, label: 0 };
    const answer = await answerStudy({ id: "directions", input }, { trainer, data, averaged, classifier: () => null });
    const took = performance.now() - started;
    if (answer === null || !("directions" in answer))
      throw new Error("The directions were not answered; this is a bug.");
    const { directions } = answer;
    const all = await changes(trainer, averaged, directions);
    const times = all.map((change) => (change / random).toFixed(2)).join(", ");
    console.log(`\n${DIRECTION_METHODS[method].name} (${method}), found in ${took.toFixed(0)} ms`);
    console.log(
      `  times as much as random ones: ${times}; the first three ${(mean(all.slice(0, 3)) / random).toFixed(2)}`,
    );
    if (config.dataset === "shapes") await align(trainer, averaged, directions);
  }
  trainer.dispose();
}

/** The preset's recipe on other data. */
function onDataset(config: ExperimentConfig, id: string | undefined): ExperimentConfig {
  if (id === undefined) return config;
  if (!isBuiltIn(id)) throw new UsageError(`There is no dataset "${id}". Choose one of: ${DATASET_IDS.join(", ")}.`);
  return withDataset(config, id);
}

const mean = (numbers: readonly number[]): number => numbers.reduce((a, b) => a + b, 0) / numbers.length;

function randomDirections({ latent: { size }, seed }: ExperimentConfig): readonly Direction[] {
  return Array.from({ length: RANDOM }, (_, i) => {
    const vector = normals(new Float32Array(size), seed, STREAMS.metric, 100 + i);
    const length = Math.hypot(...vector);
    return { vector: vector.map((value) => value / length), share: Number.NaN, name: null };
  });
}

/** How far a step of 1 along each direction moves the sample, as a mean over latents. */
async function changes(trainer: Trainer, averaged: boolean, directions: readonly Direction[]): Promise<number[]> {
  const { latent, seed } = trainer.config;
  const places = sampleLatents(
    new Float32Array(PLACES * latent.size),
    latent.prior,
    seed,
    subStream(STREAMS.metric, 2),
    0,
  );
  const found: number[] = [];
  for (const { vector } of directions) {
    const moved = (sign: number) =>
      generateSamples(
        trainer,
        places.map((value, i) => value + sign * STEP * (vector[i % latent.size] ?? 0)),
        PLACES,
        averaged,
      );
    const [ahead, behind] = [await moved(1), await moved(-1)];
    const dimension = ahead.length / PLACES;
    let sum = 0;
    for (let i = 0; i < PLACES; i++) {
      let square = 0;
      for (let d = i * dimension; d < (i + 1) * dimension; d++) square += ((ahead[d] ?? 0) - (behind[d] ?? 0)) ** 2;
      sum += Math.sqrt(square) / (2 * STEP);
    }
    found.push(sum / PLACES);
  }
  return found;
}

/**
 * Prints how much of each factor's own direction lies in the span of the found ones. A factor's own direction is the slope of its linear
 * regression on z: for a standard normal z the covariance of both.
 */
async function align(trainer: Trainer, averaged: boolean, directions: readonly Direction[]): Promise<void> {
  const { latent, seed } = trainer.config;
  const { size } = latent;
  const z = sampleLatents(new Float32Array(SAMPLES * size), latent.prior, seed, subStream(STREAMS.metric, 3), 0);
  const rows: { readonly z: Float32Array; readonly factors: readonly number[] }[] = [];
  const side = trainer.shape[0] ?? 1;
  for (let at = 0; at < SAMPLES; at += BATCH) {
    const own = z.subarray(at * size, (at + BATCH) * size);
    const made = await generateSamples(trainer, own, BATCH, averaged);
    const pixels = made.length / BATCH;
    for (let i = 0; i < BATCH; i++) {
      const factors = shapeFactors(made.subarray(i * pixels, (i + 1) * pixels), side);
      if (factors.every(Number.isFinite)) rows.push({ z: own.subarray(i * size, (i + 1) * size), factors });
    }
  }
  const expected = directions.length / size;
  const shares = SHAPE_FACTORS.map((name, f) => {
    const values = rows.map(({ factors }) => factors[f] ?? 0);
    const middle = mean(values);
    const variance = mean(values.map((value) => (value - middle) ** 2));
    const slope = Float64Array.from({ length: size }, (_, d) =>
      mean(rows.map((row, i) => (row.z[d] ?? 0) * ((values[i] ?? 0) - middle))),
    );
    const length = slope.reduce((sum, value) => sum + value * value, 0);
    const along = directions.map(
      ({ vector }) => vector.reduce((sum, value, d) => sum + value * (slope[d] ?? 0), 0) ** 2 / length,
    );
    const share = along.reduce((a, b) => a + b, 0);
    const best = along.indexOf(Math.max(...along));
    console.log(
      `  ${name.padEnd(13)} ${(100 * share).toFixed(0).padStart(3)} % of its direction is in the first ${directions.length} (${(100 * expected).toFixed(0)} % by chance), most in number ${best + 1} (${(100 * (along[best] ?? 0)).toFixed(0)} %); linear in z to ${((100 * length) / variance).toFixed(0)} %`,
    );
    return share;
  });
  console.log(`  Alignment: ${(mean(shares) / expected).toFixed(2)} times chance, as a mean of the factors.`);
}

await runMain(main);
