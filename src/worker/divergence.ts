/** Finds numbers that are not finite and says what that means. No tensors, no stopping. */
import type { Players } from "../core/config";
import type { ModelInfo } from "../core/models";
import { columnReader } from "../core/step-table";
import type { StepNumbers } from "../engine/numbers";

/**
 * The first number that is not finite among steps that updated `players`, as a sentence for people: which number, at which
 * step, likely why, what to try. null when all is well. (NaN where a step did not compute a series is well.)
 */
export function explainDivergence(model: ModelInfo, numbers: StepNumbers, players: Players): string | null {
  const watched = Object.entries(model.readings).flatMap(([id, info]) =>
    info.finite && (players === "all" || players === info.player) ? { ...info, read: columnReader(numbers, id) } : [],
  );
  for (const [row, step] of numbers.steps.entries()) {
    for (const { player, words, read } of watched) {
      const value = read(row);
      if (Number.isFinite(value)) continue;
      const became = Number.isNaN(value) ? "was no longer a number" : "grew beyond all bounds";
      const who = model.players[player]?.symbol ?? player;
      return (
        `At step ${step}, ${words} ${became}. Most often the weights ran away because the updates were too large. ` +
        `The last good state is kept: lower ${who}'s learning rate or add a regulariser, then train on, or reset.`
      );
    }
  }
  return null;
}
