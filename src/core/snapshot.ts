/** Saved runs: what is needed to go on exactly where a run was. No reading, no writing. */
import type { ArmId } from "./arms";
import type { ExperimentConfig, Players } from "./config";
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

/** From this step on these players learned, until the next turn. */
export interface Turn {
  readonly step: number;
  readonly players: Players;
}

/** One arm's curves in full, for files and for resuming. */
export interface FullHistory extends StepTable {
  /** Changes made while training. */
  readonly changes: readonly { readonly step: number; readonly text: string }[];
  /** Where not everybody learned, ascending: rows tell it too, but not of steps whose rows were dropped. Runs of older versions have none. */
  readonly turns?: readonly Turn[];
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

/** The rows of curves that are new or changed since the last news, and all of the changes made while training. */
export interface HistoryNews extends FullHistory {
  /** How many of the rows told before still stand; these follow. */
  readonly from: number;
}

/** What a run has become since the last checkpoint: each arm's state, and the news of its curves. */
export interface Checkpoint {
  readonly arms: readonly (Omit<ArmSnapshot, "history"> & { readonly history: HistoryNews })[];
}

/** The training step that a run has come to: of the arm that has gone farthest. */
export function stepOf({ arms }: { readonly arms: readonly Pick<ArmSnapshot, "snapshot">[] }): number {
  return Math.max(0, ...arms.map(({ snapshot }) => snapshot.step));
}

/** Bytes of all numbers of a run, about. */
export function sizeOf({ arms }: RunSnapshot): number {
  const arrays = arms.flatMap(({ snapshot, history }) => [
    ...snapshot.tensors.map(({ values }) => values),
    history.steps,
    history.values,
  ]);
  return arrays.reduce((sum, { byteLength }) => sum + byteLength, 0);
}
