/** Whose turn the latest step was, off an arm's curves. Pure. */
import type { Curves } from "../../core/history";
import { columnReader } from "../../core/step-table";

export type Turn = "none" | "both" | "discriminator" | "generator";

/** A step in which only one player moved has no loss of the other. */
export function turnOf(curves: Curves | null): Turn {
  const last = (curves?.steps.length ?? 0) - 1;
  if (!curves || last < 0) return "none";
  const moved = (name: string) => Number.isFinite(columnReader(curves, name)(last));
  if (moved("dLoss") && moved("gLoss")) return "both";
  if (moved("dLoss")) return "discriminator";
  return moved("gLoss") ? "generator" : "none";
}
