/** What page and worker say to each other. Types only, and core types only: the page's bundle contains this file. */
import type { WantedArm } from "../core/arm-plan";
import type { ArmId } from "../core/arms";
import type { ExperimentConfig, Players } from "../core/config";
import type { BackendMeasurement, DevicePreference, DeviceReport, Execution } from "../core/device";
import type { FilmIndex } from "../core/film";
import type { Curves } from "../core/history";
import type { Inside, InsideQuestion } from "../core/inside";
import type { Study, StudyAnswer, StudyId } from "../core/latent-space/studies";
import type { PlaneWindow } from "../core/plane-window";
import type { ProbeData, ProbeId } from "../core/probes";
import type { Quality } from "../core/quality/quality";
import type { SlowStep } from "../core/slow-motion/types";
import type { Checkpoint, RunSnapshot } from "../core/snapshot";
import type { StageFrame, ViewId } from "../core/stage";

export type Command =
  /**
   * The experiment to run: one arm, or up to four to compare. Reconciled with what runs as core/arm-plan.ts says. `restore`
   * puts a saved run in place of whatever runs.
   */
  | {
      readonly type: "configure";
      readonly arms: readonly WantedArm[];
      readonly device: DevicePreference;
      /** What the worker measured in earlier visits. */
      readonly measurements?: readonly BackendMeasurement[];
      readonly restore?: RunSnapshot;
      /** The name under which the run is kept; its film is kept, and found again, under the same. */
      readonly run?: string;
    }
  /** `until`: pauses by itself at that step. `player`: only that one learns, the others stay as they are. */
  | { readonly type: "train"; readonly until?: number; readonly player?: Players }
  | { readonly type: "pause" }
  | { readonly type: "step"; readonly player: Players }
  /** Back to step 0 with the same configuration. */
  | { readonly type: "reset"; readonly run?: string }
  /** Most training steps a second; null is as fast as it goes. */
  | { readonly type: "speed"; readonly limit: number | null }
  /**
   * G's samples for given latents [count, latent size], from every arm, of one class where its model is told classes; answered
   * between two slices of training.
   */
  | { readonly type: "generate"; readonly latents: Float32Array; readonly count: number; readonly label?: number }
  /** D's logits of given samples [count, ...data shape], in data units, from every arm. */
  | { readonly type: "score"; readonly samples: Float32Array; readonly count: number; readonly label?: number }
  /** A question about an arm's latent space (core/latent-space/studies.ts), answered on its networks as they stand between two slices of training. */
  | { readonly type: "study"; readonly arm: ArmId; readonly study: Study }
  /** What a layer of an arm's network gives, and what units of it do; answered between two slices of training. */
  | { readonly type: "inside"; readonly arm: ArmId; readonly question: InsideQuestion }
  /** Loads missing or damaged data again. */
  | { readonly type: "retry-data" }
  /**
   * What pictures show: the averaged weights of G (only where it has any), the views that are asked for, whether they go as far as
   * the fakes, the part of the plane that is looked at (all of it where left out), and the class as samples of which D of a model
   * that is told classes judges the places of its map.
   */
  | {
      readonly type: "view";
      readonly averaged: boolean;
      readonly views: readonly ViewId[];
      readonly zoomed: boolean;
      readonly window?: PlaneWindow | null;
      readonly label?: number;
      /** What is asked for beside pictures; nothing where left out. */
      readonly probes?: readonly ProbeId[];
    }
  | { readonly type: "snapshot" }
  /** An arm's next step, the first's where left out, stage by stage; it is not taken. Training pauses. */
  | { readonly type: "slow-step"; readonly arm?: ArmId }
  /**
   * Goes to a moment of the run, or back to the present (null): pictures, samples and measures are of that moment then. Training
   * pauses. Train, a step or a change of the experiment goes on from there, and what the run had become is kept as a branch.
   * `exact`: to the very step, by training again from the kept moment before it; otherwise to the kept moment next to it.
   */
  | { readonly type: "visit"; readonly step: number | null; readonly exact: boolean }
  /** What the stage would show at the kept moment nearest to a step. The run stays where it is, and goes on if it does. */
  | { readonly type: "look-back"; readonly step: number }
  /** Goes to where another branch of the run has come to. */
  | { readonly type: "branch"; readonly branch: number }
  /** What a person calls a branch; empty for its usual name. */
  | { readonly type: "name-branch"; readonly branch: number; readonly name: string }
  /** Forgets a branch, and those that parted from it. */
  | { readonly type: "prune"; readonly branch: number }
  /** Times a few steps of the first arm's experiment on every device that is there. Training waits; a command that acts on it ends the measuring. */
  | { readonly type: "measure" }
  /** Asks for a sign of life. */
  | { readonly type: "ping" };

export type CommandType = Command["type"];

/** G's samples for one `generate`, an entry per arm that takes latents of their size. Points: [count, dim] in data units; images: RGBA bytes. */
export interface Generated {
  /** What answering took from training. */
  readonly milliseconds: number;
  readonly arms: readonly {
    readonly arm: ArmId;
    readonly samples: Float32Array | Uint8ClampedArray;
    /** D's logit of each sample [count]; empty for a model that judges nothing. */
    readonly logits: Float32Array;
  }[];
}

/** D's logits [count] for one `score`, an entry per arm that takes latents of their size. */
export interface Scored {
  /** What answering took from training. */
  readonly milliseconds: number;
  readonly arms: readonly { readonly arm: ArmId; readonly logits: Float32Array }[];
}

/** The answer to one `study`; null while data that it takes are on their way: then it may be asked again. */
export interface Studied {
  /** What answering took from training. */
  readonly milliseconds: number;
  readonly answer: StudyAnswer[StudyId] | null;
}

/** The moment that the arms are at. */
export interface Visited {
  readonly step: number;
  /** Whether it is the run's own present. */
  readonly present: boolean;
  readonly arms: readonly {
    readonly arm: ArmId;
    readonly config: ExperimentConfig;
    /** The numbers of that very step, by name; NaN where there is none. */
    readonly readings: Readonly<Record<string, number>>;
  }[];
}

/** The stage at a kept moment of the run. */
export interface LookedBack {
  readonly step: number;
  readonly arms: readonly { readonly arm: ArmId; readonly config: ExperimentConfig; readonly frame: StageFrame }[];
}

/** What a command is answered with. */
export interface Results {
  configure: DeviceReport;
  train: null;
  pause: null;
  step: null;
  reset: null;
  speed: null;
  generate: Generated;
  score: Scored;
  study: Studied;
  /** Null while real samples that are wanted are still coming, and where there is no such arm. */
  inside: Inside | null;
  "retry-data": null;
  view: null;
  snapshot: RunSnapshot;
  "slow-step": SlowStep;
  visit: Visited;
  "look-back": LookedBack;
  branch: Visited;
  "name-branch": null;
  prune: null;
  measure: DeviceReport;
  ping: null;
}

export interface WireError {
  readonly name: string;
  readonly message: string;
  readonly stack: string;
}

export type Request = { readonly id: number; readonly command: Command };

export type Phase = "loading" | "paused" | "training";

export interface ArmStatus {
  readonly arm: ArmId;
  readonly step: number;
  /** Set when the arm was stopped because a number was not finite; a sentence for people. Its last good state is kept. */
  readonly stopped: string | null;
  readonly execution: Execution;
}

export type WorkerEvent =
  | { readonly type: "result"; readonly id: number; readonly value: Results[CommandType] }
  | { readonly type: "failure"; readonly id: number; readonly error: WireError }
  | {
      readonly type: "state";
      readonly phase: Phase;
      /** Training steps since the start, of the arm that has gone farthest. */
      readonly step: number;
      readonly stepsPerSecond: number;
      readonly arms: readonly ArmStatus[];
      readonly device: DeviceReport | null;
    }
  /** Data on its way: bytes here of all (0 while that is not known), or what went wrong (then "retry-data" helps, and training goes on). */
  | {
      readonly type: "data";
      readonly dataset: string;
      readonly loaded: number;
      readonly total: number;
      readonly error: string | null;
    }
  | { readonly type: "stage"; readonly arm: ArmId; readonly step: number; readonly frame: StageFrame }
  | { readonly type: "curves"; readonly arm: ArmId; readonly curves: Curves }
  /** How good an arm's generator is: a reading of its own steps, seldomer than frames. */
  | { readonly type: "quality"; readonly arm: ArmId; readonly quality: Quality }
  /** What a probe that the page has opened read of an arm. */
  | {
      [Id in ProbeId]: {
        readonly type: "probe";
        readonly arm: ArmId;
        readonly step: number;
        readonly id: Id;
        readonly data: ProbeData[Id];
      };
    }[ProbeId]
  /** The moments that one can go to, and the branches of the run. */
  | { readonly type: "film"; readonly index: FilmIndex }
  /** The worker holds the Web Lock of its own name: when that is free again, the worker is dead. */
  | { readonly type: "locked" }
  /** Devices were timed: worth remembering. */
  | { readonly type: "measured"; readonly measurement: BackendMeasurement }
  /** Sent every second or two of training and whenever the arms rest, so that leaving or a dead worker costs little. */
  | { readonly type: "checkpoint"; readonly checkpoint: Checkpoint }
  /** Something people should know that no command caused: a lost device, a backend that was replaced. */
  | { readonly type: "notice"; readonly level: "info" | "warning" | "error"; readonly text: string };
