/** What the page knows of latent space beyond the sliders' point: pins, the walk between them, the map, the pointer. No worker. */

import type { ArmId } from "../../core/arms";
import type { WalkWay } from "../../core/walk";
import type { Generated } from "../../worker/protocol";

export const PIN_NAMES = ["a", "b", "c", "d", "e", "f", "g", "h"] as const;
export type PinName = (typeof PIN_NAMES)[number];

/** Latent points to come back to; the panel walks between the first two, the view of latent space through all of them. */
export type Pins = Readonly<Record<PinName, Float32Array | null>>;

export const NO_PINS: Pins = { a: null, b: null, c: null, d: null, e: null, f: null, g: null, h: null };

export const MAP_TINTS = ["place", "opinion", "none"] as const;
/** What colours the map: where G sends each z (for images: the images themselves), D's opinion of it, or nothing. */
export type MapTint = (typeof MAP_TINTS)[number];

export const STEP_CHOICES = [5, 7, 9, 12, 16] as const;
export type StepChoice = (typeof STEP_CHOICES)[number];

export const SECONDS_CHOICES = [2, 4, 8, 16] as const;
export type SecondsChoice = (typeof SECONDS_CHOICES)[number];

/** G's samples of a list of latents, an entry per arm. */
export type ArmSamples = Generated["arms"][number];

/** A point of data space with each arm's logit D(x). */
export interface Judged {
  readonly x: Float32Array;
  readonly logits: readonly { readonly arm: ArmId; readonly logit: number }[];
}

/** What a person chose; remembered over a reload. */
export interface LatentSettings {
  readonly pins: Pins;
  /** null: the way that is usual for the prior and its size. */
  readonly way: WalkWay | null;
  /** Images of the film strip. */
  readonly steps: StepChoice;
  /** Seconds that Play takes from one pin to the other. */
  readonly seconds: SecondsChoice;
  readonly tint: MapTint;
  /** The dimensions that the map shows: across, and up. */
  readonly plane: readonly [across: number, up: number];
}

export interface LatentState extends LatentSettings {
  /** G's samples along the walk, or of the one pin there is; null before they come and where there is no pin. */
  readonly walk: { readonly count: number; readonly arms: readonly ArmSamples[] } | null;
  /** G's samples of the map's cells [side, side], row 0 at the top; null before they come. */
  readonly map: { readonly side: number; readonly arms: readonly ArmSamples[] } | null;
  /** The point of data space that is pointed at, and the latest point there that D was asked about. */
  readonly pointer: { readonly x: Float32Array; readonly judged: Judged | null } | null;
}

export const DEFAULT_SETTINGS: LatentSettings = {
  pins: NO_PINS,
  way: null,
  steps: 9,
  seconds: 4,
  tint: "place",
  plane: [0, 1],
};

export interface LatentActions {
  /** Remembers the sliders' point as a pin. */
  pin(name: PinName): void;
  unpin(name: PinName): void;
  /** A becomes B and B becomes A. */
  swap(): void;
  setWay(way: WalkWay): void;
  setSteps(steps: StepChoice): void;
  setSeconds(seconds: SecondsChoice): void;
  setTint(tint: MapTint): void;
  setPlane(plane: LatentSettings["plane"]): void;
  /** Moves the sliders' point to a share of the walk; nothing without two pins. */
  walkTo(share: number): void;
  /** Keeps the map up to date until the returned function is called. */
  watchMap(): () => void;
  /** Points at data, or at nothing. */
  point(x: Float32Array | null): void;
}
