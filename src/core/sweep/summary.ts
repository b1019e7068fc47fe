/** What many runs say together: means, spreads, bands of curves, tables. Numbers and texts; no drawing. */
import { formatNumber } from "../format";
import { METRIC_IDS, type MetricId } from "../metrics";
import { columnReader, type StepTable } from "../step-table";
import type { RunOutcome } from "./outcome";
import type { Sweep, SweepCell, SweepRun } from "./plan";

export interface Summary {
  /** How many finite values there were. */
  readonly count: number;
  readonly mean: number;
  /** Sample standard deviation (divided by count − 1); NaN with fewer than two values. */
  readonly spread: number;
  readonly min: number;
  readonly max: number;
}

/** Mean and spread of the finite ones of some values; NaN everywhere where there is none. */
export function summarize(values: readonly number[]): Summary {
  const finite = values.filter(Number.isFinite);
  const count = finite.length;
  if (count === 0) return { count, mean: Number.NaN, spread: Number.NaN, min: Number.NaN, max: Number.NaN };
  const mean = finite.reduce((sum, value) => sum + value, 0) / count;
  const squares = finite.reduce((sum, value) => sum + (value - mean) ** 2, 0);
  const spread = count < 2 ? Number.NaN : Math.sqrt(squares / (count - 1));
  return { count, mean, spread, min: Math.min(...finite), max: Math.max(...finite) };
}

/** "0.712 ± 0.031"; without a spread where there is one value alone, "–" where there is none. */
export function summaryText({ count, mean, spread }: Summary): string {
  if (count === 0) return "–";
  return Number.isNaN(spread) ? formatNumber(mean) : `${formatNumber(mean)} ± ${formatNumber(spread, 2)}`;
}

/** A run and what came of it; null while it is still to come, and where it could not be made. */
export interface FinishedRun {
  readonly run: SweepRun;
  readonly outcome: RunOutcome | null;
}

export interface CellSummary {
  readonly cell: SweepCell;
  /** Runs that came to an end, early or not. */
  readonly finished: number;
  readonly diverged: number;
  readonly metrics: ReadonlyMap<MetricId, Summary>;
  readonly seconds: Summary;
}

/** Of a metric that no run has. */
const NONE = summarize([]);

/** A cell's metric; of no value where its runs have none. */
export const metricOf = ({ metrics }: CellSummary, id: MetricId): Summary => metrics.get(id) ?? NONE;

/** Metrics that any of the runs has, in the catalogue's order. */
export function metricsOf(runs: readonly FinishedRun[]): readonly MetricId[] {
  return METRIC_IDS.filter((id) => runs.some(({ outcome }) => outcome?.metrics[id] !== undefined));
}

/** The runs of each cell taken together; metrics are those of runs that came to their end. */
export function summarizeCells(cells: readonly SweepCell[], runs: readonly FinishedRun[]): readonly CellSummary[] {
  const ids = metricsOf(runs);
  return cells.map((cell) => {
    const outcomes = runs.flatMap(({ run, outcome }) => (run.cell.index === cell.index ? (outcome ?? []) : []));
    const metric = (id: MetricId) => summarize(outcomes.map(({ metrics }) => metrics[id] ?? Number.NaN));
    return {
      cell,
      finished: outcomes.length,
      diverged: outcomes.filter(({ diverged }) => diverged !== null).length,
      metrics: new Map(ids.map((id) => [id, metric(id)])),
      seconds: summarize(outcomes.map(({ seconds }) => seconds)),
    };
  });
}

/** A reading of several runs over the steps: their mean and how far they spread. */
export interface Band {
  readonly steps: readonly number[];
  readonly mean: readonly number[];
  /** Mean less, and plus, a standard deviation; the mean itself where only one run has the step. */
  readonly low: readonly number[];
  readonly high: readonly number[];
}

/** The band of one reading over the curves of several runs. A step counts where at least one run has a finite number there. */
export function bandOf(curves: readonly StepTable[], reading: string): Band {
  const byStep = new Map<number, number[]>();
  for (const table of curves) {
    const read = columnReader(table, reading);
    table.steps.forEach((step, row) => {
      const value = read(row);
      if (Number.isFinite(value)) byStep.set(step, [...(byStep.get(step) ?? []), value]);
    });
  }
  const steps = [...byStep.keys()].sort((a, b) => a - b);
  const summaries = steps.map((step) => summarize(byStep.get(step) ?? []));
  const width = ({ spread }: Summary) => (Number.isFinite(spread) ? spread : 0);
  return {
    steps,
    mean: summaries.map(({ mean }) => mean),
    low: summaries.map((summary) => summary.mean - width(summary)),
    high: summaries.map((summary) => summary.mean + width(summary)),
  };
}

/** A row a run: its number, seed, values of the grid, how it ended, its time and all metrics. Fields with commas are quoted. */
export function runsCsv({ axes }: Sweep, runs: readonly FinishedRun[]): string {
  const ids = metricsOf(runs);
  const head = ["run", "seed", ...axes.map(({ setting }) => setting.path), "steps", "ended", "seconds", ...ids];
  const rows = runs.map(({ run, outcome }) => [
    run.index + 1,
    run.seed,
    ...run.cell.values,
    outcome?.steps ?? "",
    outcome === null ? "not made" : outcome.diverged === null ? "done" : "diverged",
    outcome?.seconds.toFixed(3) ?? "",
    ...ids.map((id) => outcome?.metrics[id] ?? ""),
  ]);
  return `${[head, ...rows].map((row) => row.map((field) => quoted(String(field))).join(",")).join("\n")}\n`;
}

const quoted = (field: string) => (/[",\n]/.test(field) ? `"${field.replaceAll('"', '""')}"` : field);
