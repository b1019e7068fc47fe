/** Reads and moves the latent point of the sliders. Each move builds on the latest point, also between two renders. */
import { useCallback, useMemo } from "react";
import { createStore } from "zustand/vanilla";
import { firstConfig } from "../../client/selectors";
import type { PlaygroundState } from "../../client/store";
import { playground, useActions, useLatents, usePlayground } from "../../client/use-playground";
import { sampleLatents, sliderRange } from "../../core/latents";
import { STREAMS } from "../../core/rng";
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

let draws = 0;

/** A random latent that nobody has seen yet, within the sliders' range: they end at ±3, and one draw in 370 is beyond. */
export function drawLatent(): Float32Array {
  const { latent, seed } = firstConfig(playground().store.getState());
  const range = sliderRange(latent.prior);
  draws += 1;
  const z = sampleLatents(new Float32Array(latent.size), latent.prior, seed, STREAMS.latentPanel, draws);
  return z.map((value) => Math.min(range, Math.max(-range, value)));
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
