/** Finds numbers that are not finite and says what that means. No tensors, no stopping. */
import type { Players } from "../core/config";
import { STEP_SERIES, STEP_SERIES_COUNT, type StepSeries } from "../core/history";
import type { StepNumbers } from "../engine/numbers";

type Who = "discriminator" | "generator";

/** Series whose every value must be finite in a step that updates that player, in words. */
const WATCHED: Partial<Record<StepSeries, readonly [Who, string]>> = {
  dLogitReal: ["discriminator", "D's score of the reals"],
  dLogitFake: ["discriminator", "D's score of the fakes"],
  dLoss: ["discriminator", "D's loss"],
  dTotal: ["discriminator", "D's loss with its penalties"],
  dGradNorm: ["discriminator", "the norm of D's gradients"],
  gLoss: ["generator", "G's loss"],
  gGradNorm: ["generator", "the norm of G's gradients"],
};

/**
 * The first number that is not finite among steps that updated `players`, as a sentence for people: which number, at which
 * step, likely why, what to try. null when all is well. (NaN where a step did not compute a series is well.)
 */
export function explainDivergence(numbers: StepNumbers, players: Players): string | null {
  for (let row = 0; row < numbers.steps.length; row++) {
    for (const [column, series] of STEP_SERIES.entries()) {
      const watched = WATCHED[series];
      if (watched === undefined) continue;
      const [who, name] = watched;
      if (players !== "both" && players !== who) continue;
      const value = numbers.values[row * STEP_SERIES_COUNT + column] ?? Number.NaN;
      if (Number.isFinite(value)) continue;
      const became = Number.isNaN(value) ? "was no longer a number" : "grew beyond all bounds";
      const player = who === "discriminator" ? "D" : "G";
      return (
        `At step ${numbers.steps[row] ?? 0}, ${name} ${became}. Most often the weights ran away because the updates were too large. ` +
        `The last good state is kept: lower ${player}'s learning rate or add a regulariser, then train on, or reset.`
      );
    }
  }
  return null;
}
