/** 25 Gaussians on a 5 × 5 grid, {-4, -2, 0, 2, 4}², σ = 0.05, as in the PacGAN paper's first table. */
import { gaussianMixture } from "./mixture";
import type { PointDataset } from "./types";

const TICKS = [-4, -2, 0, 2, 4];

export const grid: PointDataset = {
  kind: "points",
  id: "grid",
  name: "Grid of 25 Gaussians",
  description: "Twenty-five tight clusters. Counting how many are found is the standard measure of missing modes.",
  extent: 5,
  ...gaussianMixture(
    2,
    TICKS.flatMap((y) => TICKS.map((x) => [x, y])),
    0.05,
  ),
};
