/** Whether the sheet for own points is open, and a table of numbers that was dropped on the page to be read there. */
import { create } from "zustand";

interface PointsSheetState {
  readonly open: boolean;
  readonly dropped: File | null;
}

export const usePointsSheet = create<PointsSheetState>(() => ({ open: false, dropped: null }));

export const openPoints = (dropped: File | null = null): void => usePointsSheet.setState({ open: true, dropped });
export const closePoints = (): void => usePointsSheet.setState({ open: false, dropped: null });

/** The dropped table, once. */
export function takeTable(): File | null {
  const { dropped } = usePointsSheet.getState();
  if (dropped !== null) usePointsSheet.setState({ dropped: null });
  return dropped;
}
