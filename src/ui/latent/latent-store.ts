/** Reads and moves the latent point of the sliders. Each move builds on the latest point, also between two renders. */
import { useCallback } from "react";
import type { PlaygroundState } from "../../client/store";
import { playground, useActions } from "../../client/use-playground";

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
