/** The table of penalties. To add one: its row in core/penalties, a file here, a line below. */
import { PENALTY_IDS, type PenaltyId } from "../../core/penalties";
import { clip } from "./clip";
import { dragan } from "./dragan";
import type { Constraint, GradientPenalty, Penalty } from "./types";
import { wganGp } from "./wgan-gp";
import { r1, r2 } from "./zero-slope";

export type { Constraint, GradientPenalty, PenaltyInputs } from "./types";

export const GAN_PENALTIES: Readonly<Record<PenaltyId, Penalty>> = { clip, wganGp, dragan, r1, r2 };

/** The penalties whose strength is above zero, by kind. */
export function activePenalties(strengths: Readonly<Record<PenaltyId, number>>) {
  const gradient: { penalty: GradientPenalty; strength: number }[] = [];
  const constraints: { penalty: Constraint; strength: number }[] = [];
  for (const id of PENALTY_IDS) {
    const penalty = GAN_PENALTIES[id];
    const strength = strengths[id];
    if (strength === 0) continue;
    if (penalty.kind === "gradient") gradient.push({ penalty, strength });
    else constraints.push({ penalty, strength });
  }
  return { gradient, constraints };
}
