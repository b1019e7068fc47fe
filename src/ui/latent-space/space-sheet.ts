/** Whether the view of latent space is open. Its parts come in a chunk of their own when it is. */
import { create } from "zustand";

export const useSpaceSheet = create<{ readonly open: boolean }>(() => ({ open: false }));

export const openSpace = (): void => useSpaceSheet.setState({ open: true });
export const closeSpace = (): void => useSpaceSheet.setState({ open: false });
