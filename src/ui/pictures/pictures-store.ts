/** Whether the sheet for own pictures is open, and what was dropped on the page to be added there. */
import { create } from "zustand";
import type { NamedFile } from "../../worker/protocol-pictures";

interface PicturesSheetState {
  readonly open: boolean;
  /** Added as soon as the sheet is there. */
  readonly dropped: readonly NamedFile[];
}

export const usePicturesSheet = create<PicturesSheetState>(() => ({ open: false, dropped: [] }));

export const openPictures = (dropped: readonly NamedFile[] = []): void =>
  usePicturesSheet.setState({ open: true, dropped });
export const closePictures = (): void => usePicturesSheet.setState({ open: false, dropped: [] });

/** What was dropped, once. */
export function takeDropped(): readonly NamedFile[] {
  const { dropped } = usePicturesSheet.getState();
  if (dropped.length > 0) usePicturesSheet.setState({ dropped: [] });
  return dropped;
}
