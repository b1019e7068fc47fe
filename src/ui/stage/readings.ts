/** The latest numbers of an arm, off its curves. Pure; charts read whole curves (charts/rows.ts). */
import { type Curves, STEP_SERIES, STEP_SERIES_COUNT, type StepSeries } from "../../core/history";

/** The latest finite value of each series; NaN where no step has computed one yet. */
export type Readings = Readonly<Record<StepSeries, number>>;

/** How far back a number may come from: D-only steps compute no G loss, but an old one is no "latest" either. */
const LOOK_BACK = 20;

/** @param curves null before the first ones arrive */
export function latestReadings(curves: Curves | null | undefined): Readings {
  const latest = (index: number): number => {
    if (!curves) return Number.NaN;
    const last = curves.steps.length - 1;
    for (let row = last; row >= 0 && row > last - LOOK_BACK; row--) {
      const value = curves.values[row * STEP_SERIES_COUNT + index];
      if (value !== undefined && Number.isFinite(value)) return value;
    }
    return Number.NaN;
  };
  return Object.fromEntries(STEP_SERIES.map((name, index) => [name, latest(index)])) as Record<StepSeries, number>;
}
