/** What came of many runs: pictures, a heat map, curves, tables. Which is shown, sorted and filtered how; the drawing is its parts'. */
import { useMemo, useState } from "react";
import type { RunEntry } from "../../client/sweep/sweep-runs";
import { METRICS, type MetricId } from "../../core/metrics";
import { cellsOf } from "../../core/sweep/plan";
import { metricsOf, runsCsv, summarizeCells } from "../../core/sweep/summary";
import { Bands } from "./Bands";
import { CellTable } from "./CellTable";
import { HeatMap } from "./HeatMap";
import { RunCards } from "./RunCards";
import { useSweep } from "./use-sweep";

const FILTERS = [
  { id: "all", text: "all runs" },
  { id: "done", text: "runs that came to their end" },
  { id: "ended", text: "runs that diverged or could not be made" },
] as const;
type Filter = (typeof FILTERS)[number]["id"];

export type Order = "made" | "best" | "worst" | "fastest";
const ORDERS: readonly { readonly id: Order; readonly text: string }[] = [
  { id: "made", text: "as they were planned" },
  { id: "best", text: "best first" },
  { id: "worst", text: "worst first" },
  { id: "fastest", text: "fastest first" },
];

export function Results() {
  const sweep = useSweep((state) => state.sweep);
  const entries = useSweep((state) => state.entries);
  const [filter, setFilter] = useState<Filter>("all");
  const [order, setOrder] = useState<Order>("made");
  const [wanted, setWanted] = useState<MetricId | null>(null);
  const [cell, setCell] = useState<number | null>(null);
  const ids = useMemo(() => metricsOf(entries), [entries]);
  if (sweep === null) return null;
  const cells = cellsOf(sweep);
  const metric = wanted !== null && ids.includes(wanted) ? wanted : (preferred(ids) ?? null);
  const summaries = summarizeCells(cells, entries);
  const shown = sorted(
    entries.filter((entry) => passes(entry, filter) && (cell === null || entry.run.cell.index === cell)),
    order,
    metric,
  );
  return (
    <div className="sweep-results">
      <div className="sweep-bar">
        <label>
          Metric
          <select
            value={metric ?? ""}
            disabled={ids.length === 0}
            onChange={(event) => setWanted(ids.find((id) => id === event.currentTarget.value) ?? null)}
          >
            {ids.length === 0 && <option value="">none yet</option>}
            {ids.map((id) => (
              <option key={id} value={id}>
                {METRICS[id].name}
              </option>
            ))}
          </select>
        </label>
        <label>
          Show
          <select
            value={filter}
            onChange={(event) => setFilter(FILTERS.find(({ id }) => id === event.currentTarget.value)?.id ?? "all")}
          >
            {FILTERS.map(({ id, text }) => (
              <option key={id} value={id}>
                {text}
              </option>
            ))}
          </select>
        </label>
        <label>
          Sort
          <select
            value={order}
            onChange={(event) => setOrder(ORDERS.find(({ id }) => id === event.currentTarget.value)?.id ?? "made")}
          >
            {ORDERS.map(({ id, text }) => (
              <option key={id} value={id}>
                {text}
              </option>
            ))}
          </select>
        </label>
        {cell !== null && (
          <button type="button" onClick={() => setCell(null)}>
            {cells[cell]?.name}: show all again
          </button>
        )}
        <button type="button" onClick={() => download("runs.csv", runsCsv(sweep, entries))}>
          CSV
        </button>
      </div>
      {metric !== null && <p className="sweep-note">{METRICS[metric].definition}</p>}
      {sweep.axes.length > 0 && metric !== null && (
        <HeatMap sweep={sweep} summaries={summaries} metric={metric} chosen={cell} onChoose={setCell} />
      )}
      <RunCards entries={shown} metric={metric} />
      <Bands sweep={sweep} entries={entries} cells={cells} chosen={cell} onChoose={setCell} />
      <CellTable summaries={summaries} metrics={ids} />
    </div>
  );
}

/** The first metric to show: the one that says most of these data. */
const preferred = (ids: readonly MetricId[]): MetricId | undefined =>
  (["highQuality", "modes", "slicedWasserstein"] as const).find((id) => ids.includes(id)) ?? ids[0];

const passes = ({ status }: RunEntry, filter: Filter): boolean =>
  filter === "all" || (filter === "done" ? status === "done" : status === "diverged" || status === "failed");

function sorted(entries: readonly RunEntry[], order: Order, metric: MetricId | null): readonly RunEntry[] {
  if (order === "made") return entries;
  const key = (entry: RunEntry): number => {
    if (order === "fastest") return entry.outcome === null ? Number.POSITIVE_INFINITY : entry.seconds;
    const value = metric === null ? undefined : entry.outcome?.metrics[metric];
    if (value === undefined || metric === null) return Number.POSITIVE_INFINITY; // runs without a number come last
    const loss = badness(metric, value, entry);
    return order === "best" ? loss : -loss;
  };
  return entries.toSorted((a, b) => key(a) - key(b) || a.run.index - b.run.index);
}

/** The lower, the better, whichever way the metric counts. */
function badness(metric: MetricId, value: number, { outcome }: RunEntry): number {
  const { direction } = METRICS[metric];
  if (direction === "reference") return Math.abs(value - (outcome?.floors[metric] ?? 0));
  return direction === "lower" ? value : -value;
}

function download(name: string, text: string): void {
  const url = URL.createObjectURL(new Blob([text], { type: "text/csv" }));
  const link = document.createElement("a");
  link.href = url;
  link.download = name;
  link.click();
  URL.revokeObjectURL(url);
}
