/** A two-armed Archimedean spiral of one and a half turns, symmetric about the origin. */
import { cosSinTurns } from "../elementary";
import { noisyCurve } from "./noisy-curve";
import type { PointDataset } from "./types";

export const spiral: PointDataset = {
  kind: "points",
  id: "spiral",
  name: "Spiral",
  description: "Two arms wound around each other: long, thin and curved, with empty lanes between them.",
  extent: 2.6,
  ...noisyCurve({
    pieces: 2,
    sigma: 0.05,
    spread: "rising",
    point(t, piece, out) {
      cosSinTurns(1.5 * t + 0.5 * piece, out, 0);
      const radius = 0.2 + 1.8 * t;
      out[0] = radius * (out[0] ?? 0);
      out[1] = radius * (out[1] ?? 0);
    },
  }),
};
