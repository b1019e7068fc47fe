/** The list of things to say to the person: no notice twice, no endless list. How they look is the UI's. */
import type { Notice } from "./store";

/** Shown at most; the oldest goes first. */
const MAX_NOTICES = 5;

let nextId = 1;

/** The list with a notice added; the same one again moves to the end instead of standing there twice. */
export function withNotice(notices: readonly Notice[], notice: Omit<Notice, "id">): readonly Notice[] {
  const others = notices.filter(
    (n) => !(n.level === notice.level && n.title === notice.title && n.text === notice.text),
  );
  return [...others, { id: nextId++, ...notice }].slice(-MAX_NOTICES);
}

/** The list without the notices of a title: what they told of is over. */
export function withoutTitle(notices: readonly Notice[], title: string): readonly Notice[] {
  return notices.some((notice) => notice.title === title)
    ? notices.filter((notice) => notice.title !== title)
    : notices;
}
