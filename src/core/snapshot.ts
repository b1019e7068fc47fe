/** Saved runs: what is needed to go on exactly where a run was. Types only. */
import type { ArmId } from "./arms";
import type { ExperimentConfig } from "./config";
import type { StepTable } from "./step-table";

/** Everything that determines how a run goes on: weights, optimiser slots, averages, step. Opaque to the page. */
export interface Snapshot {
  readonly step: number;
  readonly config: ExperimentConfig;
  /** Named tensors in a fixed order; see engine/trainer.ts for the names. */
  readonly tensors: readonly {
    readonly name: string;
    readonly shape: readonly number[];
    readonly values: Float32Array;
  }[];
}

/** One arm's curves in full, for files and for resuming. */
export interface FullHistory extends StepTable {
  /** Changes made while training. */
  readonly changes: readonly { readonly step: number; readonly text: string }[];
}

/** One arm at one moment: its state and everything that its charts show. */
export interface ArmSnapshot {
  readonly id: ArmId;
  readonly snapshot: Snapshot;
  readonly history: FullHistory;
  /** How good it was, over the run; runs kept by older versions have none. */
  readonly quality?: StepTable;
}

export interface RunSnapshot {
  readonly arms: readonly ArmSnapshot[];
}
