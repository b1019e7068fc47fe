/** A metric over the grid: a cell for each value of one setting, or each pair of values of two, darker where it is higher. */
import { formatNumber } from "../../core/format";
import { METRICS, type MetricId } from "../../core/metrics";
import type { Sweep } from "../../core/sweep/plan";
import { valueName } from "../../core/sweep/settings";
import { type CellSummary, metricOf } from "../../core/sweep/summary";

/** Ink of the highest cell: numbers stay readable on all of them. */
const MOST_INK = 0.55;

interface Props {
  readonly sweep: Sweep;
  readonly summaries: readonly CellSummary[];
  readonly metric: MetricId;
  /** The cell whose runs alone are shown below; null for all. */
  readonly chosen: number | null;
  readonly onChoose: (cell: number | null) => void;
}

export function HeatMap({ sweep, summaries, metric, chosen, onChoose }: Props) {
  const [rows, columns] = sweep.axes.length === 1 ? [null, sweep.axes[0]] : [sweep.axes[0], sweep.axes[1]];
  if (columns === undefined) return null;
  const means = summaries.map((summary) => metricOf(summary, metric).mean).filter(Number.isFinite);
  const [low, high] = [Math.min(...means), Math.max(...means)];
  const ink = (value: number) => (high > low ? (MOST_INK * (value - low)) / (high - low) : 0);
  const width = columns.values.length;
  const rowValues = rows?.values ?? [""];
  return (
    <div className="sweep-scroll">
      <table className="sweep-heat">
        <caption>
          {METRICS[metric].name}, mean over the seeds
          {METRICS[metric].direction === "reference"
            ? "; best near what real data read"
            : `; ${METRICS[metric].direction} is better`}
        </caption>
        <thead>
          <tr>
            {rows !== null && rows !== undefined && <th scope="col">{rows.setting.name}</th>}
            {columns.values.map((value) => (
              <th key={value} scope="col" className="number">
                {columns.setting.name} {valueName(sweep.base, columns.setting, value)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rowValues.map((rowValue, r) => (
            <tr key={rowValue}>
              {rows !== null && rows !== undefined && (
                <th scope="row" className="number">
                  {valueName(sweep.base, rows.setting, rowValue)}
                </th>
              )}
              {columns.values.map((value, c) => {
                const summary = summaries[r * width + c];
                const { mean = Number.NaN, spread = Number.NaN } = summary?.metrics.get(metric) ?? {};
                const index = r * width + c;
                return (
                  <td
                    key={value}
                    style={{
                      background: Number.isFinite(mean)
                        ? `color-mix(in srgb, var(--color-real) ${Math.round(100 * ink(mean))}%, var(--color-surface))`
                        : "none",
                    }}
                  >
                    <button
                      type="button"
                      className="number"
                      aria-pressed={chosen === index}
                      aria-label={`${summary?.cell.name}: ${formatNumber(mean)}. Show these runs alone`}
                      onClick={() => onChoose(chosen === index ? null : index)}
                    >
                      {formatNumber(mean)}
                      <small>
                        {Number.isNaN(spread) ? "" : ` ± ${formatNumber(spread, 2)}`}
                        {(summary?.diverged ?? 0) > 0 ? ` (${summary?.diverged} diverged)` : ""}
                      </small>
                    </button>
                  </td>
                );
              })}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
