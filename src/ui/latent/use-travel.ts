/** Moves the sliders' point a frame at a time until somebody else moves it. Where it goes is the caller's. */
import { useEffect, useRef, useState } from "react";
import { playground } from "../../client/use-playground";

/** A page that was hidden goes on where it was. */
const LONGEST_FRAME_MS = 100;

export interface Travel {
  readonly playing: boolean;
  readonly toggle: () => void;
}

/** @param go puts the point where it is so many seconds after the start, or leaves it */
export function useTravel(go: (seconds: number) => void, possible: boolean): Travel {
  const [playing, setPlaying] = useState(false);
  const latest = useRef(go);
  useEffect(() => {
    latest.current = go;
  }, [go]);
  useEffect(() => {
    if (!playing) return;
    if (!possible) {
      setPlaying(false);
      return;
    }
    const { store } = playground();
    let elapsed = 0;
    let mine: Float32Array | null = null;
    let last = performance.now();
    let frame = requestAnimationFrame(function next(now: number) {
      if (mine !== null && store.getState().latent !== mine) {
        setPlaying(false); // a person took over
        return;
      }
      elapsed += Math.min(LONGEST_FRAME_MS, Math.max(0, now - last)) / 1000;
      last = now;
      latest.current(elapsed);
      mine = store.getState().latent;
      frame = requestAnimationFrame(next);
    });
    return () => cancelAnimationFrame(frame);
  }, [playing, possible]);
  return { playing: playing && possible, toggle: () => setPlaying(!playing) };
}
