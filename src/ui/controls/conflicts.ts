/** Conflicts of an experiment, sorted to the controls that they are about. */
import type { Conflict } from "../../core/penalties";

/** What speaks against the value at `path`, as one text; null when nothing does. */
export function conflictAt(conflicts: readonly Conflict[], path: string): string | null {
  const texts = conflicts.filter((conflict) => conflict.path === path).map(({ text }) => text);
  return texts.length === 0 ? null : texts.join(" ");
}
