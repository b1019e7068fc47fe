/** What goes with what in an experiment: combinations that cannot run, and those known to mislead. Shapes are checked elsewhere. */
import type { ExperimentConfig } from "./config";
import { datasetClasses, datasetOf } from "./datasets";
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
  const { name, data, conflicts } = modelOf(config);
  if (data === "labelled" && datasetClasses(config.dataset) === 0) {
    const text = `The model ${name} learns from samples that belong to classes, and ${datasetOf(config.dataset).name} has none. Choose data with classes, such as a ring of clusters or digits.`;
    return [{ level: "refused", path: "dataset", text }];
  }
  return conflicts(config);
}
