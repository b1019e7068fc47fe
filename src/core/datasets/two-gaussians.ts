/** Two Gaussians in the plane, wide enough to be easy. */
import { gaussianMixture } from "./mixture";
import type { PointDataset } from "./types";

export const twoGaussians: PointDataset = {
  kind: "points",
  id: "two-gaussians",
  name: "Two Gaussians",
  description: "Two soft clusters. A generator that jumps from one to the other is oscillating.",
  extent: 3,
  ...gaussianMixture(
    2,
    [
      [-1.2, -1.2],
      [1.2, 1.2],
    ],
    0.35,
  ),
};
