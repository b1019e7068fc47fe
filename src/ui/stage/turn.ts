/** Who learned in the latest step, off an arm's curves. Pure. */
import type { Curves } from "../../core/history";
import type { ModelInfo } from "../../core/models";
import { columnReader } from "../../core/step-table";

/** The players that the latest step updated: a step in which only one moved has no loss of the others. */
export function movedPlayers({ players, readings }: ModelInfo, curves: Curves | null): readonly string[] {
  const last = (curves?.steps.length ?? 0) - 1;
  if (curves === null || last < 0) return [];
  const losses = Object.entries(readings).filter(([, { is }]) => is === "loss");
  return Object.keys(players).filter((player) =>
    losses.some(([id, reading]) => reading.player === player && Number.isFinite(columnReader(curves, id)(last))),
  );
}
