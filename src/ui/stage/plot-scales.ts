/** From data to pixels of the stage's plots and back, and which fake lies where one points. Pure arithmetic. */
import type { PlaneWindow } from "../../core/plane-window";
import { linearScale, type Rect } from "./axes";

export interface PlotScales {
  readonly x: (value: number) => number;
  /** On the line every mark sits at the same height, a little above the axis. */
  readonly y: (value: number) => number;
}

const LINE_ABOVE = 14;

/** Scales of a plot of a part of the plane, or of the line of its width. */
export function plotScales(rect: Rect, { x, y, half }: PlaneWindow, dimension: 1 | 2): PlotScales {
  const bottom = rect.top + rect.height;
  return {
    x: linearScale(x - half, x + half, rect.left, rect.left + rect.width),
    y: dimension === 1 ? () => bottom - LINE_ABOVE : linearScale(y - half, y + half, bottom, rect.top),
  };
}

/** The data point [dimension] under a pixel; null outside of the plot. */
export function pointAt(
  rect: Rect,
  { x, y, half }: PlaneWindow,
  dimension: 1 | 2,
  pixel: { readonly x: number; readonly y: number },
): Float32Array | null {
  const [across, down] = [(pixel.x - rect.left) / rect.width, (pixel.y - rect.top) / rect.height];
  if (across < 0 || across > 1 || down < 0 || down > 1) return null;
  const point = [x + half * (2 * across - 1), y + half * (1 - 2 * down)];
  return Float32Array.from(point.slice(0, dimension));
}

/** Number of the fake nearest to a point within a distance, data units; -1 where there is none. */
export function nearestFake(fakes: Float32Array, dimension: 1 | 2, point: ArrayLike<number>, within: number): number {
  let found = -1;
  let least = within * within;
  for (let i = 0; i * dimension < fakes.length; i++) {
    let square = ((fakes[i * dimension] ?? Number.NaN) - (point[0] ?? 0)) ** 2;
    if (dimension === 2) square += ((fakes[i * 2 + 1] ?? Number.NaN) - (point[1] ?? 0)) ** 2;
    if (square <= least) [found, least] = [i, square];
  }
  return found;
}
