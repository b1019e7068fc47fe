/** Two interleaving half circles: scikit-learn's make_moons, centred and scaled by 5/4. */
import { cosSinTurns } from "../elementary";
import { noisyCurve } from "./noisy-curve";
import type { PointDataset } from "./types";

const SCALE = 1.25;

export const moons: PointDataset = {
  kind: "points",
  id: "moons",
  name: "Two moons",
  description: "Two interleaving crescents: two separate, curved pieces that a generator must tear its plane for.",
  extent: 2.6,
  ...noisyCurve({
    pieces: 2,
    sigma: 0.08,
    spread: "uniform",
    point(t, piece, out) {
      cosSinTurns(0.5 * t, out, 0);
      // upper: (cos, sin); lower: (1 - cos, 1/2 - sin); their common mean is (1/2, 1/4)
      const side = piece === 0 ? 1 : -1;
      out[0] = side * SCALE * ((out[0] ?? 0) - 0.5);
      out[1] = side * SCALE * ((out[1] ?? 0) - 0.25);
    },
  }),
};
