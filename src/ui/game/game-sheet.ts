/** Whether the view of games of two numbers is open; an address with `?open=game` opens it. Small: the page has it from the start. */
import { create } from "zustand";

export const useGameSheet = create<{ readonly open: boolean }>(() => ({
  open: new URLSearchParams(window.location.search).get("open") === "game",
}));

export const openGame = (): void => useGameSheet.setState({ open: true });
export const closeGame = (): void => useGameSheet.setState({ open: false });
