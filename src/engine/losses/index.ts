/** The table of losses. To add one: its row in core/losses, a file here, a line below. */
import type { LossId } from "../../core/losses";
import { fForwardKl, fJs, fPearson, fReverseKl } from "./f-gan";
import { featureMatching } from "./feature-matching";
import { hinge } from "./hinge";
import { leastSquares } from "./least-squares";
import { minimax } from "./minimax";
import { nonSaturating } from "./non-saturating";
import { relativistic } from "./relativistic";
import type { GanLoss } from "./types";
import { wasserstein } from "./wasserstein";

export type { GanLoss } from "./types";

export const GAN_LOSSES: Readonly<Record<LossId, GanLoss>> = {
  minimax,
  "non-saturating": nonSaturating,
  "least-squares": leastSquares,
  wasserstein,
  hinge,
  relativistic,
  "f-forward-kl": fForwardKl,
  "f-reverse-kl": fReverseKl,
  "f-pearson": fPearson,
  "f-js": fJs,
  "feature-matching": featureMatching,
};
