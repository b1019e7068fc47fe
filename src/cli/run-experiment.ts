/** One experiment from configuration to figures, in Node: what `train` and `results` share. No arguments, no printing. */

import { type ExperimentConfig, isAdversarial } from "../core/config";
import { firstNotFinite } from "../core/diagnosis/not-finite";
import type { MetricValues } from "../core/metrics";
import { jsdBound } from "../core/metrics/jsd-bound";
import { modelOf } from "../core/models";
import { boundsDivergence } from "../core/optimum";
import type { ReadingId } from "../core/readings";
import { columnReader, type StepTable } from "../core/step-table";
import { createTrainer } from "../engine/trainer";
import { type Evaluation, evaluate, judgeGenerator } from "./evaluate";
import { nodeSource } from "./node-data";

const READ_EVERY = 50; // steps between readbacks; results do not depend on it

export interface RunResult extends Evaluation {
  readonly steps: number;
  readonly stepsPerSecond: number;
  /** Every step's numbers. */
  readonly history: StepTable;
  /** What a classifier of the data saw on the way, where it has one. */
  readonly along: readonly Milestone[];
}

export interface Milestone {
  readonly step: number;
  readonly metrics: MetricValues;
}

export interface RunOptions {
  readonly steps: number;
  /** CPU threads that may share a step's work; they change no number. Default: the engine's. */
  readonly threads?: number;
  /** Steps after which samples are judged by the data's classifier; looking changes no number of the run. */
  readonly milestones?: readonly number[];
  /** Called with the number of steps done, at most every READ_EVERY steps. */
  readonly onProgress?: (step: number) => void;
}

/**
 * Trains for `steps` steps on the running backend and evaluates. Same configuration and backend: the same numbers.
 *
 * @throws Error in a sentence when a number is not finite, naming it and the step.
 */
export async function runExperiment(config: ExperimentConfig, options: RunOptions): Promise<RunResult> {
  const data = nodeSource(config.dataset);
  const { threads } = options;
  const trainer = createTrainer(threads === undefined ? { config, data } : { config, data, threads });
  try {
    const tables: StepTable[] = [];
    const along: Milestone[] = [];
    const started = performance.now();
    let looking = 0; // ms
    while (trainer.step < options.steps) {
      await trainer.ready();
      await trainer.compiled();
      trainer.train("all");
      if (trainer.step % READ_EVERY === 0 || trainer.step === options.steps) {
        const numbers = await trainer.readNumbers();
        refuseNonFinite(config, numbers);
        tables.push(numbers);
        options.onProgress?.(trainer.step);
      }
      if (options.milestones?.includes(trainer.step) === true) {
        const began = performance.now();
        const seen = await judgeGenerator(trainer, config);
        if (seen !== null) along.push({ step: trainer.step, metrics: seen.metrics });
        looking += performance.now() - began;
      }
    }
    const seconds = (performance.now() - started - looking) / 1000;
    const history = {
      columns: tables[0]?.columns ?? [],
      steps: Float64Array.from(tables.flatMap((table) => [...table.steps])),
      values: Float32Array.from(tables.flatMap((table) => [...table.values])),
    };
    const evaluation = await evaluate(trainer, config);
    const bound = valueFunctionBound(config, history);
    return {
      ...evaluation,
      steps: trainer.step,
      stepsPerSecond: trainer.step / seconds,
      metrics: bound === null ? evaluation.metrics : { ...evaluation.metrics, jsdBound: bound },
      history,
      along,
    };
  } finally {
    trainer.dispose();
  }
}

/** The bound on the Jensen-Shannon divergence from D's loss over the last steps, where that loss is the 2014 paper's. */
function valueFunctionBound(config: ExperimentConfig, history: StepTable): number | null {
  if (!isAdversarial(config) || !boundsDivergence(config.model)) return null;
  const loss = columnReader(history, "dLoss" satisfies ReadingId);
  const rows = history.steps.length;
  const last = Math.min(rows, 200); // enough to average the minibatch noise away
  let sum = 0;
  for (let row = rows - last; row < rows; row++) sum += loss(row);
  return last === 0 ? null : jsdBound(sum / last);
}

function refuseNonFinite(config: ExperimentConfig, table: StepTable): void {
  const found = firstNotFinite(modelOf(config), table, "all");
  if (found === null) return;
  throw new Error(
    `Training diverged: at step ${found.step}, ${found.what}. Lower the learning rates, or add a regulariser.`,
  );
}
