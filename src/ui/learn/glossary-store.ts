/** Whether the glossary is open, and at which word. */
import { create } from "zustand";
import type { GlossaryId } from "../../core/glossary";

interface GlossaryState {
  /** null: closed; "" begins at the top. */
  readonly at: GlossaryId | "" | null;
}

export const useGlossary = create<GlossaryState>(() => ({ at: null }));

export const openGlossary = (at: GlossaryId | "" = ""): void => useGlossary.setState({ at });
export const closeGlossary = (): void => useGlossary.setState({ at: null });
