/** What one of many runs ended with. Values only: they cross from a background worker, and are written by the terminal. */
import type { MetricValues } from "../metrics";
import type { StepTable } from "../step-table";

export interface RunOutcome {
  /** Steps that were taken: fewer than planned where a number was not finite. */
  readonly steps: number;
  /** Why the run ended early, a sentence; null where it came to its end. */
  readonly diverged: string | null;
  /** Of the generator at the end; empty where the run ended early. */
  readonly metrics: MetricValues;
  /** The same metrics between two samples of the data. */
  readonly floors: MetricValues;
  /** Wall-clock time of training. */
  readonly seconds: number;
  /** Readings of every so many steps, the same steps in all runs of a sweep. */
  readonly curves: StepTable;
}

/** Rows of a run's curves: as many as a small chart can show. */
const CURVE_ROWS = 150;

/** Steps between two rows of the curves of runs of so many steps. */
export const curveStride = (steps: number): number => Math.max(1, Math.ceil(steps / CURVE_ROWS));
