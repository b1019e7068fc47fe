/**
 * Times a few training steps of one experiment on several backends and keeps the fastest. Which backends are there and how they start is
 * backend.ts; what the figures are used for is the worker's.
 */
import * as tf from "@tensorflow/tfjs";
import type { BackendName } from "../core/device";
import { explainError } from "../core/errors";
import type { RealSource } from "./data";
import type { Trainer } from "./trainer";

/** Time for the timed steps of one backend. At least one step is taken, however long it takes. */
const LIMIT_MS = 250;
/** Steps between two readbacks take about this long, as in training, where the numbers of a slice are read together. */
const ROUND_MS = 16;
/** Steps that are not timed: the first is recorded and compiles, the second is the first to be replayed. */
const WARM_UP = 2;

export interface BackendTiming {
  readonly backend: BackendName;
  /** null when it was not measured, and `failure` says why. */
  readonly msPerStep: number | null;
  readonly failure: string | null;
}

export interface MeasureOptions {
  readonly backends: readonly BackendName[];
  /** Makes a backend the current one; starts it where need be. @throws when it does not start */
  readonly activate: (backend: BackendName) => Promise<void>;
  /** The very experiment, on the current backend. */
  readonly makeTrainer: () => Trainer;
  /** Milliseconds that never go back. */
  readonly now: () => number;
  /** Called between steps: false ends the measuring. Default: goes on. */
  readonly goOn?: () => Promise<boolean>;
  /** After this many milliseconds no further backend is begun, once two were measured. Default: all have their turn. */
  readonly budgetMs?: number;
  /** A sentence why a backend is better not tried, from what is known of those before it. Default: all are tried. */
  readonly skip?: (backend: BackendName, known: readonly BackendTiming[]) => string | null;
}

export interface Measured {
  /** One entry a backend, in order; those before an interruption only. */
  readonly timings: readonly BackendTiming[];
  /** null when none could be measured, or the measuring was ended early. */
  readonly fastest: BackendName | null;
  readonly interrupted: boolean;
}

/**
 * Measures each backend; one that throws is passed over with its reason. Afterwards the fastest is the current one, or the one that was
 * current before when there is no fastest. Nothing else is left behind.
 */
export async function measureBackends(options: MeasureOptions): Promise<Measured> {
  const { backends, activate, now, budgetMs = Number.POSITIVE_INFINITY, skip = () => null } = options;
  const started = now();
  const before = backends.find((backend) => backend === tf.getBackend());
  const timings: BackendTiming[] = [];
  let interrupted = false;
  for (const backend of backends) {
    const late = timings.length >= 2 && now() - started > budgetMs;
    const unwise = late ? "Not measured: timing the others took long enough." : skip(backend, timings);
    if (unwise !== null) {
      timings.push({ backend, msPerStep: null, failure: unwise });
      continue;
    }
    try {
      await activate(backend);
      const msPerStep = await timeSteps(options);
      interrupted = msPerStep === null;
      if (interrupted) break;
      timings.push({ backend, msPerStep, failure: null });
    } catch (error) {
      timings.push({ backend, msPerStep: null, failure: `It could not be measured: ${explainError(error)}.` });
    }
  }
  const fastest = interrupted ? null : fastestOf(timings);
  const next = fastest ?? before;
  if (next !== undefined) await activate(next);
  return { timings, fastest, interrupted };
}

function fastestOf(timings: readonly BackendTiming[]): BackendName | null {
  let best: { backend: BackendName; msPerStep: number } | null = null;
  for (const { backend, msPerStep } of timings) {
    if (msPerStep !== null && (best === null || msPerStep < best.msPerStep)) best = { backend, msPerStep };
  }
  return best?.backend ?? null;
}

/** Milliseconds a step of the fastest round, since whatever else the machine does only adds; null when ended early. */
async function timeSteps({ makeTrainer, now, goOn = async () => true }: MeasureOptions): Promise<number | null> {
  const trainer = makeTrainer();
  try {
    /** Reading the numbers is what makes a GPU's work count: `train` returns before it is done. */
    const round = async (steps: number): Promise<number> => {
      const started = now();
      for (let i = 0; i < steps; i++) trainer.train("all");
      await trainer.readNumbers();
      return (now() - started) / steps;
    };
    let last = 0;
    for (let i = 0, spent = 0; i < WARM_UP && spent < LIMIT_MS; i++) {
      last = await round(1);
      spent += last;
      await trainer.compiled(); // a GPU's programs; steps would run eagerly until they are there
      if (!(await goOn())) return null;
    }
    const started = now();
    let best = Number.POSITIVE_INFINITY;
    do {
      const steps = Math.max(1, Math.min(64, Math.floor(ROUND_MS / Math.max(last, 0.01))));
      last = await round(steps);
      best = Math.min(best, last);
      if (!(await goOn())) return null;
    } while (now() - started < LIMIT_MS);
    return best;
  } finally {
    trainer.dispose();
  }
}

/** Stands in for data that may still be on its way: a step's time depends on the data's shape, not on what it shows. */
export function standInData(shape: readonly number[]): RealSource {
  return {
    shape: [...shape],
    ready: () => undefined,
    minibatch(out) {
      for (let i = 0; i < out.length; i++) out[i] = ((i * 37) % 64) / 32 - 1;
    },
  };
}
