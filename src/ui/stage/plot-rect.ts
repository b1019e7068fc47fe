/** Where the plots of the stage lie in their canvases: for those who draw them and for those who point at them. No drawing. */
import { AXIS_WIDTH, type Rect } from "./axes";

/** Room for the 2-D plot's colour bar. */
export const BAR = 12;
export const BAR_GAP = 12;

/** The 2-D plot in a canvas of width × height CSS pixels: a square, so that circles are round. */
export function planeRect(width: number, height: number): Rect {
  const [left, top, bottom] = [30, 8, 24];
  const right = BAR_GAP + BAR + AXIS_WIDTH;
  const side = Math.max(40, Math.min(width - left - right, height - top - bottom));
  return { left: Math.round(left + (width - left - right - side) / 2), top, width: side, height: side };
}

/** The 1-D plot in a canvas of width × height CSS pixels, with an axis on both sides. */
export function lineRect(width: number, height: number): Rect {
  return {
    left: AXIS_WIDTH,
    top: 26,
    width: Math.max(10, width - 2 * AXIS_WIDTH),
    height: Math.max(10, height - 26 - 34),
  };
}
