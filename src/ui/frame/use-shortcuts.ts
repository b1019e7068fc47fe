/** Listens for the page's shortcuts. What they are: shortcuts.ts. */
import { useEffect, useState } from "react";
import { firstConfig } from "../../client/selectors";
import { playground } from "../../client/use-playground";
import { modelOf } from "../../core/models";
import { followFullScreen, frameState } from "./frame-store";
import { shortcutOf } from "./shortcuts";
import { undoOf } from "./undo-keys";

/** @returns whether the sheet of shortcuts is open, and how to change that; "?" opens it */
export function useShortcuts(): readonly [open: boolean, setOpen: (open: boolean) => void] {
  const [open, setOpen] = useState(false);
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent) => {
      const typing = event.target instanceof Element && event.target.closest("input, textarea, [contenteditable]");
      if (event.key === "?" && frameState().singleKeys && !typing) {
        event.preventDefault();
        setOpen(true);
        return;
      }
      const change = undoOf(event);
      if (change !== null) {
        event.preventDefault();
        playground().actions[change]();
        return;
      }
      const shortcut = shortcutOf(event, frameState().singleKeys, modelOf(firstConfig(playground().store.getState())));
      if (shortcut === null) return;
      event.preventDefault(); // or Space would scroll the page
      shortcut.run(playground().actions);
    };
    document.addEventListener("keydown", onKeyDown);
    const stop = followFullScreen();
    return () => {
      document.removeEventListener("keydown", onKeyDown);
      stop();
    };
  }, []);
  return [open, setOpen];
}
