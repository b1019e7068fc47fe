/** What goes with what in an experiment: combinations that cannot run, and those known to mislead. Shapes are checked elsewhere. */
import type { ExperimentConfig } from "./config";
import { modelOf } from "./models";

/** What speaks against a configuration. "refused" cannot run; "warning" runs, but differs from what theory asks for. */
export interface Conflict {
  readonly level: "refused" | "warning";
  /** Which value to change, as a path into the configuration. */
  readonly path: string;
  /** What is wrong, why, and what to do. */
  readonly text: string;
}

/** Combinations of values that cannot run or should not; empty when all is well. Shapes are checked elsewhere. */
export function findConflicts(config: ExperimentConfig): readonly Conflict[] {
  return modelOf(config).conflicts(config);
}
