/** N(0, 1) on the line: the target of figure 1 in Goodfellow et al., "Generative adversarial nets" (2014). */
import { gaussianMixture } from "./mixture";
import type { PointDataset } from "./types";

export const gaussian1d: PointDataset = {
  kind: "points",
  id: "gaussian-1d",
  name: "One Gaussian (1-D)",
  description: "The bell curve of the 2014 paper's first figure. Watch the generated density slide under the real one.",
  extent: 4,
  ...gaussianMixture(1, [[0]], 1),
};
