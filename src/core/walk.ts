/** Walks between two latents: where they lead, and how far along one a latent lies. Values only; no sliders, no networks. */
import type { LatentPrior } from "./config";
import { lerp, SLERP_FROM, slerp } from "./latents";

export const WALK_WAYS = ["lerp", "slerp"] as const;
/** "lerp": a straight line; "slerp": the great circle, where a Gaussian of many dimensions has its mass. */
export type WalkWay = (typeof WALK_WAYS)[number];

const WAYS = { lerp, slerp } satisfies Record<WalkWay, typeof lerp>;

/** The way that stays where the prior has its mass: slerp for Gaussians of SLERP_FROM dimensions or more (White 2016). */
export function usualWay(prior: LatentPrior, size: number): WalkWay {
  return prior === "normal" && size >= SLERP_FROM ? "slerp" : "lerp";
}

/** The latent at `share` (0 to 1) of the walk from a to b. @throws RangeError when the lengths differ */
export function walkPoint(a: ArrayLike<number>, b: ArrayLike<number>, share: number, way: WalkWay): Float32Array {
  return WAYS[way](a, b, share);
}

/** `steps` latents at equal shares of the walk, both ends included: [steps, size], row-major. */
export function walkLatents(
  a: ArrayLike<number>,
  b: ArrayLike<number>,
  steps: number,
  way: WalkWay,
): Float32Array<ArrayBuffer> {
  const all = new Float32Array(steps * a.length);
  for (let i = 0; i < steps; i++) all.set(walkPoint(a, b, i / Math.max(1, steps - 1), way), i * a.length);
  return all;
}

export interface WalkPlace {
  /** Share of the walk, 0 at a and 1 at b, of its point nearest to the latent. */
  readonly share: number;
  /** Distance of the latent from that point. */
  readonly distance: number;
  /** Whether the latent is on the walk, but for the rounding of single precision. */
  readonly on: boolean;
}

/** Shares that are tried first; a walk has no two nearest points closer together than this. */
const COARSE = 100;
const REFINEMENTS = 24; // halves the interval of 2/100 to below single precision
const ON_SHARE = 1e-4; // of the walk's length

/** How far along the walk from a to b the latent z lies, and how far beside it. */
export function placeOnWalk(a: ArrayLike<number>, b: ArrayLike<number>, z: ArrayLike<number>, way: WalkWay): WalkPlace {
  const far = (share: number) => distance(walkPoint(a, b, share, way), z);
  let share = 0;
  let least = Number.POSITIVE_INFINITY;
  for (let i = 0; i <= COARSE; i++) {
    const found = far(i / COARSE);
    if (found < least) [share, least] = [i / COARSE, found];
  }
  let reach = 1 / COARSE;
  for (let i = 0; i < REFINEMENTS; i++) {
    for (const tried of [Math.max(0, share - reach), Math.min(1, share + reach)]) {
      const found = far(tried);
      if (found < least) [share, least] = [tried, found];
    }
    reach /= 2;
  }
  return { share, distance: least, on: least <= ON_SHARE * distance(a, b) + 1e-6 };
}

/** Euclidean distance of two latents of one size. */
function distance(a: ArrayLike<number>, b: ArrayLike<number>): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += ((a[i] ?? 0) - (b[i] ?? 0)) ** 2;
  return Math.sqrt(sum);
}
