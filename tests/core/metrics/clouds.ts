/** Real samples for the metrics' tests, drawn by the project's own generator. No test. */
import type { Modes } from "../../../src/core/datasets/types";
import { normals, random } from "../../../src/core/rng";

const STREAM = 200; // no stream of the project's

/** Eight modes at k/8 of a turn, radius 2, sigma 0.02. */
export const RING: Modes = {
  sigma: 0.02,
  centers: Array.from({ length: 8 }, (_, k) => [2 * Math.cos((k * Math.PI) / 4), 2 * Math.sin((k * Math.PI) / 4)]),
};

/** {-4, -2, 0, 2, 4}², sigma 0.05. */
export const GRID: Modes = {
  sigma: 0.05,
  centers: Array.from({ length: 25 }, (_, k) => [2 * (k % 5) - 4, 2 * Math.floor(k / 5) - 4]),
};

/** n points of the mixture, [n, 2]. `only` restricts it to the first so many modes; `scale` multiplies sigma. */
export function mixture(
  modes: Modes,
  n: number,
  seed: number,
  { only = modes.centers.length, scale = 1 } = {},
): Float32Array {
  const pick = random(seed, STREAM, 0);
  const noise = normals(new Float32Array(2 * n), seed, STREAM, 1);
  for (let i = 0; i < n; i++) {
    const [x = 0, y = 0] = modes.centers[pick.integer(only)] ?? [];
    noise[2 * i] = x + modes.sigma * scale * (noise[2 * i] ?? 0);
    noise[2 * i + 1] = y + modes.sigma * scale * (noise[2 * i + 1] ?? 0);
  }
  return noise;
}

/** n standard normal points, [n, dimension], each moved by `shift`. */
export function gaussian(n: number, dimension: number, seed: number, shift: readonly number[] = []): Float32Array {
  const points = normals(new Float32Array(n * dimension), seed, STREAM, 2);
  return points.map((value, i) => value + (shift[i % dimension] ?? 0));
}

/** n copies of one point. */
export const collapsed = (n: number, point: readonly number[]): Float32Array =>
  Float32Array.from({ length: n * point.length }, (_, i) => point[i % point.length] ?? 0);
