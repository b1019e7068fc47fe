/** The table of many runs: a row for each cell of the grid with every metric as mean ± spread, how many diverged, their time. Sorted by a press. */
import { useState } from "react";
import { METRICS, type MetricId } from "../../core/metrics";
import { type CellSummary, metricOf, summaryText } from "../../core/sweep/summary";

type Column = "name" | "diverged" | "seconds" | MetricId;

interface Props {
  readonly summaries: readonly CellSummary[];
  readonly metrics: readonly MetricId[];
}

export function CellTable({ summaries, metrics }: Props) {
  const [by, setBy] = useState<{ readonly column: Column; readonly falling: boolean }>({
    column: "name",
    falling: false,
  });
  const rows = summaries.toSorted((a, b) => {
    const [x, y] = [sortKey(a, by.column), sortKey(b, by.column)];
    const order = Number.isNaN(x) ? 1 : Number.isNaN(y) ? -1 : x - y;
    return Number.isNaN(x) || Number.isNaN(y) ? order : by.falling ? -order : order;
  });
  const head = (column: Column, text: string, title?: string) => (
    <th key={column} scope="col" aria-sort={by.column !== column ? "none" : by.falling ? "descending" : "ascending"}>
      <button
        type="button"
        title={title}
        onClick={() => setBy({ column, falling: by.column === column && !by.falling })}
      >
        {text}
        {by.column === column && <span aria-hidden="true">{by.falling ? " ↓" : " ↑"}</span>}
      </button>
    </th>
  );
  return (
    <div className="sweep-scroll">
      <table className="sweep-table">
        <caption>Mean ± standard deviation over the seeds that came to their end</caption>
        <thead>
          <tr>
            {head("name", summaries.length > 1 ? "Settings" : "Runs")}
            {head("diverged", "Diverged", "Runs in which a number was no longer finite")}
            {head("seconds", "Time", "Of training, a run")}
            {metrics.map((id) => head(id, METRICS[id].name, METRICS[id].definition))}
          </tr>
        </thead>
        <tbody className="number">
          {rows.map((row) => (
            <tr key={row.cell.index}>
              <th scope="row">{row.cell.name === "" ? "all seeds" : row.cell.name}</th>
              <td>
                {row.diverged} of {row.finished}
              </td>
              <td>{summaryText(row.seconds)} s</td>
              {metrics.map((id) => (
                <td key={id}>{summaryText(metricOf(row, id))}</td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function sortKey(row: CellSummary, column: Column): number {
  if (column === "name") return row.cell.index;
  if (column === "diverged") return row.diverged;
  if (column === "seconds") return row.seconds.mean;
  return metricOf(row, column).mean;
}
