/**
 * The training doctor: a run so far in, findings out. To add one: a file here, its line in the table, a run that provokes it in
 * tests/core/diagnosis/doctor.test.ts. Nothing is trained or changed here.
 */
import { batchNorm } from "./batch-norm";
import { collapse } from "./collapse";
import { dead } from "./dead";
import { divergence } from "./divergence";
import { equilibrium } from "./equilibrium";
import { memorising } from "./memorising";
import { oscillation } from "./oscillation";
import { overpowers } from "./overpowers";
import { ratesApart } from "./rates-apart";
import type { Course, Evidence, Finding } from "./types";
import { vanishing } from "./vanishing";
import { weak } from "./weak";

export type { Course, Evidence, Finding, Gauge, Remedy } from "./types";

/** In the order of how much they matter: what comes first is often why the rest is there. */
export const FINDINGS = {
  divergence,
  dead,
  vanishing,
  overpowers,
  collapse,
  oscillation,
  weak,
  memorising,
  batchNorm,
  ratesApart,
  equilibrium,
} as const satisfies Readonly<Record<string, Finding>>;

export type FindingId = keyof typeof FINDINGS;
export const FINDING_IDS = Object.keys(FINDINGS) as readonly FindingId[];

export interface Found {
  readonly id: FindingId;
  readonly seen: readonly Evidence[];
}

/** What holds of a run now. A finding that a deeper one explains is left out. */
export function diagnose(course: Course): readonly Found[] {
  const found: Found[] = [];
  for (const id of FINDING_IDS) {
    const seen = FINDINGS[id].look(course);
    if (seen !== null) found.push({ id, seen });
  }
  const has = (id: FindingId) => found.some((one) => one.id === id);
  if (has("divergence")) return found.filter(({ id }) => id === "divergence"); // the rest follows from it
  return found.filter(({ id }) => !(id === "weak" && (has("dead") || has("oscillation") || has("batchNorm"))));
}
