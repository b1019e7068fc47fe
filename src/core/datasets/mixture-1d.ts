/** Three Gaussians on the line. */
import { gaussianMixture } from "./mixture";
import type { PointDataset } from "./types";

export const mixture1d: PointDataset = {
  kind: "points",
  id: "mixture-1d",
  name: "Three Gaussians (1-D)",
  description: "Three separate bumps on a line: the smallest target on which a generator can miss a mode.",
  extent: 4,
  ...gaussianMixture(1, [[-2], [0], [2]], 0.3),
};
