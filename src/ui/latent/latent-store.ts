/** Reads and moves the latent point of the sliders. Each move builds on the latest point, also between two renders. */
import { useCallback, useMemo } from "react";
import { createStore } from "zustand/vanilla";
import { firstConfig } from "../../client/selectors";
import type { PlaygroundState } from "../../client/store";
import { playground, useActions, useLatents, usePlayground } from "../../client/use-playground";
import { usualWay, type WalkWay } from "../../core/walk";

/** The latent point [latent.size]. */
export const LATENT = (state: PlaygroundState) => state.latent;

/** Sets some dimensions and leaves the others where they are. */
export function useMoveLatent(): (changes: readonly (readonly [dimension: number, value: number])[]) => void {
  const { setLatent } = useActions();
  return useCallback(
    (changes) => {
      const next = Float32Array.from(playground().store.getState().latent);
      for (const [dimension, value] of changes) next[dimension] = value;
      setLatent(next);
    },
    [setLatent],
  );
}

/** The way that is usual for this latent. */
export function useUsualWay(): WalkWay {
  return usePlayground((state) => usualWay(firstConfig(state).latent.prior, firstConfig(state).latent.size));
}

/** The way between the pins: the chosen one, else the usual one. */
export function useWay(): WalkWay {
  const usual = useUsualWay();
  return useLatents((state) => state.way) ?? usual;
}

/** Whether the latent pad is pointed at or has the focus: then the stage says which cluster has which number. */
export const padActive = createStore<{ readonly active: boolean }>(() => ({ active: false }));

/** Handlers of the pad that keep `padActive`. */
export function usePadActive() {
  return useMemo(() => {
    let [over, focused] = [false, false];
    const set = (change: { readonly over?: boolean; readonly focused?: boolean }) => {
      over = change.over ?? over;
      focused = change.focused ?? focused;
      padActive.setState({ active: over || focused });
    };
    return {
      onPointerEnter: () => set({ over: true }),
      onPointerLeave: () => set({ over: false }),
      onFocus: () => set({ focused: true }),
      onBlur: () => set({ focused: false }),
    };
  }, []);
}
