/** The curves that a chart draws, at the pace that SVG affords; charts take turns, so that no task draws them all. */
import { useEffect, useState } from "react";
import type { PlaygroundState } from "../../client/store";
import { playground } from "../../client/use-playground";
import type { ArmId } from "../../core/arms";
import { CURVES } from "../stage/live";
import type { ArmCurves } from "./StepChart";

/** Between two redraws of a chart, milliseconds. */
const REDRAW_MS = 900;
/** The same out of view, where only its table is read. */
const UNSEEN_MS = 5000;
/** Charts' turns within that time: one, then the next. */
const TURN_MS = 300;

/**
 * @param visible whether the chart is in view; coming into view shows the latest
 */
export function useChartCurves(arms: readonly ArmId[], turn: number, visible: boolean): readonly ArmCurves[] {
  const { store } = playground();
  const [curves, setCurves] = useState(() => read(store.getState(), arms));
  useEffect(() => {
    let interval: ReturnType<typeof setInterval> | undefined;
    const flush = () => setCurves((before) => same(before, read(store.getState(), arms)));
    flush();
    const timeout = setTimeout(() => {
      flush();
      interval = setInterval(flush, visible ? REDRAW_MS : UNSEEN_MS);
    }, turn * TURN_MS);
    return () => {
      clearTimeout(timeout);
      clearInterval(interval);
    };
  }, [store, arms, turn, visible]);
  return curves;
}

function read(state: PlaygroundState, arms: readonly ArmId[]): readonly ArmCurves[] {
  return arms.map((arm) => ({ arm, curves: CURVES[arm](state) }));
}

/** The value before, when nothing changed: then React has nothing to do. */
function same(before: readonly ArmCurves[], after: readonly ArmCurves[]): readonly ArmCurves[] {
  const equal =
    before.length === after.length &&
    after.every(({ arm, curves }, i) => before[i]?.arm === arm && before[i]?.curves === curves);
  return equal ? before : after;
}
