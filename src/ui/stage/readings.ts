/** The latest numbers of an arm, off its curves. Pure; charts read whole curves (charts/rows.ts). */
import type { Curves } from "../../core/history";
import { READING_IDS, type ReadingId } from "../../core/readings";
import { columnReader } from "../../core/step-table";

/** The latest finite value of each reading: of the game always, NaN where no step has computed one, and of what else the model tells. */
export type Readings = Readonly<Record<ReadingId, number>> & { readonly [id: string]: number };

/** How far back a number may come from: D-only steps compute no G loss, but an old one is no "latest" either. */
const LOOK_BACK = 20;

/** @param curves null before the first ones arrive */
export function latestReadings(curves: Curves | null | undefined): Readings {
  const latest = (name: string): number => {
    if (!curves) return Number.NaN;
    const read = columnReader(curves, name);
    const last = curves.steps.length - 1;
    for (let row = last; row >= 0 && row > last - LOOK_BACK; row--) {
      const value = read(row);
      if (Number.isFinite(value)) return value;
    }
    return Number.NaN;
  };
  const names = [...READING_IDS, ...(curves?.columns ?? [])];
  return Object.fromEntries(names.map((name) => [name, latest(name)])) as Readings;
}
