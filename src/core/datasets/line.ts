/** A straight segment from (-2, -1) to (2, 1) with a little noise. */
import { noisyCurve } from "./noisy-curve";
import type { PointDataset } from "./types";

export const line: PointDataset = {
  kind: "points",
  id: "line",
  name: "Line",
  description: "A thin straight segment: the simplest data that fills no area. See how fast D becomes certain.",
  extent: 2.8,
  ...noisyCurve({
    pieces: 1,
    sigma: 0.05,
    spread: "uniform",
    point(t, _piece, out) {
      out[0] = 4 * t - 2;
      out[1] = 2 * t - 1;
    },
  }),
};
