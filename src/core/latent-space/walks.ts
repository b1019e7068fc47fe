/** Walks through several latents, and planes through three: where they lead. Values only; no sliders, no networks. */
import { type WalkWay, walkPoint } from "../walk";

/** The latent at `legs` legs (any number) of the loop from the first point through all others and back to the first. */
export function loopPoint(points: readonly Float32Array[], legs: number, way: WalkWay): Float32Array {
  const count = points.length;
  const at = ((legs % count) + count) % count;
  const leg = Math.floor(at);
  const [a, b] = [points[leg % count], points[(leg + 1) % count]];
  if (a === undefined || b === undefined) throw new RangeError("A walk needs a point to go to.");
  return walkPoint(a, b, at - leg, way);
}

/** `frames` latents for each leg of the loop, [legs · frames, size]; of two points there and back, of one that point. */
export function loopLatents(points: readonly Float32Array[], frames: number, way: WalkWay): Float32Array {
  const count = points.length * frames;
  const size = points[0]?.length ?? 0;
  const all = new Float32Array(count * size);
  for (let i = 0; i < count; i++) all.set(loopPoint(points, i / frames, way), i * size);
  return all;
}

const lengthOf = (z: ArrayLike<number>): number => {
  let sum = 0;
  for (let i = 0; i < z.length; i++) sum += (z[i] ?? 0) ** 2;
  return Math.sqrt(sum);
};

/** Scaled to a length; a vector of none stays. */
function ofLength(z: Float32Array, length: number): Float32Array {
  const own = lengthOf(z);
  return own > 0 ? z.map((value) => (value * length) / own) : z;
}

/**
 * The latent at `legs` legs of a smooth way through latents that are made as they are needed: Catmull and Rom's spline, which turns no
 * corners. With "slerp" its length is between that of the two latents that it is between, as on the great circle.
 */
export function smoothPoint(key: (i: number) => Float32Array, legs: number, way: WalkWay): Float32Array {
  const leg = Math.floor(legs);
  const t = legs - leg;
  const [a, b, c, d] = [key(Math.max(0, leg - 1)), key(leg), key(leg + 1), key(leg + 2)];
  const weights = [
    ((-t + 2) * t - 1) * t * 0.5,
    ((3 * t - 5) * t * t + 2) * 0.5,
    ((-3 * t + 4) * t + 1) * t * 0.5,
    (t - 1) * t * t * 0.5,
  ];
  const z = b.map((_, i) => [a, b, c, d].reduce((sum, point, k) => sum + (weights[k] ?? 0) * (point[i] ?? 0), 0));
  return way === "lerp" ? z : ofLength(z, (1 - t) * lengthOf(b) + t * lengthOf(c));
}

/** A plane in latent space: origin + u · across + v · up. */
export interface SpannedPlane {
  readonly origin: Float32Array;
  readonly across: Float32Array;
  readonly up: Float32Array;
  /** Lengths that latents at the origin, at across and at up have, between which those of others lie; null: as it comes. */
  readonly lengths: readonly [origin: number, across: number, up: number] | null;
}

/** The plane through three latents: the first at (0, 0), the others at (1, 0) and (0, 1). With "slerp" lengths stay those of the three. */
export function planeThrough(a: Float32Array, b: Float32Array, c: Float32Array, way: WalkWay): SpannedPlane {
  const from = (z: Float32Array) => z.map((value, i) => value - (a[i] ?? 0));
  const lengths = way === "slerp" ? ([lengthOf(a), lengthOf(b), lengthOf(c)] as const) : null;
  return { origin: a, across: from(b), up: from(c), lengths };
}

/** The latent at (u, v). */
export function planePoint({ origin, across, up, lengths }: SpannedPlane, u: number, v: number): Float32Array {
  const z = origin.map((value, i) => value + u * (across[i] ?? 0) + v * (up[i] ?? 0));
  if (lengths === null) return z;
  const wanted = (1 - u - v) * lengths[0] + u * lengths[1] + v * lengths[2];
  return wanted > 0 ? ofLength(z, wanted) : z;
}

/** What of a plane is looked at: its middle, and how far it goes to each side. */
export interface PlaneWindow {
  readonly u: number;
  readonly v: number;
  readonly reach: number;
}

/** Centres of side × side equal cells of the window, row 0 at the top (largest v): [side², size], row-major. */
export function planeGrid(plane: SpannedPlane, { u, v, reach }: PlaneWindow, side: number): Float32Array {
  const size = plane.origin.length;
  const all = new Float32Array(side * side * size);
  const offset = (i: number) => reach * ((2 * i + 1) / side - 1);
  for (let row = 0; row < side; row++) {
    for (let column = 0; column < side; column++) {
      all.set(planePoint(plane, u + offset(column), v - offset(row)), (row * side + column) * size);
    }
  }
  return all;
}
