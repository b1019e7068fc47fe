/** Plays the walk between two pins, there and back, until somebody else moves the sliders' point. */
import { useReducedMotion } from "@mantine/hooks";
import { useCallback, useRef } from "react";
import { playground } from "../../client/use-playground";
import { type Travel, useTravel } from "./use-travel";

/**
 * @param share tells where the point is on the walk now, from 0 to 1
 * @param seconds from one pin to the other
 * @param steps who asks for less motion sees as many still pictures
 */
export function usePlay(share: () => number, seconds: number, steps: number, possible: boolean): Travel {
  const still = useReducedMotion();
  const walk = useRef({ start: 0, shown: Number.NaN });
  const go = useCallback(
    (elapsed: number) => {
      // One round trip is 0 to 2: there and back.
      const phase = (walk.current.start + elapsed / seconds) % 2;
      const exact = phase <= 1 ? phase : 2 - phase;
      const wanted = still ? Math.round(exact * (steps - 1)) / (steps - 1) : exact;
      if (wanted === walk.current.shown) return;
      walk.current.shown = wanted;
      playground().latents.actions.walkTo(wanted);
    },
    [seconds, steps, still],
  );
  const { playing, toggle } = useTravel(go, possible);
  return {
    playing,
    toggle() {
      walk.current = { start: Math.min(1, share()), shown: Number.NaN };
      toggle();
    },
  };
}
