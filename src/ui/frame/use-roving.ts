/**
 * A group of many things that is one stop of the Tab key: the one that was focused last, or the chosen one; arrow keys go from one
 * to the next (WAI-ARIA Authoring Practices, "roving tabindex"). Looks at what is in the page; the things need know nothing of it.
 */
import { type FocusEvent, type KeyboardEvent, type RefObject, useCallback, useLayoutEffect, useRef } from "react";
import { moveFocus } from "./move-focus";

export interface Roving<T extends HTMLElement> {
  readonly ref: RefObject<T | null>;
  readonly onKeyDown: (event: KeyboardEvent<T>) => void;
  readonly onFocus: (event: FocusEvent<T>) => void;
}

const CHOSEN = '[aria-pressed="true"], [aria-checked="true"], [aria-current]';

/** @param selector finds the things within the group; its order is the page's */
export function useRoving<T extends HTMLElement>(selector: string): Roving<T> {
  const ref = useRef<T>(null);
  const last = useRef<Element | null>(null);
  const settle = useCallback(() => {
    const things = [...(ref.current?.querySelectorAll<HTMLElement>(selector) ?? [])];
    const stop =
      things.find((thing) => thing === last.current) ?? things.find((thing) => thing.matches(CHOSEN)) ?? things[0];
    for (const thing of things) {
      const tabIndex = thing === stop ? 0 : -1;
      if (thing.tabIndex !== tabIndex) thing.tabIndex = tabIndex; // setting it costs a new style, even to the same
    }
  }, [selector]);
  useLayoutEffect(settle); // after every render: things may have come and gone
  return {
    ref,
    onKeyDown: (event) => moveFocus(event, selector),
    onFocus(event) {
      last.current = event.target.closest(selector);
      settle();
    },
  };
}
