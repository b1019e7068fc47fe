/** The frames of the directions' strips: the present latent with one coordinate swept from end to end. Numbers only. */
import { type Direction, moveAlong } from "../../../core/latent-space/directions";

/** Of a strip; the middle one is at 0. */
export const FRAMES = 7;

/** A direction's coordinate in the i-th frame. */
export const frameValue = (i: number, range: number): number => range * ((2 * i) / (FRAMES - 1) - 1);

/** Latents [directions · FRAMES, size] of all strips, one after the other. */
export function stripLatents(z: Float32Array, directions: readonly Direction[], range: number): Float32Array {
  const all = new Float32Array(directions.length * FRAMES * z.length);
  for (const [k, direction] of directions.entries()) {
    for (let i = 0; i < FRAMES; i++) {
      all.set(moveAlong(z, direction, frameValue(i, range)), (k * FRAMES + i) * z.length);
    }
  }
  return all;
}
