/** Who learned in the latest step, off an arm's curves. Pure. */
import type { Curves } from "../../core/history";
import type { ModelInfo } from "../../core/models";
import { columnReader } from "../../core/step-table";
import { playerReading } from "../model/model-numbers";

/** The players that the latest step updated: a step in which only one moved has no loss of the others. */
export function movedPlayers(model: ModelInfo, curves: Curves | null): readonly string[] {
  const last = (curves?.steps.length ?? 0) - 1;
  if (curves === null || last < 0) return [];
  return Object.keys(model.players).filter((player) => {
    const [loss = ""] = playerReading(model, player, "loss") ?? [];
    return Number.isFinite(columnReader(curves, loss)(last));
  });
}
