/** Whether the view of many runs is open, and how far they are while it is not. Small: the page has it from the start. */
import { create } from "zustand";

interface SweepSheetState {
  readonly open: boolean;
  /** "3 of 10", while runs are made; null otherwise. */
  readonly progress: string | null;
}

export const useSweepSheet = create<SweepSheetState>(() => ({ open: false, progress: null }));

export const openSweep = (): void => useSweepSheet.setState({ open: true });
export const closeSweep = (): void => useSweepSheet.setState({ open: false });
