/** Plays the walk between two pins, there and back. Moves the sliders' point a frame at a time until somebody else moves it. */
import { useReducedMotion } from "@mantine/hooks";
import { useEffect, useState } from "react";
import { playground } from "../../client/use-playground";

interface Play {
  readonly playing: boolean;
  readonly toggle: () => void;
}

/** A page that was hidden goes on where it was. */
const LONGEST_FRAME_MS = 100;

/**
 * @param share tells where the point is on the walk now, from 0 to 1
 * @param seconds from one pin to the other
 * @param steps who asks for less motion sees as many still pictures
 */
export function usePlay(share: () => number, seconds: number, steps: number, possible: boolean): Play {
  const [playing, setPlaying] = useState(false);
  const [start, setStart] = useState(0);
  const still = useReducedMotion();
  useEffect(() => {
    if (!playing) return;
    if (!possible) {
      setPlaying(false);
      return;
    }
    const { store, latents } = playground();
    // One round trip is 0 to 2: there and back.
    let phase = start < 1 ? start : 1;
    let shown = Number.NaN;
    let mine: Float32Array | null = null;
    let last = performance.now();
    let frame = requestAnimationFrame(function next(now: number) {
      const { latent } = store.getState();
      if (mine !== null && latent !== mine) {
        setPlaying(false); // a person took over
        return;
      }
      phase = (phase + Math.min(LONGEST_FRAME_MS, Math.max(0, now - last)) / 1000 / seconds) % 2;
      last = now;
      const exact = phase <= 1 ? phase : 2 - phase;
      const wanted = still ? Math.round(exact * (steps - 1)) / (steps - 1) : exact;
      if (wanted !== shown) {
        latents.actions.walkTo(wanted);
        shown = wanted;
        mine = store.getState().latent;
      }
      frame = requestAnimationFrame(next);
    });
    return () => cancelAnimationFrame(frame);
  }, [playing, start, seconds, steps, still, possible]);
  return {
    playing: playing && possible,
    toggle() {
      setStart(share());
      setPlaying(!playing);
    },
  };
}
