/** The keyboard shortcuts: a table of keys, words and what they do. The sheet lists it, the listener obeys it. */
import type { PlaygroundActions } from "../../client/store";
import type { ModelInfo } from "../../core/models";
import { frameState, goTo, PLACES, present } from "./frame-store";
import { type StepTurn, stepTurns } from "./step-turns";

export interface Shortcut {
  /** As KeyboardEvent.key says it. */
  readonly key: string;
  /** As it is written on a keyboard. */
  readonly cap: string;
  readonly words: string;
  run(actions: PlaygroundActions): void;
}

const TRAIN: Shortcut = {
  key: " ",
  cap: "Space",
  words: "Train, or pause",
  run: (actions) => actions.toggleTraining(),
};

/** Whatever the model. */
const ALWAYS: readonly Shortcut[] = [
  {
    key: "p",
    cap: "P",
    words: "Present: full screen, large type, panels folded; again to end",
    run: () => present(!frameState().presenting),
  },
  ...PLACES.map(({ id, name }, index) => ({
    key: String(index + 1),
    cap: String(index + 1),
    words: `Go to the ${name.toLowerCase()}`,
    run: () => goTo(id),
  })),
];

/** The single steps of a model, with the letters that make them. */
export const stepKeys = (model: ModelInfo): readonly StepTurn[] =>
  stepTurns(
    model,
    ALWAYS.map(({ key }) => key),
  );

/** Keys that act wherever the focus is on nothing that means something else by them. */
export function shortcutsFor(model: ModelInfo): readonly Shortcut[] {
  const steps = stepKeys(model).flatMap(({ player, words, key }): Shortcut[] =>
    key === null ? [] : [{ key, cap: key.toUpperCase(), words, run: (actions) => actions.step(player) }],
  );
  return [TRAIN, ...steps, ...ALWAYS];
}

/** Shortcuts that act on single letters and can be switched off; Space, as everywhere, presses what is there. */
export const isSingleKey = ({ key }: Shortcut): boolean => key !== " ";

const TAKES_SPACE =
  "input, textarea, select, button, a[href], summary, dialog, [contenteditable], [role=slider], [role=option], [role=dialog], audio, video";
/** What a letter or a digit is typed into, or chosen by. */
const TAKES_LETTERS =
  "input, textarea, select, dialog, [contenteditable], [role=option], [role=listbox], [role=dialog]";

/** The shortcut that a key press asks for, or null where it means something else. */
export function shortcutOf(event: KeyboardEvent, singleKeys: boolean, model: ModelInfo): Shortcut | null {
  if (event.ctrlKey || event.metaKey || event.altKey || event.repeat || event.defaultPrevented) return null;
  const shortcut = shortcutsFor(model).find(({ key }) => key === event.key.toLowerCase());
  if (shortcut === undefined || event.shiftKey) return null;
  if (isSingleKey(shortcut) && !singleKeys) return null;
  const taken = isSingleKey(shortcut) ? TAKES_LETTERS : TAKES_SPACE;
  if (event.target instanceof Element && event.target.closest(taken) !== null) return null;
  return shortcut;
}
