/**
 * A kernel density estimate as a distribution: an isotropic Gaussian around each of some points, all equally likely. Sampler and
 * exact density. Not a dataset of its own, and not how wide the Gaussians should be (bandwidth.ts).
 */
import { random } from "../../rng";
import type { PointDataset } from "../types";

/** Beyond so many standard deviations a kernel adds nothing that a picture or a metric would notice (4e-6 of its height). */
const REACH = 5;

/** @param points [n, dimension], data units @param sigma standard deviation of every kernel */
export function kernelMixture(
  dimension: 1 | 2,
  points: Float64Array,
  sigma: number,
): Required<Pick<PointDataset, "dimension" | "sample" | "density">> {
  const count = points.length / dimension;
  const norm = 1 / (count * (sigma * Math.sqrt(2 * Math.PI)) ** dimension);
  let cells: ReadonlyMap<number, readonly number[]> | undefined; // made when a density is first asked for
  return {
    dimension,
    sample(out, seed, stream, step) {
      const r = random(seed, stream, step);
      for (let i = 0; i < out.length; i += dimension) {
        const at = dimension * r.integer(count);
        out[i] = (points[at] ?? 0) + sigma * r.normal();
        if (dimension === 2) out[i + 1] = (points[at + 1] ?? 0) + sigma * r.second;
      }
    },
    density(x, y = 0) {
      cells ??= cellsOf(points, dimension, REACH * sigma);
      const [column, row] = [cellAt(x, REACH * sigma), dimension === 2 ? cellAt(y, REACH * sigma) : 0];
      let sum = 0;
      for (let dc = -1; dc <= 1; dc++) {
        for (let dr = dimension === 2 ? -1 : 0; dr <= (dimension === 2 ? 1 : 0); dr++) {
          for (const at of cells.get(key(column + dc, row + dr)) ?? []) {
            const dx = x - (points[at] ?? 0);
            const dy = dimension === 2 ? y - (points[at + 1] ?? 0) : 0;
            sum += Math.exp((-0.5 * (dx * dx + dy * dy)) / (sigma * sigma));
          }
        }
      }
      return sum * norm;
    },
  };
}

const cellAt = (x: number, side: number) => Math.floor(x / side);
const key = (column: number, row: number) => column * 100_003 + row;

/** Points by cells as wide as a kernel reaches: only the cells around a place matter to it. */
function cellsOf(points: Float64Array, dimension: 1 | 2, side: number): ReadonlyMap<number, readonly number[]> {
  const cells = new Map<number, number[]>();
  for (let at = 0; at < points.length; at += dimension) {
    const cell = key(cellAt(points[at] ?? 0, side), dimension === 2 ? cellAt(points[at + 1] ?? 0, side) : 0);
    const there = cells.get(cell);
    if (there === undefined) cells.set(cell, [at]);
    else there.push(at);
  }
  return cells;
}
