/** The page's state: what runs, what it looks like, what to say. A vanilla zustand store; React only reads it. */
import type { ArmId, Experiment } from "../core/arms";
import type { ExperimentConfig, Players } from "../core/config";
import type { DevicePreference, DeviceReport, Execution } from "../core/device";
import type { FilmIndex } from "../core/film";
import type { Curves } from "../core/history";
import type { PlaneWindow } from "../core/plane-window";
import type { Probed, ProbeId } from "../core/probes";
import type { Quality } from "../core/quality/quality";
import type { RunSnapshot } from "../core/snapshot";
import type { StageFrame } from "../core/stage";
import type { LayerId } from "../core/stage-layers";
import type { Phase, Visited } from "../worker/protocol";

/** What the page knows of one arm. */
export interface ArmView {
  readonly id: ArmId;
  /** What it runs; the controls may already say something else. */
  readonly config: ExperimentConfig;
  readonly step: number;
  /** A sentence when the arm was stopped (a number was not finite), else null. */
  readonly stopped: string | null;
  /** How its steps run; null until the worker told. */
  readonly execution: Execution | null;
  /** Latest picture, with the step at which it was taken; null until the first one arrives. */
  readonly stage: { readonly step: number; readonly frame: StageFrame } | null;
  readonly curves: Curves | null;
  /** How good its generator is, at a step of its own; null until the first reading arrives. */
  readonly quality: Quality | null;
  /** What probes that are open read last. */
  readonly probed: Probed;
  /** G's sample at the latent sliders' point; null until the first one arrives. */
  readonly latentSample: { readonly values: Float32Array | Uint8ClampedArray; readonly logit: number } | null;
}

/** Something to say to the person; the UI shows notices as notifications or banners. */
export interface Notice {
  readonly id: number;
  readonly level: "info" | "warning" | "error";
  readonly title: string;
  readonly text: string;
  /** What can be done about it, as a button. */
  readonly action: { readonly label: string; readonly run: () => void } | null;
}

/** Steps at which a run was sound last. */
export interface SoundSteps {
  readonly latest: number;
  /** The same before the latest change of the experiment; null where it was not changed since. */
  readonly beforeChange: number | null;
}

export interface PlaygroundState {
  /** "starting" until the worker answered once; "dead" when it died and could not be restarted. */
  readonly worker: "starting" | "ready" | "restarting" | "dead";
  readonly phase: Phase;
  /** Training was asked for, and neither the person nor the worker has stopped it. It may still wait for its data. */
  readonly wantsTraining: boolean;
  readonly step: number;
  readonly stepsPerSecond: number;
  readonly speedLimit: number | null;
  readonly devicePreference: DevicePreference;
  readonly device: DeviceReport | null;
  /** Devices are being timed because the person asked. */
  readonly measuring: boolean;
  /** The experiment on the controls, every arm of it. See selectors.ts for its usual parts. */
  readonly experiment: Experiment;
  /** The arm whose settings the experiment panel shows and changes; always one of the experiment's. */
  readonly panelArm: ArmId;
  /** Problems with the current configuration that keep it from running, as sentences; the last good one goes on. */
  readonly refusals: readonly string[];
  /** What is known of each arm, in the experiment's order. */
  readonly arms: readonly ArmView[];
  readonly data: {
    readonly dataset: string;
    readonly loaded: number;
    readonly total: number;
    readonly error: string | null;
  } | null;
  readonly notices: readonly Notice[];
  /** There is a change to take back, or one that was taken back. */
  readonly canUndo: boolean;
  readonly canRedo: boolean;
  /** The latent point [latent.size] of the sliders. */
  readonly latent: Float32Array;
  /** The class that samples of the latent panel are asked for, and as samples of which D's map is drawn; for models that know classes. */
  readonly label: number;
  /** Shows G's averaged weights (EMA) instead of the raw ones, where there are any: they are what one would use. */
  readonly averaged: boolean;
  /** The layers of the picture of points that are switched on. */
  readonly layers: readonly LayerId[];
  /** Pictures of points go as far as the fakes, instead of as far as the data. */
  readonly zoomed: boolean;
  /** The part of the plane that the pictures of all arms show; null for the whole picture. */
  readonly window: PlaneWindow | null;
  /** What the networks are asked for beside pictures. */
  readonly probes: readonly ProbeId[];
  /** The moments of the run that one can go to, and its branches; null before there are any. */
  readonly film: FilmIndex | null;
  /** The past moment that the page shows; null in the present. */
  readonly visited: Visited | null;
  /** Where a run can be taken back to that has blown up; null before it was sound at a checkpoint. */
  readonly sound: SoundSteps | null;
}

/** What the page can do. None of these throws or rejects: what goes wrong becomes a notice. */
export interface PlaygroundActions {
  /** Does nothing while the experiment on the controls cannot run, as single steps do: another one would train. */
  train(until?: number, player?: Players): void;
  pause(): void;
  /** Trains, or pauses when training is wanted: what Train's button does. The last of many quick calls counts. */
  toggleTraining(): void;
  step(player: Players): void;
  reset(): void;
  setSpeedLimit(limit: number | null): void;
  setDevice(preference: DevicePreference): void;
  /** Times the experiment on every device that is there; with "auto", the fastest goes on. */
  measureDevices(): void;
  /** Puts another experiment in place of the present one, with all its arms. */
  openExperiment(experiment: Experiment): void;
  /**
   * Changes the arm that the panel speaks for. A change of the first arm reaches the others too, except where they differ
   * from it on purpose. Live or restart.
   */
  setConfig(config: ExperimentConfig): void;
  /** Adds an arm: to compare a lone one with (default: with the other of saturating/non-saturating), or a copy to change. */
  addArm(config?: ExperimentConfig): void;
  /** Ends one arm; where it was the first, the next one takes its place and its name. The last one stays. */
  removeArm(id: ArmId): void;
  /** One arm goes on alone, as the first. */
  keepOnly(id: ArmId): void;
  /** Which arm the experiment panel shows and changes. */
  speakFor(id: ArmId): void;
  setLatent(latent: Float32Array): void;
  setLabel(label: number): void;
  setAveraged(averaged: boolean): void;
  /** Switches a layer of the picture of points on or off. */
  setLayer(id: LayerId, shown: boolean): void;
  setZoomed(zoomed: boolean): void;
  /** Shows a part of the plane; null: the whole picture again. */
  setWindow(window: PlaneWindow | null): void;
  /** Shows another picture on an arm's stage than the latest, which waits meanwhile; null: the latest again. */
  showPicture(arm: ArmId, picture: ArmView["stage"]): void;
  /** Opens a probe or closes it. */
  setProbe(id: ProbeId, open: boolean): void;
  /** Takes the run back to where it was sound, with the experiment as it was then. Can be undone. */
  goBackToSound(which: keyof SoundSteps): void;
  /**
   * Goes to a moment of the run: stage, samples, sliders, measures and numbers are of that moment. Training pauses. Train, a step or
   * a change goes on from there; what the run had become stays as a branch. null: back to the present.
   * @param exact to the very step, otherwise to the kept moment next to it
   */
  visit(step: number | null, exact?: boolean): void;
  /** Goes to where another branch of the run has come to. */
  goToBranch(branch: number): void;
  /** Gives a branch of the run a name; an empty one takes it away. */
  nameBranch(branch: number, name: string): void;
  /** Forgets a branch of the run. */
  pruneBranch(branch: number): void;
  /** Takes the latest change of the experiment back; where it ended a run, networks and curves come back, at rest. */
  undo(): void;
  /** Makes the change again that was taken back. */
  redo(): void;
  /** Opens an experiment with a run of it that was made elsewhere, at rest. Can be undone. */
  openRun(experiment: Experiment, run: RunSnapshot): void;
  retryData(): void;
  dismiss(noticeId: number): void;
}
