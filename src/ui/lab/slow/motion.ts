/** Pictures between two pictures of the stage, so that an update is seen as motion. Pure. */
import type { StageFrame } from "../../../core/stage";

/** Between two pictures of the same kind: samples and D's opinion on their way. @param t from 0 to 1 */
export function between(from: StageFrame, to: StageFrame, t: number): StageFrame {
  if (from.kind === "images" || to.kind === "images" || from.kind !== to.kind) return t < 0.5 ? from : to;
  if (from.fakes.length !== to.fakes.length || from.logits.length !== to.logits.length) return to;
  return { ...to, fakes: mix(from.fakes, to.fakes, t), logits: mix(from.logits, to.logits, t), views: {} };
}

const mix = (a: Float32Array, b: Float32Array, t: number): Float32Array =>
  a.map((value, i) => value + t * ((b[i] ?? value) - value));

/** A picture without the arrows of the loss. */
export function withoutArrows(frame: StageFrame): StageFrame {
  if (frame.kind === "images") return frame;
  const { pulls: _, ...views } = frame.views;
  return { ...frame, views };
}

/** Slow at both ends. */
export const eased = (t: number): number => t * t * (3 - 2 * t);
