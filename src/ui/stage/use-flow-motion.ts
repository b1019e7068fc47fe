/**
 * The live diagram's motion while the model trains: its lines flow as pictures of the stage come, and the players' turns are marked one after
 * another. Animations of the browser's own would have the whole page painted sixty times a second.
 */
import { useReducedMotion } from "@mantine/hooks";
import { type RefObject, useEffect, useState } from "react";
import { playground } from "../../client/use-playground";
import { ARM_IDS } from "../../core/arms";
import { ARM } from "./live";

/** A player's turn: far slower than steps are taken, for the eye. */
const TURN_MS = 1000;
/** How fast the lines flow, in pixels a second, and how far at most from one picture to the next: their dashes repeat after DASH_PX. */
const SPEED = 16;
const LONGEST_PX = 2.5;
const DASH_PX = 8;

/**
 * @param figure gets --flow-moved, pixels
 * @returns whose turn is marked, from 0; null while nothing moves
 */
export function useFlowMotion(
  figure: RefObject<HTMLElement | null>,
  training: boolean,
  players: number,
): number | null {
  const still = useReducedMotion();
  const moving = training && !still;
  const [turn, setTurn] = useState(0);
  useEffect(() => {
    if (!moving) return;
    const timer = setInterval(() => setTurn((before) => before + 1), TURN_MS);
    return () => clearInterval(timer);
  }, [moving]);
  useEffect(() => {
    if (!moving) return;
    const pictureOf = ARM[ARM_IDS[0]];
    let [moved, then] = [0, performance.now()];
    return playground().store.subscribe((state, previous) => {
      if (pictureOf(state)?.stage === pictureOf(previous)?.stage) return;
      const now = performance.now();
      moved = (moved + Math.min(LONGEST_PX, (SPEED * (now - then)) / 1000)) % DASH_PX;
      then = now;
      figure.current?.style.setProperty("--flow-moved", `${moved.toFixed(1)}px`);
    });
  }, [figure, moving]);
  return moving ? turn % players : null;
}
