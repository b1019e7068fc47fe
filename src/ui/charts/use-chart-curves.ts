/** The curves that a chart draws, at the pace that SVG affords; charts take turns, so that no task draws them all. */
import { useEffect, useState } from "react";
import type { ArmView, PlaygroundState } from "../../client/store";
import { playground } from "../../client/use-playground";
import type { ArmId } from "../../core/arms";
import type { Curves } from "../../core/history";
import { CURVES, forEachArm } from "../stage/live";
import type { ChartInfo } from "./catalogue";
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
export function useChartCurves(
  arms: readonly ArmId[],
  of: ChartInfo["of"],
  turn: number,
  visible: boolean,
): readonly ArmCurves[] {
  const { store } = playground();
  const [curves, setCurves] = useState(() => read(store.getState(), arms, of));
  useEffect(() => {
    let interval: ReturnType<typeof setInterval> | undefined;
    const flush = () => setCurves((before) => same(before, read(store.getState(), arms, of)));
    flush();
    const timeout = setTimeout(() => {
      flush();
      interval = setInterval(flush, visible ? REDRAW_MS : UNSEEN_MS);
    }, turn * TURN_MS);
    return () => {
      clearTimeout(timeout);
      clearInterval(interval);
    };
  }, [store, arms, of, turn, visible]);
  return curves;
}

function read(state: PlaygroundState, arms: readonly ArmId[], of: ChartInfo["of"]): readonly ArmCurves[] {
  const table = of === "quality" ? QUALITY_CURVES : CURVES;
  return arms.map((arm) => ({ arm, curves: table[arm](state) }));
}

/** Measures with the same marks of changes; kept per measuring, so that what did not change is the same. */
const marked = new WeakMap<NonNullable<ArmView["quality"]>, Curves>();

const QUALITY_CURVES = forEachArm((view): Curves | null => {
  const quality = view?.quality;
  if (!quality) return null;
  const known = marked.get(quality);
  if (known) return known;
  const curves = { ...quality.curves, changes: view?.curves?.changes ?? [] };
  marked.set(quality, curves);
  return curves;
});

/** The value before, when nothing changed: then React has nothing to do. */
function same(before: readonly ArmCurves[], after: readonly ArmCurves[]): readonly ArmCurves[] {
  const equal =
    before.length === after.length &&
    after.every(({ arm, curves }, i) => before[i]?.arm === arm && before[i]?.curves === curves);
  return equal ? before : after;
}
