/** Where the plots of the stage lie in their canvases: for those who draw them and for those who point at them. No drawing. */
import { AXIS_WIDTH, type Rect } from "./axes";

/** Room for the 2-D plot's colour bar. */
export const BAR = 12;
export const BAR_GAP = 12;

/** Room beside a plot where no axis has numbers. */
const EDGE = 8;
/** Narrower than this an axis has no numbers: the plot needs the room. */
const NARROWEST_TICKED = 250;

/** Whether a plot in a canvas of this width, CSS pixels, has numbers at its axes. */
export const isTicked = (width: number) => width >= NARROWEST_TICKED;

type RectOf = (width: number, height: number) => Rect;

/** Where the plot of data of a dimension lies in a canvas of width × height CSS pixels. The same function each time. */
export function rectOf(dimension: 1 | 2, scaleBeside: boolean): RectOf {
  if (dimension === 1) return lineRect;
  return scaleBeside ? planeRect : besideRect;
}

/** The 2-D plot with its colour scale beside it: a square, so that circles are round. */
export function planeRect(width: number, height: number): Rect {
  return squareRect(width, height, BAR_GAP + BAR + AXIS_WIDTH);
}

/** The 2-D plot of one arm beside others, which share one scale elsewhere. */
function besideRect(width: number, height: number): Rect {
  return squareRect(width, height, EDGE);
}

/** The height at which nothing is left over under the 2-D plot. */
export function planeHeight(width: number, scaleBeside: boolean): number {
  const { bottom } = marginsOf(width);
  const { top, height } = rectOf(2, scaleBeside)(width, 2 * width);
  return top + height + bottom;
}

const marginsOf = (width: number) =>
  isTicked(width) ? { left: 40, top: 8, bottom: 24 } : { left: EDGE, top: EDGE, bottom: EDGE };

function squareRect(width: number, height: number, right: number): Rect {
  const { left, top, bottom } = marginsOf(width);
  const side = Math.max(40, Math.min(width - left - right, height - top - bottom));
  return { left: Math.round(left + (width - left - right - side) / 2), top, width: side, height: side };
}

/** The 1-D plot, with an axis on both sides. */
export function lineRect(width: number, height: number): Rect {
  const ticked = isTicked(width);
  const [aside, top, bottom] = ticked ? [AXIS_WIDTH, 26, 34] : [EDGE, EDGE, EDGE];
  return {
    left: aside,
    top,
    width: Math.max(10, width - 2 * aside),
    height: Math.max(10, height - top - bottom),
  };
}
