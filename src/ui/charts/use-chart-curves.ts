/** The curves that a chart draws, at the pace that SVG affords; charts take turns, so that no task draws them all. */
import { useEffect, useState } from "react";
import { CURVES, type Source, useSource } from "../stage/live";
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
export function useChartCurves(comparing: boolean, turn: number, visible: boolean): readonly ArmCurves[] {
  const a = useSource(CURVES.A);
  const b = useSource(CURVES.B);
  const [arms, setArms] = useState(() => read(a, b, comparing));
  useEffect(() => {
    let interval: ReturnType<typeof setInterval> | undefined;
    const flush = () => setArms((before) => same(before, read(a, b, comparing)));
    flush();
    const timeout = setTimeout(() => {
      flush();
      interval = setInterval(flush, visible ? REDRAW_MS : UNSEEN_MS);
    }, turn * TURN_MS);
    return () => {
      clearTimeout(timeout);
      clearInterval(interval);
    };
  }, [a, b, comparing, turn, visible]);
  return arms;
}

type CurvesSource = Source<ArmCurves["curves"]>;

function read(a: CurvesSource, b: CurvesSource, comparing: boolean): readonly ArmCurves[] {
  const first: ArmCurves = { arm: "A", curves: a.get() };
  return comparing ? [first, { arm: "B", curves: b.get() }] : [first];
}

/** The value before, when nothing changed: then React has nothing to do. */
function same(before: readonly ArmCurves[], after: readonly ArmCurves[]): readonly ArmCurves[] {
  const equal = before.length === after.length && after.every(({ curves }, i) => before[i]?.curves === curves);
  return equal ? before : after;
}
