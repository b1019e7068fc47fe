/** Uniform on the eight dark cells of a 4 × 4 board over [-2, 2]². */
import { random } from "../rng";
import type { PointDataset } from "./types";

/** A cell is dark when its column and row, counted from the lower left, have an even sum. */
const dark = (column: number, row: number) => (column + row) % 2 === 0;

export const checkerboard: PointDataset = {
  kind: "points",
  id: "checkerboard",
  name: "Checkerboard",
  description: "Eight squares with sharp edges that touch only at corners. Bridges between squares are to be expected.",
  dimension: 2,
  extent: 2.5,
  sample(out, seed, stream, step) {
    const r = random(seed, stream, step);
    for (let i = 0; i < out.length; i += 2) {
      const cell = r.integer(8);
      const row = cell >> 1;
      const column = 2 * (cell & 1) + (row & 1);
      out[i] = column - 2 + r.uniform();
      out[i + 1] = row - 2 + r.uniform();
    }
  },
  density(x, y = 0) {
    if (x < -2 || x >= 2 || y < -2 || y >= 2) return 0;
    return dark(Math.floor(x + 2), Math.floor(y + 2)) ? 1 / 8 : 0;
  },
};
