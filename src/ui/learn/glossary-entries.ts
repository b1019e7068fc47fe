/** The glossary's texts, which arrive after the page itself: nobody hovers over a word before there is one. */
import { useSyncExternalStore } from "react";
import type { GlossaryEntry, GlossaryId } from "../../core/glossary";

type Entries = Readonly<Record<GlossaryId, GlossaryEntry>>;

let entries: Entries | null = null;
const listeners = new Set<() => void>();

import("../../core/glossary").then(
  ({ GLOSSARY }) => {
    entries = GLOSSARY;
    for (const listener of listeners) listener();
  },
  () => {}, // words stay words; the glossary's own sheet says that it could not be had
);

const subscribe = (listener: () => void) => {
  listeners.add(listener);
  return () => listeners.delete(listener);
};

/** A word's entry; null until the texts are here. */
export function useGlossaryEntry(id: GlossaryId): GlossaryEntry | null {
  return useSyncExternalStore(subscribe, () => entries?.[id] ?? null);
}
