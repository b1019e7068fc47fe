/** The latest stretch of a run, by which the doctor judges: medians instead of single steps. Numbers only. */
import type { MeasureId } from "../../quality/measures";
import type { ReadingId } from "../../readings";
import { columnReader, type StepTable } from "../../step-table";
import type { Course } from "./types";

/** Steps that a judgement looks back over, and the share of a long run. */
export const WINDOW_STEPS = 300;
const WINDOW_SHARE = 0.1;
/** Rows below which nothing is said. */
const FEWEST_ROWS = 8;

/** The values of one reading over the latest stretch, without gaps; empty where there are too few to judge by. */
export function recent(curves: StepTable, reading: ReadingId): readonly number[] {
  return between(curves, reading, lastStep(curves) - windowOf(curves), Number.POSITIVE_INFINITY);
}

/** The same before an earlier step. */
export function recentAt(curves: StepTable, reading: ReadingId, step: number): readonly number[] {
  return between(curves, reading, step - windowOf(curves), step);
}

/** The same over the whole run. */
export function whole(curves: StepTable, reading: ReadingId): readonly number[] {
  return between(curves, reading, Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY);
}

/** How far a judgement looks back, steps. */
export function windowOf(curves: StepTable): number {
  return Math.max(WINDOW_STEPS, WINDOW_SHARE * lastStep(curves));
}

export const lastStep = ({ steps }: Pick<StepTable, "steps">): number => steps.at(-1) ?? 0;

function between(curves: StepTable, reading: ReadingId, after: number, upTo: number): readonly number[] {
  const read = columnReader(curves, reading);
  const values: number[] = [];
  curves.steps.forEach((step, row) => {
    if (step <= after || step > upTo) return;
    const value = read(row);
    if (!Number.isNaN(value)) values.push(value);
  });
  return values.length < FEWEST_ROWS ? [] : values;
}

/** NaN of nothing. */
export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.floor((sorted.length - 1) / 2)] ?? Number.NaN;
}

/**
 * A measure of quality over the latest looks: a stretch of at least so many steps and at least so many looks; empty where the
 * run is not told so far.
 */
export function recentMeasure({ quality, curves }: Course, id: MeasureId, steps: number, looks = 2): readonly number[] {
  if (quality === null) return [];
  const read = columnReader(quality.curves, id);
  const from = lastStep(curves) - steps;
  const rows = [...quality.curves.steps.keys()];
  if (!rows.some((row) => (quality.curves.steps[row] ?? Number.POSITIVE_INFINITY) <= from)) return [];
  const latest = rows.filter((row) => (quality.curves.steps[row] ?? 0) >= from || row >= rows.length - looks);
  const values = latest.map(read).filter((value) => !Number.isNaN(value));
  return values.length < looks ? [] : values;
}
