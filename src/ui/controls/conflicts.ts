/** Conflicts of an experiment, sorted to the controls that they are about. */
import type { Conflict } from "../../core/conflicts";

export interface Objections {
  /** Why the experiment cannot run with this value; null when it can. */
  readonly message: string | null;
  /** Why it had better not; null when nothing speaks against it. */
  readonly advice: string | null;
}

/** What speaks against the value at `path`. */
export function objectionsAt(conflicts: readonly Conflict[], path: string): Objections {
  const texts = (level: Conflict["level"]) => {
    const found = conflicts.filter((conflict) => conflict.path === path && conflict.level === level);
    return found.length === 0 ? null : found.map(({ text }) => text).join(" ");
  };
  return { message: texts("refused"), advice: texts("warning") };
}
