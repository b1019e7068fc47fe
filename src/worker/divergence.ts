/** Finds numbers that are not finite and says what that means. No tensors, no stopping. */
import type { Players } from "../core/config";
import { READING_IDS, READINGS } from "../core/readings";
import { columnReader } from "../core/step-table";
import type { StepNumbers } from "../engine/numbers";

/**
 * The first number that is not finite among steps that updated `players`, as a sentence for people: which number, at which
 * step, likely why, what to try. null when all is well. (NaN where a step did not compute a series is well.)
 */
export function explainDivergence(numbers: StepNumbers, players: Players): string | null {
  const watched = READING_IDS.filter((id) => {
    const { player, finite } = READINGS[id];
    return finite && (players === "both" || players === player);
  }).map((id) => ({ ...READINGS[id], read: columnReader(numbers, id) }));
  for (const [row, step] of numbers.steps.entries()) {
    for (const { player, words, read } of watched) {
      const value = read(row);
      if (Number.isFinite(value)) continue;
      const became = Number.isNaN(value) ? "was no longer a number" : "grew beyond all bounds";
      const network = player === "discriminator" ? "D" : "G";
      return (
        `At step ${step}, ${words} ${became}. Most often the weights ran away because the updates were too large. ` +
        `The last good state is kept: lower ${network}'s learning rate or add a regulariser, then train on, or reset.`
      );
    }
  }
  return null;
}
