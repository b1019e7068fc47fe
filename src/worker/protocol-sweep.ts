/** What the page and a background worker of many runs say to each other. Types only, and core types only. */
import type { FullHistory, Snapshot } from "../core/snapshot";
import type { RunOutcome } from "../core/sweep/outcome";
import type { RunOrder } from "../core/sweep/plan";

export type SweepCommand =
  /** Makes a run; a worker makes one at a time. */
  | ({ readonly type: "run" } & RunOrder)
  /** The run rests where it is. */
  | { readonly type: "pause" }
  | { readonly type: "resume" }
  /** Asks for a sign of life. */
  | { readonly type: "ping" };

/** What a run's picture is drawn from: a few hundred samples. */
export type RunPicture =
  /** Points [n, dimension], data units. */
  | { readonly kind: "points"; readonly dimension: 1 | 2; readonly extent: number; readonly fakes: Float32Array }
  /** RGBA bytes [n, height, width, 4]. */
  | { readonly kind: "images"; readonly height: number; readonly width: number; readonly fakes: Uint8ClampedArray };

/** What is needed to open a run where it ended. */
export interface RunState {
  readonly snapshot: Snapshot;
  readonly history: FullHistory;
}

export type SweepEvent =
  /** The worker holds the Web Lock of its own name: when that is free again, the worker is dead. */
  | { readonly type: "locked" }
  | { readonly type: "alive" }
  | { readonly type: "progress"; readonly index: number; readonly step: number; readonly seconds: number }
  | {
      readonly type: "done";
      readonly index: number;
      readonly outcome: RunOutcome;
      readonly picture: RunPicture | null;
      readonly state: RunState | null;
    }
  /** The run could not be made; a sentence for people. */
  | { readonly type: "failed"; readonly index: number; readonly reason: string };
