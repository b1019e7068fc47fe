/** Two concentric circles of radius 2 and 1 with a little noise, each with half of the samples. */
import { cosSinTurns } from "../elementary";
import { noisyCurve } from "./noisy-curve";
import type { PointDataset } from "./types";

export const circles: PointDataset = {
  kind: "points",
  id: "circles",
  name: "Concentric circles",
  description: "A circle within a circle: closed curves, which a continuous map of a blob can only approximate.",
  extent: 2.8,
  ...noisyCurve({
    pieces: 2,
    sigma: 0.06,
    spread: "uniform",
    point(t, piece, out) {
      cosSinTurns(t, out, 0);
      const radius = piece === 0 ? 2 : 1;
      out[0] = radius * (out[0] ?? 0);
      out[1] = radius * (out[1] ?? 0);
    },
  }),
};
