/**
 * When a control's explanation shows: while the pointer rests on its label, and while the keyboard has just come to it. It goes as
 * soon as somebody acts, since then the effect is what they want to see.
 */
import { type FocusEvent, useEffect, useRef, useState } from "react";

const REST_MS = 500; // a pointer on its way asks nothing

export interface Hint {
  readonly shown: boolean;
  /** Handlers for the label. */
  readonly label: { readonly onMouseEnter: () => void; readonly onMouseLeave: () => void };
  /** Handlers for the whole row, control included. */
  readonly row: {
    readonly onFocus: (event: FocusEvent<HTMLElement>) => void;
    readonly onBlur: () => void;
    readonly onKeyDown: () => void;
    readonly onPointerDown: () => void;
  };
}

export function useHint(): Hint {
  const [shown, setShown] = useState(false);
  const timer = useRef<ReturnType<typeof setTimeout> | undefined>(undefined);
  const hide = () => {
    clearTimeout(timer.current);
    setShown(false);
  };
  const soon = () => {
    clearTimeout(timer.current);
    timer.current = setTimeout(() => setShown(true), REST_MS);
  };
  useEffect(() => () => clearTimeout(timer.current), []);
  return {
    shown,
    label: { onMouseEnter: soon, onMouseLeave: hide },
    row: {
      onFocus: (event) => event.target.matches(":focus-visible") && cameByKeyboard() && soon(),
      onBlur: hide,
      onKeyDown: hide,
      onPointerDown: hide,
    },
  };
}

/** Whether the last thing that was pressed was a key: text fields count as focus-visible after a click as well. */
function cameByKeyboard(): boolean {
  return lastPressed === "key";
}

let lastPressed: "key" | "pointer" = "pointer";
if (typeof window !== "undefined") {
  window.addEventListener("keydown", () => (lastPressed = "key"), { capture: true });
  window.addEventListener("pointerdown", () => (lastPressed = "pointer"), { capture: true });
}
