/** The latest numbers of an arm, off its curves. Pure; charts read whole curves (charts/rows.ts). */
import type { Curves } from "../../core/history";
import { READING_IDS, type ReadingId } from "../../core/readings";
import { columnReader } from "../../core/step-table";

/** The latest finite value of each reading; NaN where no step has computed one yet. */
export type Readings = Readonly<Record<ReadingId, number>>;

/** How far back a number may come from: D-only steps compute no G loss, but an old one is no "latest" either. */
const LOOK_BACK = 20;

/** @param curves null before the first ones arrive */
export function latestReadings(curves: Curves | null | undefined): Readings {
  const latest = (name: ReadingId): number => {
    if (!curves) return Number.NaN;
    const read = columnReader(curves, name);
    const last = curves.steps.length - 1;
    for (let row = last; row >= 0 && row > last - LOOK_BACK; row--) {
      const value = read(row);
      if (Number.isFinite(value)) return value;
    }
    return Number.NaN;
  };
  return Object.fromEntries(READING_IDS.map((name) => [name, latest(name)])) as Record<ReadingId, number>;
}
