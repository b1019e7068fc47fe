/** Says what a number that is not finite means for a run. No tensors, no stopping. */
import type { Players } from "../core/config";
import { firstNotFinite } from "../core/diagnosis/not-finite";
import type { ModelInfo } from "../core/models";
import type { StepNumbers } from "../engine/numbers";

/**
 * The first number that is not finite among steps that updated `players`, as a sentence for people: which number, at which
 * step, likely why, what to try. null when all is well. (NaN where a step did not compute a series is well.)
 */
export function explainDivergence(model: ModelInfo, numbers: StepNumbers, players: Players): string | null {
  const found = firstNotFinite(model, numbers, players);
  if (found === null) return null;
  const who = model.players[found.player]?.symbol ?? found.player;
  return (
    `At step ${found.step}, ${found.what}. Most often the weights ran away because the updates were too large. ` +
    `The last good state is kept: lower ${who}'s learning rate or add a regulariser, then train on, or reset.`
  );
}
