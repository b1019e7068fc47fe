/** Uniform on [-2, 2]: sharp edges, no tails. */
import { uniforms } from "../rng";
import type { PointDataset } from "./types";

export const uniform1d: PointDataset = {
  kind: "points",
  id: "uniform-1d",
  name: "Uniform (1-D)",
  description: "Flat between -2 and 2 and nothing outside: a smooth generator has to learn two sharp edges.",
  dimension: 1,
  extent: 3,
  sample(out, seed, stream, step) {
    uniforms(out, seed, stream, step);
    for (let i = 0; i < out.length; i++) out[i] = 4 * (out[i] ?? 0) - 2;
  },
  density: (x) => (Math.abs(x) <= 2 ? 0.25 : 0),
};
