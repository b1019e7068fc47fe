/** One experiment from configuration to figures, in Node: what `train` and `results` share. No arguments, no printing. */

import type { ExperimentConfig } from "../core/config";
import { DATASETS } from "../core/datasets";
import { sampleLatents } from "../core/latents";
import type { MetricValues } from "../core/metrics";
import { evaluateFloors, evaluatePoints } from "../core/metrics/evaluate";
import { jsdBound } from "../core/metrics/jsd-bound";
import { evaluationCount } from "../core/metrics/sample-counts";
import { boundsDivergence } from "../core/optimum";
import type { ReadingId } from "../core/readings";
import { STREAMS } from "../core/rng";
import { columnReader, type StepTable } from "../core/step-table";
import { generate } from "../engine/probes";
import { createTrainer, type Trainer } from "../engine/trainer";
import { nodeSource } from "./node-data";

const GENERATE_BATCH = 500; // bounds the memory of one pass
const READ_EVERY = 50; // steps between readbacks; results do not depend on it

export interface RunResult {
  readonly steps: number;
  readonly stepsPerSecond: number;
  readonly metrics: MetricValues;
  /** The same metrics between two real samples: what a perfect generator would read. */
  readonly floors: MetricValues;
  /** Every step's numbers. */
  readonly history: StepTable;
  /** G's samples of the fixed evaluation latents, data scale [n, ...shape]. */
  readonly samples: Float32Array;
  /** As many real samples. */
  readonly reals: Float32Array;
}

export interface RunOptions {
  readonly steps: number;
  /** CPU threads that may share a step's work; they change no number. Default: the engine's. */
  readonly threads?: number;
  /** Called with the number of steps done, at most every READ_EVERY steps. */
  readonly onProgress?: (step: number) => void;
}

/**
 * Trains for `steps` steps on the running backend and evaluates. Same configuration and backend: the same numbers.
 * With generator.ema the averaged weights are evaluated, as they are what one would use.
 *
 * @throws Error in a sentence when a number is not finite, naming it and the step.
 */
export async function runExperiment(config: ExperimentConfig, options: RunOptions): Promise<RunResult> {
  const data = nodeSource(config.dataset);
  const { threads } = options;
  const trainer = createTrainer(threads === undefined ? { config, data } : { config, data, threads });
  try {
    const tables: StepTable[] = [];
    const started = performance.now();
    while (trainer.step < options.steps) {
      await trainer.ready();
      await trainer.compiled();
      trainer.train("both");
      if (trainer.step % READ_EVERY === 0 || trainer.step === options.steps) {
        const numbers = await trainer.readNumbers();
        refuseNonFinite(numbers);
        tables.push(numbers);
        options.onProgress?.(trainer.step);
      }
    }
    const seconds = (performance.now() - started) / 1000;
    const history = {
      columns: tables[0]?.columns ?? [],
      steps: Float64Array.from(tables.flatMap((table) => [...table.steps])),
      values: Float32Array.from(tables.flatMap((table) => [...table.values])),
    };
    const { metrics, floors, samples, reals } = await evaluate(trainer, config);
    const bound = valueFunctionBound(config, history);
    return {
      steps: trainer.step,
      stepsPerSecond: trainer.step / seconds,
      metrics: bound === null ? metrics : { ...metrics, jsdBound: bound },
      floors,
      history,
      samples,
      reals,
    };
  } finally {
    trainer.dispose();
  }
}

async function evaluate(trainer: Trainer, config: ExperimentConfig) {
  const dataset = DATASETS[config.dataset];
  const count = evaluationCount(config.dataset);
  const latents = new Float32Array(count * config.latent.size);
  sampleLatents(latents, config.latent.prior, config.seed, STREAMS.evaluate, 0);
  const data = nodeSource(config.dataset);
  await data.ready(0);
  const dimension = data.shape.reduce((a, b) => a * b, 1);
  const samples = new Float32Array(count * dimension);
  for (let start = 0; start < count; start += GENERATE_BATCH) {
    const n = Math.min(GENERATE_BATCH, count - start);
    const batch = latents.subarray(start * config.latent.size, (start + n) * config.latent.size);
    const generated = await generate(trainer, batch, n, config.generator.ema > 0);
    samples.set(generated.samples, start * dimension);
  }
  const [reals, realsB] = [1, 2].map((step) => {
    const out = new Float32Array(count * dimension);
    data.minibatch(out, config.seed, STREAMS.evaluate, step);
    return out;
  });
  if (reals === undefined || realsB === undefined) throw new Error("unreachable: two real samples were drawn");
  const points =
    dataset.kind === "points" ? { modes: dataset.modes, extent: dataset.extent } : { image: dataset.shape };
  const input = { fakes: samples, reals, realsB, dimension, seed: config.seed, ...points };
  return { metrics: evaluatePoints(input), floors: evaluateFloors(input), samples, reals };
}

/** The bound on the Jensen-Shannon divergence from D's loss over the last steps, where that loss is the 2014 paper's. */
function valueFunctionBound(config: ExperimentConfig, history: StepTable): number | null {
  if (!boundsDivergence(config)) return null;
  const loss = columnReader(history, "dLoss" satisfies ReadingId);
  const rows = history.steps.length;
  const last = Math.min(rows, 200); // enough to average the minibatch noise away
  let sum = 0;
  for (let row = rows - last; row < rows; row++) sum += loss(row);
  return last === 0 ? null : jsdBound(sum / last);
}

function refuseNonFinite(table: StepTable): void {
  for (const name of table.columns) {
    const read = columnReader(table, name);
    for (const [row, step] of table.steps.entries()) {
      if (Number.isFinite(read(row))) continue;
      throw new Error(
        `Training diverged: ${name} is ${read(row)} at step ${step}. Lower the learning rates, or add a regulariser.`,
      );
    }
  }
}
