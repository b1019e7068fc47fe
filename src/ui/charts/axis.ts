/** Where a chart's axes begin and end, their ticks and the words on them. Numbers and text; no drawing. */
import { formatStep, formatTick, powerOfTen, roundTicks } from "../../core/format";
import type { ChartInfo } from "./catalogue";
import { decades, type Row, rangeOf } from "./rows";

export interface Axis {
  readonly domain: [number, number];
  readonly ticks: number[];
  readonly format: (value: number) => string;
}

/** Relative: far below what float32 curves can tell, far above what doubles lose. */
const ROUNDING = 1e-9;

/** The axis of values for the rows' shown columns. */
export function valueAxis(info: ChartInfo, rows: readonly Row[], columns: readonly string[]): Axis {
  if (info.scale === "log") {
    const { domain, ticks } = decades(rangeOf(rows, columns));
    return { domain, ticks, format: (value) => decadeText(Math.round(Math.log10(value))) };
  }
  if (info.domain) return { domain: [...info.domain], ticks: [0, 0.25, 0.5, 0.75, 1], format: (v) => String(v) };
  const references = info.references.map(({ value }) => value);
  const [low, high] = rangeOf(rows, columns, references) ?? [0, 2];
  // A constant whose points were computed between others differs from itself by rounding: that is no range to show.
  const spread = high - low > ROUNDING * Math.max(Math.abs(low), Math.abs(high)) ? high - low : 0;
  const air = 0.06 * (spread || Math.abs(high) || 1);
  // A loss that stays above 0 keeps 0 in view: half a loss should look like half.
  const from = low >= 0 && low < 0.5 * high ? 0 : low - air;
  const domain: [number, number] = [from, high + air];
  const ticks = roundTicks(domain[0], domain[1], 5);
  return { domain, ticks, format: (value) => formatTick(value, Math.abs((ticks[1] ?? 1) - (ticks[0] ?? 0))) };
}

/** The axis of training steps: whole numbers, however few there are. @param within the part of the run that is shown; null: all */
export function stepAxis(rows: readonly Row[], within: readonly [number, number] | null = null): Axis {
  const [first, last] = within ?? [rows[0]?.step ?? 0, rows.at(-1)?.step ?? 100];
  const domain: [number, number] = [first, Math.max(first + 1, last)];
  const ticks = roundTicks(domain[0], domain[1], Math.min(6, domain[1] - domain[0])).filter(Number.isInteger);
  return { domain, ticks, format: formatStep };
}

/** 0 at the axis' beginning, 1 at its end. */
export const placeOn = ([from, to]: readonly [number, number], step: number): number => (step - from) / (to - from);

/** 0.01, 0.1, 1, 10, 100 as they are, the rest as powers. */
const decadeText = (exponent: number) =>
  Math.abs(exponent) <= 2 ? String(Number((10 ** exponent).toPrecision(1))) : powerOfTen(exponent);

/** Pixels between two lines of small text. */
const LINE = 13;

/**
 * Which of the chart's lines may carry their label: those that come first, as long as none lies on another.
 * @param height of the plot, pixels
 */
export function labelled(references: ChartInfo["references"], { domain }: Axis, height: number): ReadonlySet<string> {
  const taken: number[] = [];
  const shown = new Set<string>();
  for (const { value, label } of references) {
    const y = ((value - domain[0]) / (domain[1] - domain[0])) * height;
    if (taken.some((other) => Math.abs(other - y) < LINE)) continue;
    taken.push(y);
    shown.add(label);
  }
  return shown;
}
