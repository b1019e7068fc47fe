/** What every backend's replay offers to the trainer. No backend's own code. */
import type * as tf from "@tensorflow/tfjs";
import type { Execution } from "../../core/device";
import type { StepMoment, TakeIn } from "../draws";
import type { DispatchReport } from "./webgpu/report";

/** A step as a computation on tensors: takes its inputs in, changes variables, returns numbers. */
export type StepComputation = (take: TakeIn) => readonly tf.Scalar[];

/** The numbers of a step that stay on the device until someone asks. */
export interface PendingNumbers {
  /** Reads of several steps share a readback. */
  read(): Promise<Float32Array>;
}

/** An input of a look: numbers of a shape, row-major. */
export interface Given {
  readonly values: Float32Array;
  readonly shape: readonly number[];
}

/** What a look gives: its results, or the tensors where they were computed eagerly. */
export type Looked = { readonly numbers: Float32Array[] } | { readonly tensors: readonly tf.Tensor[] };

/** A look that another thread takes. */
export interface LookUnderWay {
  /** Its results as soon as they are here; null before. @throws LookLost */
  numbers(): Float32Array[] | null;
}

/** A look that another thread took will not be finished: its networks are gone, or the thread is. */
export class LookLost extends Error {
  override readonly name = "LookLost";
}

/** Records the steps of one trainer and replays them. */
export interface Replayer {
  readonly execution: Execution;
  /** What the dispatches of the step that ran last do; null where steps are not dispatches, or none was recorded yet. */
  readonly dispatches?: readonly DispatchReport[] | null;
  /**
   * Replays the step that was recorded under a key.
   * @returns the numbers of the step, or undefined when there is nothing to replay
   */
  replay(key: string, moment: StepMoment): Float32Array | PendingNumbers | undefined;
  /** Computes a step eagerly and records it under a key. To be called in a tidy, which owns the scalars. */
  record(key: string, makeDraw: TakeIn, compute: StepComputation): readonly tf.Scalar[];
  /**
   * A computation on the variables that changes nothing, recorded under a key and replayed on other inputs. To be called in a tidy.
   * Missing where only steps are replayed.
   * @returns undefined where nothing can be replayed now
   */
  look?(
    key: string,
    given: readonly Given[],
    compute: (given: readonly tf.Tensor[]) => readonly tf.Tensor[],
  ): Looked | undefined;
  /**
   * Begins a look that was recorded under a key, at the variables as they are now, on a thread that has nothing else to do.
   * @returns undefined where there is none, or nothing was recorded
   */
  lookAside?(key: string, given: readonly Given[]): LookUnderWay | undefined;
  /** Resolves when a recorded step can be replayed, where that takes time; until then steps run eagerly. */
  pending?(): Promise<void> | undefined;
  /** Sees to it that the variables hold the numbers of the last step, for whoever reads them as tensors. */
  settle(): void;
  dispose(): void;
}

/** Why a step cannot be replayed, in a sentence. */
export class NotReplayable extends Error {
  override readonly name = "NotReplayable";
}
