/** Finds the first number of a run that is not finite. No sentences on what to do, no stopping. */
import type { Players } from "../config";
import type { ModelInfo } from "../models";
import { columnReader, type StepTable } from "../step-table";

export interface NotFinite {
  readonly step: number;
  /** Whose update computed it. */
  readonly player: string;
  /** What it is and what became of it: "D's loss was no longer a number". */
  readonly what: string;
}

/** The first number that is not finite among steps that updated `players`; NaN where a step did not compute a reading is well. */
export function firstNotFinite(model: ModelInfo, numbers: StepTable, players: Players): NotFinite | null {
  const readers = Object.entries(model.readings).flatMap(([id, info]) =>
    info.finite && (players === "all" || players === info.player) ? { ...info, read: columnReader(numbers, id) } : [],
  );
  for (const [row, step] of numbers.steps.entries()) {
    for (const { player, words, read } of readers) {
      const value = read(row);
      if (Number.isFinite(value)) continue;
      const became = Number.isNaN(value) ? "was no longer a number" : "grew beyond all bounds";
      return { step, player, what: `${words} ${became}` };
    }
  }
  return null;
}
