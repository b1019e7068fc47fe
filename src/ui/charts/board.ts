/**
 * What a person has made of the charts while the lab is open: which there are, their order and size, what is on them, and the part of the
 * run that all of them show. Remembered, but for that part. Closed, the charts are as they come.
 */
import { create } from "zustand";
import { browserPage } from "../../client/page";
import { formatNumber } from "../../core/format";
import type { ChartInfo } from "./catalogue";
import type { Curve } from "./curves";

export const SIZES = { small: 0.7, medium: 1, large: 1.8 } as const;
export type Size = keyof typeof SIZES;

/** Points to each side that a smoothed point is the mean of; 0 draws the curves alone. */
export const SMOOTHINGS = [0, 3, 7, 20] as const;

export interface Board {
  /** Charts that were added, by the curve that each began with. */
  readonly own: readonly string[];
  /** Curves that were put on a chart, by the chart's place. */
  readonly added: Readonly<Record<string, readonly string[]>>;
  /** Places that were taken away. */
  readonly gone: readonly string[];
  /** Places that stay at the top. */
  readonly pinned: readonly string[];
  readonly sizes: Readonly<Record<string, Size>>;
  readonly scales: Readonly<Record<string, ChartInfo["scale"]>>;
  readonly smoothing: number;
}

const AS_THEY_COME: Board = { own: [], added: {}, gone: [], pinned: [], sizes: {}, scales: {}, smoothing: 0 };
const KEY = "charts";
const page = browserPage();

export const useBoard = create<Board>(() => ({ ...AS_THEY_COME, ...remembered() }));

/** The steps that all charts show; null: the whole run. */
export const useShownSteps = create<{ readonly steps: readonly [number, number] | null }>(() => ({ steps: null }));

export const showSteps = (steps: readonly [number, number] | null): void => useShownSteps.setState({ steps });

export function changeBoard(change: Partial<Board>): void {
  useBoard.setState(change);
  page.write(KEY, JSON.stringify(useBoard.getState()));
}

export const resetBoard = (): void => changeBoard(AS_THEY_COME);

/** What was kept; nothing where it is not what this version writes. */
function remembered(): Partial<Board> {
  try {
    const found: unknown = JSON.parse(page.read(KEY) ?? "{}");
    if (typeof found !== "object" || found === null) return {};
    const fits = Object.entries(AS_THEY_COME).every(([key, value]) => {
      const kept = (found as Readonly<Record<string, unknown>>)[key];
      return kept === undefined || (typeof kept === typeof value && Array.isArray(kept) === Array.isArray(value));
    });
    return fits ? found : {};
  } catch {
    return {};
  }
}

/** With or without one. */
export const toggled = (list: readonly string[], id: string): readonly string[] =>
  list.includes(id) ? list.filter((one) => one !== id) : [...list, id];

/** A chart with what a person put on it. @param place the id of its place */
export function onBoard(info: ChartInfo, place: string, board: Board, curves: readonly Curve[]): ChartInfo {
  const extra = (board.added[place] ?? []).flatMap((id) => curves.find((curve) => curve.id === id) ?? []);
  const more = extra.map(({ series }) => series).filter(({ key }) => !info.series.some((one) => one.key === key));
  const scale = board.scales[place] ?? info.scale;
  if (more.length === 0 && scale === info.scale) return info;
  // A share's axis from 0 to 1 holds for what the chart came with.
  return { ...info, scale, series: [...info.series, ...more], domain: more.length > 0 ? null : info.domain };
}

/** A chart of one curve. */
export function chartOf({ id, label, definition, series }: Curve): ChartInfo {
  return {
    id,
    title: label,
    term: series.term,
    unit: "",
    definition,
    scale: "linear",
    domain: null,
    series: [series],
    references: [],
    format: (value) => formatNumber(value),
  };
}
