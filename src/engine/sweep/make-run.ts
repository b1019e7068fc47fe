/**
 * One of many runs, from configuration to outcome, in slices between which whoever asked for it may pause it or end it. Where it runs and
 * what becomes of it is theirs.
 */
import type { ExperimentConfig } from "../../core/config";
import { firstNotFinite } from "../../core/diagnosis/not-finite";
import { History } from "../../core/history";
import { modelOf, readingIds } from "../../core/models";
import type { FullHistory, Snapshot } from "../../core/snapshot";
import type { StepTable } from "../../core/step-table";
import { curveStride, type RunOutcome } from "../../core/sweep/outcome";
import type { RealSource } from "../data";
import { measureGenerator } from "../probes/measure-generator";
import { createTrainer, type Trainer } from "../trainer";

export interface MakeRunOptions {
  /** Training steps. */
  readonly steps: number;
  /**
   * Called after every slice with the steps done and the seconds of training so far. The run goes on when it resolves, and ends without an
   * outcome where it resolves to false.
   */
  readonly between: (step: number, seconds: number) => Promise<boolean>;
  /** Milliseconds that never go back. */
  readonly now: () => number;
}

export interface MadeRun {
  readonly outcome: RunOutcome;
  /** G's samples at the end [n, ...shape], data scale; null where the run ended early. */
  readonly samples: Float32Array | null;
  /** As many of the data. */
  readonly reals: Float32Array | null;
  /** What is needed to go on from where it ended; null where it ended early. */
  readonly snapshot: Snapshot | null;
  readonly history: FullHistory;
}

/** Of training between two chances to pause; long enough that asking costs nothing. */
const SLICE_MS = 40;

/**
 * Trains on the running backend, with one thread: several runs share the cores.
 * @returns null where it was ended from outside
 * @throws ConfigError where the experiment cannot be built, DataChunkError where its data does not come
 */
export async function makeRun(
  config: ExperimentConfig,
  data: RealSource,
  { steps, between, now }: MakeRunOptions,
): Promise<MadeRun | null> {
  const trainer = createTrainer({ config, data, threads: 1 });
  try {
    const history = new History(readingIds(config));
    let milliseconds = 0;
    let diverged: string | null = null;
    while (trainer.step < steps && diverged === null) {
      if (!(await between(trainer.step, milliseconds / 1000))) return null;
      await trainer.ready();
      const started = now();
      const numbers = await slice(trainer, steps, started + SLICE_MS, now);
      milliseconds += now() - started;
      const found = firstNotFinite(modelOf(config), numbers, "all");
      diverged = found === null ? null : `At step ${found.step}, ${found.what}.`;
      append(history, numbers, found?.step ?? Number.POSITIVE_INFINITY);
    }
    const full = history.full();
    const whole = {
      steps: full.steps.at(-1) ?? 0,
      diverged,
      seconds: milliseconds / 1000,
      curves: thinned(full, steps),
    };
    if (diverged !== null)
      return {
        outcome: { ...whole, metrics: {}, floors: {} },
        samples: null,
        reals: null,
        snapshot: null,
        history: full,
      };
    const { metrics, floors, samples, reals } = await measureGenerator(trainer, data);
    return {
      outcome: { ...whole, metrics, floors },
      samples,
      reals,
      snapshot: await trainer.save(),
      history: full,
    };
  } finally {
    trainer.dispose();
  }
}

/** Trains until a moment, and at least one step. */
async function slice(trainer: Trainer, steps: number, until: number, now: () => number): Promise<StepTable> {
  await trainer.compiled();
  do trainer.train("all");
  while (trainer.step < steps && trainer.ready() === undefined && now() < until);
  return trainer.readNumbers();
}

/** Rows before the step at which a number was no longer finite. */
function append(history: History, { columns, steps, values }: StepTable, before: number): void {
  steps.forEach((step, row) => {
    if (step < before) history.append(step, values.subarray(row * columns.length, (row + 1) * columns.length));
  });
}

/** Every so manyth step and the last one: the same steps in every run of a sweep. */
function thinned({ columns, steps, values }: StepTable, planned: number): StepTable {
  const stride = curveStride(planned);
  const rows = [...steps.keys()].filter((row) => (steps[row] ?? 0) % stride === 0 || row === steps.length - 1);
  const width = columns.length;
  return {
    columns,
    steps: Float64Array.from(rows, (row) => steps[row] ?? 0),
    values: Float32Array.from(rows.flatMap((row) => [...values.subarray(row * width, (row + 1) * width)])),
  };
}
