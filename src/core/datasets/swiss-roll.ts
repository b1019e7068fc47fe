/** The rolled-up sheet of scikit-learn's make_swiss_roll seen from the side, centred and divided by 7. */
import { cosSinTurns } from "../elementary";
import { noisyCurve } from "./noisy-curve";
import type { PointDataset } from "./types";

const SCALE = 1 / 7;
// Means of θ cos θ and θ sin θ for θ uniform on [1.5π, 4.5π].
const MEAN_X = 2;
const MEAN_Y = 2 / (3 * Math.PI);

export const swissRoll: PointDataset = {
  kind: "points",
  id: "swiss-roll",
  name: "Swiss roll",
  description: "One band rolled up one and a half times, denser inside. The generator has to bend a sheet into it.",
  extent: 2.8,
  ...noisyCurve({
    pieces: 1,
    sigma: 0.05,
    spread: "uniform",
    point(t, _piece, out) {
      const turns = 0.75 * (1 + 2 * t);
      const theta = 2 * Math.PI * turns; // [1.5π, 4.5π]
      cosSinTurns(turns, out, 0);
      out[0] = SCALE * (theta * (out[0] ?? 0) - MEAN_X);
      out[1] = SCALE * (theta * (out[1] ?? 0) - MEAN_Y);
    },
  }),
};
