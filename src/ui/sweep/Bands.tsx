/** A reading of all runs over the steps: every run as a thin line, the mean of each cell of the grid with its band. */
import { useMemo, useState } from "react";
import type { RunEntry } from "../../client/sweep/sweep-runs";
import { formatStep, formatTick, roundTicks } from "../../core/format";
import { modelOf } from "../../core/models";
import { columnReader } from "../../core/step-table";
import type { Sweep, SweepCell } from "../../core/sweep/plan";
import { bandOf } from "../../core/sweep/summary";

/** Of the drawing, in its own units; it is stretched to the width that there is. */
const [WIDTH, HEIGHT] = [720, 240];
const ROOM = { left: 52, right: 12, top: 10, bottom: 24 } as const;
/** Cells are told apart by the lightness of one hue, between these shares of it. */
const [LIGHTEST, DARKEST] = [35, 100];
const DASHES = ["", "6 3", "2 3", "8 3 2 3"] as const;
/** The axis goes as far as nearly all points do: a single spike must not flatten the rest. */
const NEARLY_ALL = 0.995;

interface Props {
  readonly sweep: Sweep;
  readonly entries: readonly RunEntry[];
  readonly cells: readonly SweepCell[];
  readonly chosen: number | null;
  readonly onChoose: (cell: number | null) => void;
}

export function Bands({ sweep, entries, cells, chosen, onChoose }: Props) {
  const readings = Object.entries(modelOf(sweep.base).readings);
  const [reading, setReading] = useState(readings.find(([id]) => id === "gLoss")?.[0] ?? readings[0]?.[0] ?? "");
  const tables = useMemo(
    () =>
      entries.flatMap(({ run, outcome }) =>
        outcome === null ? [] : [{ cell: run.cell.index, table: outcome.curves }],
      ),
    [entries],
  );
  const drawn = useMemo(() => drawingOf(tables, reading, sweep.steps), [tables, reading, sweep.steps]);
  if (tables.length === 0) return null;
  const player = modelOf(sweep.base).readings[reading]?.player ?? "";
  const role = modelOf(sweep.base).players[player]?.role ?? "generator";
  const shown = cells.filter(({ index }) => chosen === null || chosen === index);
  return (
    <section className="sweep-bands" aria-label="Curves of all runs">
      <div className="sweep-bar">
        <label>
          Curve
          <select value={reading} onChange={(event) => setReading(event.currentTarget.value)}>
            {readings.map(([id, { words }]) => (
              <option key={id} value={id}>
                {words}
              </option>
            ))}
          </select>
        </label>
        <p className="sweep-note">
          Every run as a thin line; the mean of its seeds in bold, within a standard deviation.
        </p>
      </div>
      <svg
        viewBox={`0 0 ${WIDTH} ${HEIGHT}`}
        role="img"
        aria-label={`${modelOf(sweep.base).readings[reading]?.words ?? reading} of ${tables.length} runs over ${sweep.steps} steps`}
      >
        {drawn.ticks.map((tick) => (
          <g key={tick}>
            <line className="sweep-grid" x1={ROOM.left} x2={WIDTH - ROOM.right} y1={drawn.y(tick)} y2={drawn.y(tick)} />
            <text className="sweep-tick" x={ROOM.left - 6} y={drawn.y(tick) + 4} textAnchor="end">
              {formatTick(tick, drawn.spacing)}
            </text>
          </g>
        ))}
        {roundTicks(0, sweep.steps, 6).map((step) => (
          <text key={step} className="sweep-tick" x={drawn.x(step)} y={HEIGHT - 6} textAnchor="middle">
            {formatStep(step)}
          </text>
        ))}
        {shown.map(({ index }) => {
          const own = tables.filter(({ cell }) => cell === index);
          const band = bandOf(
            own.map(({ table }) => table),
            reading,
          );
          const line = band.steps.map((step, i) => `${drawn.x(step)},${drawn.y(band.mean[i] ?? 0)}`).join(" ");
          const area = [
            ...band.steps.map((step, i) => `${drawn.x(step)},${drawn.y(band.high[i] ?? 0)}`),
            ...band.steps.map((step, i) => `${drawn.x(step)},${drawn.y(band.low[i] ?? 0)}`).reverse(),
          ].join(" ");
          return (
            <g key={index} style={{ color: colorOf(role, index, cells.length) }}>
              {own.length > 1 && <polygon className="sweep-band" points={area} />}
              {own.map(({ table }, i) => (
                // biome-ignore lint/suspicious/noArrayIndexKey: runs of a cell come in order and stay
                <polyline key={i} className="sweep-line" points={pointsOf(table, reading, drawn)} />
              ))}
              <polyline className="sweep-mean" strokeDasharray={DASHES[index % DASHES.length]} points={line} />
            </g>
          );
        })}
      </svg>
      {cells.length > 1 && (
        <ul className="sweep-legend">
          {cells.map(({ index, name }) => (
            <li key={index}>
              <button
                type="button"
                aria-pressed={chosen === index}
                onClick={() => onChoose(chosen === index ? null : index)}
              >
                <svg viewBox="0 0 28 8" aria-hidden="true" style={{ color: colorOf(role, index, cells.length) }}>
                  <line
                    className="sweep-mean"
                    x1="0"
                    x2="28"
                    y1="4"
                    y2="4"
                    strokeDasharray={DASHES[index % DASHES.length]}
                  />
                </svg>
                {name}
              </button>
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}

function colorOf(role: "generator" | "discriminator", index: number, count: number): string {
  const share = count === 1 ? DARKEST : LIGHTEST + ((DARKEST - LIGHTEST) * index) / (count - 1);
  return `color-mix(in srgb, var(--color-${role}) ${Math.round(share)}%, var(--color-axis))`;
}

interface Drawing {
  readonly x: (step: number) => number;
  readonly y: (value: number) => number;
  readonly ticks: readonly number[];
  readonly spacing: number;
}

type Curves = Parameters<typeof bandOf>[0][number];

function drawingOf(tables: readonly { readonly table: Curves }[], reading: string, steps: number): Drawing {
  const values = tables
    .flatMap(({ table }) => {
      const read = columnReader(table, reading);
      return Array.from(table.steps, (_, row) => read(row));
    })
    .filter(Number.isFinite)
    .sort((a, b) => a - b);
  const at = (share: number) => values[Math.round(share * (values.length - 1))] ?? 0;
  const [low, high] = [Math.min(0, at(1 - NEARLY_ALL)), at(NEARLY_ALL)];
  const top = high > low ? high : low + 1;
  const [inner, tall] = [WIDTH - ROOM.left - ROOM.right, HEIGHT - ROOM.top - ROOM.bottom];
  const ticks = roundTicks(low, top, 5);
  const y = (value: number) => ROOM.top + tall * (1 - (Math.min(top, Math.max(low, value)) - low) / (top - low));
  return { x: (step) => ROOM.left + (inner * step) / steps, y, ticks, spacing: (ticks[1] ?? 1) - (ticks[0] ?? 0) };
}

function pointsOf(table: Curves, reading: string, { x, y }: Drawing): string {
  const read = columnReader(table, reading);
  return Array.from(table.steps, (step, row) => [step, read(row)] as const)
    .filter(([, value]) => Number.isFinite(value))
    .map(([step, value]) => `${x(step).toFixed(1)},${y(value).toFixed(1)}`)
    .join(" ");
}
