/** The steps that can be made singly with a model: each player's turn, and all of them. One table for the buttons and for the keys. */
import type { PlayerName, Players } from "../../core/config";
import type { ModelInfo } from "../../core/models";
import type { PlayerColor } from "../../core/models/types";

export interface StepTurn {
  readonly player: Players;
  /** On its button. */
  readonly text: string;
  /** None where there is nobody to tell apart. */
  readonly role: PlayerColor | null;
  /** One line: what it does. */
  readonly words: string;
  /** The letter that does it; null where another turn has it. */
  readonly key: string | null;
}

/** The key of a whole step: with "both" in mind. */
const ALL_KEY = "b";

/**
 * @param taken letters that mean something else
 * @returns a turn for each player, where there are several, and a whole step last
 */
export function stepTurns({ players }: ModelInfo, taken: readonly string[] = []): readonly StepTurn[] {
  const roles = Object.entries(players) as [PlayerName, ModelInfo["players"][string]][]; // a model's own names
  const [only] = roles;
  if (roles.length === 1 && only !== undefined) {
    const words = `One training step: an update of ${only[1].name.toLowerCase()}`;
    return [{ player: "all", text: "once", role: null, words, key: ALL_KEY }];
  }
  const used = new Set([ALL_KEY, ...taken]);
  const turns = roles.map(([player, { symbol, name, role }]): StepTurn => {
    const letter = symbol.charAt(0).toLowerCase();
    const key = used.has(letter) ? null : letter;
    used.add(letter);
    return { player, text: symbol, role, words: `The ${name.toLowerCase()}'s turn: its updates of one step`, key };
  });
  const order = roles.map(([, { symbol }]) => `${symbol}'s updates`).join(", then ");
  const all = roles.length === 2 ? "both" : "all";
  return [...turns, { player: "all", text: all, role: null, words: `One training step: ${order}`, key: ALL_KEY }];
}
