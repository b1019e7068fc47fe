/** What is read from a link. Types only; what an experiment is: core/arms.ts. */
import type { Experiment } from "../arms";

export interface DecodedExperiment extends Experiment {
  /** A few sentences on what could not be read or was changed (see core/problems.ts); empty when all was good. */
  readonly problems: readonly string[];
}
