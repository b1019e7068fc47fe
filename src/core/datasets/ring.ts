/** Eight Gaussians on a circle of radius 2, σ = 0.02: the usual test for missing modes (Metz et al., Unrolled GAN, 2016). */
import { cosSinTurns } from "../elementary";
import { gaussianMixture } from "./mixture";
import type { PointDataset } from "./types";

const MODES = 8;
const RADIUS = 2;

// k / 8 of a turn for k = 0..7. Eight points from 0 to 2π inclusive would be seven modes: the first and last coincide.
const centers = Array.from({ length: MODES }, (_, k) => {
  const wave = cosSinTurns(k / MODES, new Float64Array(2), 0);
  return [RADIUS * (wave[0] ?? 0), RADIUS * (wave[1] ?? 0)];
});

export const ring: PointDataset = {
  kind: "points",
  id: "ring",
  name: "Ring of 8 Gaussians",
  description: "Eight tight clusters on a circle. Plain GANs tend to lose some of them: that is mode collapse.",
  extent: 3,
  ...gaussianMixture(2, centers, 0.02),
};
