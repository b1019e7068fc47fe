/** Space trains and pauses, unless the focus is on something that Space already means something to. */
import { useEffect } from "react";
import { playground } from "../../client/use-playground";

const TAKES_SPACE =
  "input, textarea, select, button, a[href], summary, [contenteditable], [role=slider], [role=option], [role=dialog], audio, video";

export function useSpaceKey(): void {
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent) => {
      const plain = !event.ctrlKey && !event.metaKey && !event.altKey && !event.shiftKey;
      if (event.key !== " " || !plain || event.repeat || event.defaultPrevented) return;
      if (event.target instanceof Element && event.target.closest(TAKES_SPACE) !== null) return;
      event.preventDefault(); // or the page would scroll
      const { actions, store } = playground();
      if (store.getState().phase === "training") actions.pause();
      else actions.train();
    };
    document.addEventListener("keydown", onKeyDown);
    return () => document.removeEventListener("keydown", onKeyDown);
  }, []);
}
