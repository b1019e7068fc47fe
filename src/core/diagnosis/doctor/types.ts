/** What the doctor is shown, and what a finding is. One finding a file beside this one; index.ts is the table. No rules here. */
import type { AdversarialConfig } from "../../config";
import type { GlossaryId } from "../../glossary";
import type { Memory } from "../../memory";
import type { Quality } from "../../quality/quality";
import type { StepTable } from "../../step-table";

/** A run so far of a model with a discriminator, as far as it is told: everything that a rule may look at. */
export interface Course {
  readonly config: AdversarialConfig;
  /** The readings of steps, thinned or not, ascending. */
  readonly curves: StepTable;
  /** Null before the first measuring. */
  readonly quality: Pick<Quality, "latest" | "standards" | "curves"> | null;
  /** Samples in each of the data's clusters, by step, the latest last; empty where the data has none. */
  readonly counts: readonly { readonly step: number; readonly counts: readonly number[] }[];
  /** D's mean probability of fakes of G as it is used (moving statistics, no dropout), by step, the latest last; empty where it was not asked. */
  readonly judged: readonly { readonly step: number; readonly probability: number }[];
  /** How D judges training images and images held back; null where none were, or while nobody has asked. */
  readonly memory: Memory | null;
  /** Why the run was stopped, a sentence; null while it can go on. */
  readonly stopped: string | null;
}

/** A number that a finding was seen by. */
export interface Evidence {
  readonly name: string;
  /** With its unit, and what it is held against: "0.03, where D can only guess it is 1.39". */
  readonly text: string;
}

/** One change to the experiment. */
export interface Remedy {
  /** As an imperative: "Lower D's learning rate from 0.003 to 0.00075." */
  readonly words: string;
  readonly config: AdversarialConfig;
}

/** What shows whether a remedy helped: the same number before and after. */
export interface Gauge {
  readonly name: string;
  readonly value: number;
  readonly text: string;
  /** Which way is better. */
  readonly better: "higher" | "lower";
}

export interface Finding {
  readonly name: string;
  /** A problem needs a change, a warning may pass, good news needs nothing. */
  readonly level: "problem" | "warning" | "good";
  /** Why it happens, two or three sentences that say nothing of this run. */
  readonly why: string;
  /** A word of the glossary, and where it is written of. */
  readonly term: GlossaryId;
  readonly source: string;
  /** Where that can be read, an address outside the page. */
  readonly link: string;
  /** What was seen; null when the rule does not hold. */
  look(course: Course): readonly Evidence[] | null;
  /**
   * Whether what was seen still holds once the remedy has changed the very setting that `look` asks for first, as another loss does;
   * left out where `look` tells.
   */
  persists?(course: Course): readonly Evidence[] | null;
  /** The change to offer; null where there is none left, or none is needed. */
  remedy(config: AdversarialConfig): Remedy | null;
  /** Null where the run does not tell. */
  gauge(course: Course): Gauge | null;
}
