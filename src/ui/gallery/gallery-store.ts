/** Whether the gallery of presets is open. */
import { create } from "zustand";

export const useGallery = create<{ readonly open: boolean }>(() => ({ open: false }));

export const openGallery = (): void => useGallery.setState({ open: true });
export const closeGallery = (): void => useGallery.setState({ open: false });
