/** The curves that a chart draws, at the pace that SVG affords; charts take turns, so that no task draws them all. */
import { useEffect, useState } from "react";
import type { PlaygroundState } from "../../client/store";
import { playground } from "../../client/use-playground";
import type { ArmId } from "../../core/arms";
import type { Curves } from "../../core/history";
import type { StepTable } from "../../core/step-table";
import { CURVES, forEachArm } from "../stage/live";
import type { ArmCurves, SeriesSource } from "./rows";

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
  series: readonly SeriesSource[],
  turn: number,
  visible: boolean,
): readonly ArmCurves[] {
  const { store, pace } = playground();
  const [steps, measures] = [drawn(series, "steps"), drawn(series, "measures")];
  const [curves, setCurves] = useState(() => read(store.getState(), arms, steps, measures));
  useEffect(() => {
    let interval: ReturnType<typeof setInterval> | undefined;
    let cancel = () => {};
    const flush = () => setCurves((before) => same(before, read(store.getState(), arms, steps, measures)));
    const show = () => {
      cancel();
      cancel = pace.withPicture(flush, `chart ${turn}`);
    };
    flush();
    const timeout = setTimeout(() => {
      show();
      interval = setInterval(show, visible ? REDRAW_MS : UNSEEN_MS);
    }, turn * TURN_MS);
    return () => {
      cancel();
      clearTimeout(timeout);
      clearInterval(interval);
    };
  }, [store, pace, arms, steps, measures, turn, visible]);
  return curves;
}

const drawn = (series: readonly SeriesSource[], table: SeriesSource["of"]) => series.some(({ of }) => of === table);

/** Only what is asked for: what is not drawn must not have a chart drawn anew. */
function read(state: PlaygroundState, arms: readonly ArmId[], steps: boolean, measures: boolean): readonly ArmCurves[] {
  return arms.map((arm) => ({
    arm,
    curves: steps ? CURVES[arm](state) : null,
    measures: measures ? MEASURES[arm](state) : null,
    changes: CHANGES[arm](state),
  }));
}

const MEASURES = forEachArm((view): StepTable | null => view?.quality?.curves ?? null);
const NONE: Curves["changes"] = [];
const CHANGES = forEachArm((view) => view?.curves?.changes ?? NONE);

/** The value before, when nothing changed: then React has nothing to do. */
function same(before: readonly ArmCurves[], after: readonly ArmCurves[]): readonly ArmCurves[] {
  const equal =
    before.length === after.length &&
    after.every((one, i) => {
      const former = before[i];
      return (
        former?.arm === one.arm &&
        former.curves === one.curves &&
        former.measures === one.measures &&
        (one.curves !== null || former.changes.length === one.changes.length)
      );
    });
  return equal ? before : after;
}
