/** How far G's grid is bent while its morph plays: from the square net of latents (0) to where G sends it (1). */
import { create } from "zustand";

/** Null while nothing plays: then the grid is where G sends it. */
export const useMorph = create<{ readonly bent: number | null }>(() => ({ bent: null }));

/** The net rests as it is in latent space, then bends, milliseconds. */
const REST_MS = 500;
const BEND_MS = 1600;

let frame = 0;

/** Plays the morph once. Where a person asked for less motion, the net of latents is shown, and then G's. */
export function playMorph(): void {
  cancelAnimationFrame(frame);
  const calm = window.matchMedia("(prefers-reduced-motion: reduce)").matches;
  const started = performance.now();
  const step = (now: number) => {
    const t = Math.min(1, Math.max(0, (now - started - REST_MS) / BEND_MS));
    useMorph.setState({ bent: t === 1 ? null : calm ? 0 : t * t * (3 - 2 * t) });
    if (t < 1) frame = requestAnimationFrame(step);
  };
  frame = requestAnimationFrame(step);
}
