/** What a link holds: an experiment, alone or beside another. Types only. */
import type { ExperimentConfig } from "../config";

export interface Experiment {
  readonly config: ExperimentConfig;
  /** The second arm of a comparison. */
  readonly comparison: ExperimentConfig | null;
}

export interface DecodedExperiment extends Experiment {
  /** A few sentences on what could not be read or was changed (see core/problems.ts); empty when all was good. */
  readonly problems: readonly string[];
}
