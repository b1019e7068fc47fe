/** Curves of up to four arms as the rows that recharts draws: one row a step, a column per series and arm. Pure. */
import type { ArmId } from "../../core/arms";
import type { Curves } from "../../core/history";
import { columnReader, type StepTable } from "../../core/step-table";
import { summarize } from "../../core/thinning";

/** A series on a chart: one of the step's numbers, or something computed from them. */
export interface SeriesSource {
  readonly key: string;
  /** Whose numbers: every step's, or measures, which are taken now and then. */
  readonly of: "steps" | "measures";
  /** The value of one step, from that step's numbers; NaN where there is none. */
  value(read: (name: string) => number): number;
}

/** What is drawn of an arm; null where it is not there yet, or not asked for. */
export interface ArmCurves {
  readonly arm: ArmId;
  readonly curves: Curves | null;
  readonly measures: StepTable | null;
  /** Made while training. */
  readonly changes: Curves["changes"];
}

const tableOf = ({ curves, measures }: ArmCurves, { of }: SeriesSource): StepTable | null =>
  of === "measures" ? measures : curves;

/** A column's name: "a.dLoss". */
export const columnOf = (arm: ArmId, series: SeriesSource) => `${arm}.${series.key}`;

/** `step`, and a number or null (a gap) per column. */
export type Row = { readonly step: number } & Readonly<Record<string, number | null>>;

/** Points a series on the page: enough for the eye, few enough for SVG. */
export const MAX_POINTS = 300;

/**
 * One row for each step that any arm has, thinned to `limit`: first and last, and of each stretch between the one that deviates most from
 * its neighbours in any series, so that spikes stay. Where an arm
 * has no point at a step (arms are thinned apart once their lengths differ), its line goes on straight between its
 * neighbours; where a value is not a number, there is a gap.
 * @param positive leaves out values that a logarithm has no place for
 * @param within the steps that are shown; all where left out
 */
export function chartRows(
  arms: readonly ArmCurves[],
  series: readonly SeriesSource[],
  positive = false,
  limit = MAX_POINTS,
  within: readonly [number, number] = [Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY],
): Row[] {
  const tables = arms.flatMap((arm) => series.map((source) => tableOf(arm, source)));
  const all = unionOfSteps([...new Set(tables)].map((table) => table?.steps ?? []));
  const [from, to] = within;
  // What is shown begins and ends where the person says, so that a curve of few points goes on to the edges.
  const edges = [from, to].filter((step) => step > (all[0] ?? 0) && step < (all.at(-1) ?? 0));
  const steps = unionOfSteps([all.filter((step) => step >= from && step <= to), edges]);
  const rows: Record<string, number | null>[] = steps.map((step) => ({ step }));
  for (const own of arms) {
    for (const source of series) {
      const curves = tableOf(own, source);
      if (!curves) continue;
      const readers = new Map(curves.columns.map((name) => [name, columnReader(curves, name)]));
      const column = columnOf(own.arm, source);
      const at = (row: number) => source.value((name) => readers.get(name)?.(row) ?? Number.NaN);
      let next = 0; // the first of the arm's points that is not before the row's step
      steps.forEach((step, i) => {
        while (next < curves.steps.length && (curves.steps[next] ?? 0) < step) next++;
        const value = valueAt(curves.steps, at, next, step);
        const row = rows[i];
        if (row) row[column] = Number.isFinite(value) && !(positive && value <= 0) ? value : null;
      });
    }
  }
  return thinned(rows as Row[], limit);
}

/** The newest value of a series, from its own table; NaN before there is one. */
export function latestValue(own: ArmCurves, source: SeriesSource): number {
  const table = tableOf(own, source);
  const last = (table?.steps.length ?? 0) - 1;
  return table === null || last < 0 ? Number.NaN : source.value((name) => columnReader(table, name)(last));
}

/** The newest step of what is drawn; null before there is any. */
export function latestStep(arms: readonly ArmCurves[], series: readonly SeriesSource[]): number | null {
  const ends = arms.flatMap((own) => series.map((source) => tableOf(own, source)?.steps.at(-1) ?? -1));
  const last = Math.max(-1, ...ends);
  return last < 0 ? null : last;
}

/** Points to each side that a smoothed point is the mean of, where there are as many and nothing else is asked for. */
export const SMOOTHING_REACH = 7;

/** A smoothed column's name. */
export const smoothColumn = (column: string) => `${column} smoothed`;

/**
 * The rows with a smoothed column beside each given one: the mean of a point and of its neighbours, alike many to both
 * sides, so that nothing is shifted. On a log scale it is their geometric mean. A gap stays a gap.
 */
export function withSmoothed(
  rows: readonly Row[],
  columns: readonly string[],
  log: boolean,
  most = SMOOTHING_REACH,
): Row[] {
  const out: Record<string, number | null>[] = rows.map((row) => ({ ...row }));
  for (const column of columns) {
    const values = rows.map((row) => {
      const value = row[column];
      return typeof value === "number" ? (log ? Math.log(value) : value) : Number.NaN;
    });
    values.forEach((value, i) => {
      const row = out[i];
      if (row === undefined) return;
      const reach = Math.min(most, i, values.length - 1 - i);
      const near = values.slice(i - reach, i + reach + 1).filter(Number.isFinite);
      const mean = near.reduce((sum, one) => sum + one, 0) / near.length;
      row[smoothColumn(column)] = Number.isFinite(value) ? (log ? Math.exp(mean) : mean) : null;
    });
  }
  return out as Row[];
}

function valueAt(steps: Float64Array, at: (row: number) => number, next: number, step: number): number {
  const after = steps[next];
  if (after === undefined) return Number.NaN; // the arm ended before
  if (after === step) return at(next);
  const before = steps[next - 1];
  if (before === undefined) return Number.NaN;
  const share = (step - before) / (after - before);
  return (1 - share) * at(next - 1) + share * at(next);
}

function unionOfSteps(lists: readonly ArrayLike<number>[]): number[] {
  const all = new Set<number>();
  for (const list of lists) for (let i = 0; i < list.length; i++) all.add(list[i] ?? 0);
  return [...all].sort((a, b) => a - b);
}

function thinned(rows: readonly Row[], limit: number): Row[] {
  if (rows.length <= limit) return [...rows];
  const columns = Object.keys(rows[0] ?? {}).filter((name) => name !== "step");
  const values = Float32Array.from(rows.flatMap((row) => columns.map((name) => row[name] ?? Number.NaN)));
  const inner = limit - 2;
  const edge = (i: number) => 1 + Math.round((i * (rows.length - 2)) / inner);
  const picks = Array.from({ length: inner }, (_, i) => summarize(values, edge(i), edge(i + 1), columns.length).pick);
  return [0, ...picks, rows.length - 1].flatMap((at) => rows[at] ?? []);
}

/** Lowest and highest value in the columns, with the given values; null when there is nothing to show. */
export function rangeOf(
  rows: readonly Row[],
  columns: readonly string[],
  include: readonly number[] = [],
): readonly [number, number] | null {
  let low = Number.POSITIVE_INFINITY;
  let high = Number.NEGATIVE_INFINITY;
  const take = (value: number) => {
    low = Math.min(low, value);
    high = Math.max(high, value);
  };
  for (const row of rows) {
    for (const column of columns) {
      const value = row[column];
      if (typeof value === "number") take(value);
    }
  }
  if (low > high) return null;
  include.forEach(take);
  return [low, high];
}

/** Whole powers of ten around a positive range, and at most six of them as ticks. */
export function decades(range: readonly [number, number] | null): { domain: [number, number]; ticks: number[] } {
  const [low, high] = range ?? [0.01, 1];
  const from = Math.floor(Math.log10(low));
  const to = Math.max(from + 1, Math.ceil(Math.log10(high)));
  const stride = Math.ceil((to - from) / 5);
  const ticks: number[] = [];
  for (let exponent = from; exponent <= to; exponent += stride) ticks.push(10 ** exponent);
  return { domain: [10 ** from, 10 ** to], ticks };
}
