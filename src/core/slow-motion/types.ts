/** One training step taken apart into stages, as the engine tells them. Types only; their words: words.ts. */
import type { StageFrame } from "../stage";

/** What turns draw, by its name in the feed of a turn (engine/models). Other draws (dropout's masks, say) are no stages of their own. */
export const DRAWN = ["real", "z", "noise", "labels"] as const;
export type Drawn = (typeof DRAWN)[number];

/** Numbers of a minibatch. */
export interface TensorSummary {
  /** [batch, ...]. */
  readonly shape: readonly number[];
  readonly mean: number;
  readonly deviation: number;
  readonly lowest: number;
  readonly highest: number;
  /** The first examples one after the other, where an example is but a few numbers; empty otherwise. */
  readonly examples: Float32Array;
}

/** What a pass goes out from: real samples, what another network made, or what was drawn. */
export type PassInput = "real" | "made" | "drawn";

export type SlowStage = {
  readonly player: string;
  /** Which of the player's turns in the step, counted from 0. */
  readonly turn: number;
  /** The picture that belongs to it, by its place among the step's. */
  readonly picture: number;
} & (
  | { readonly kind: "draw"; readonly what: Drawn; readonly numbers: TensorSummary }
  | { readonly kind: "pass"; readonly network: string; readonly of: PassInput; readonly numbers: TensorSummary }
  /** By the model's names. */
  | { readonly kind: "loss"; readonly readings: Readonly<Record<string, number>> }
  /** L2 norms by network. */
  | { readonly kind: "gradient"; readonly norms: Readonly<Record<string, number>> }
  | {
      readonly kind: "update";
      readonly networks: Readonly<Record<string, { readonly change: number; readonly weights: number }>>;
    }
);

/** A whole step, which was taken back. */
export interface SlowStep {
  /** Steps done before it. */
  readonly step: number;
  readonly stages: readonly SlowStage[];
  /** Before the step, and after each turn. */
  readonly pictures: readonly StageFrame[];
}
