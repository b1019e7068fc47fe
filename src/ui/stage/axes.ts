/** Frames, scales, ticks and titles of the stage's plots. Knows nothing of what is plotted. */
import { formatTick } from "../../core/format";
import type { RoleColors } from "../theme/colors";

/** CSS pixels. */
export interface Rect {
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
}

export const FONT = '11px Inter, system-ui, -apple-system, "Segoe UI", Roboto, sans-serif';

/** The type of a plot's numbers and words: larger where the last row of a room reads them. */
export const plotFont = ({ canvas }: CanvasRenderingContext2D): string =>
  canvas.closest("[data-presenting]") === null ? FONT : FONT.replace("11px", "14px");

const TICK = 4;
/** Room that a y axis's numbers need. */
export const AXIS_WIDTH = 40;

/** Data value to pixel, linear: `low` at `start`, `high` at `end`. */
export function linearScale(low: number, high: number, start: number, end: number): (value: number) => number {
  const slope = high === low ? 0 : (end - start) / (high - low);
  return (value) => start + (value - low) * slope;
}

/** Crisp hairlines: the middle of a device-independent pixel. */
export const crisp = (pixel: number) => Math.round(pixel) + 0.5;

/** The ground of a plot and its border. */
export function drawFrame(context: CanvasRenderingContext2D, rect: Rect, colors: RoleColors): void {
  context.strokeStyle = colors.axis;
  context.lineWidth = 1;
  context.strokeRect(crisp(rect.left), crisp(rect.top), Math.round(rect.width) - 1, Math.round(rect.height) - 1);
}

interface Axis {
  readonly ticks: readonly number[];
  readonly scale: (value: number) => number;
  readonly title?: string;
  readonly format?: (value: number) => string;
}

/** Ticks and numbers under the plot, the title in the right-hand corner below them. */
export function drawXAxis(context: CanvasRenderingContext2D, rect: Rect, axis: Axis, colors: RoleColors): void {
  const bottom = rect.top + rect.height;
  context.font = plotFont(context);
  context.textBaseline = "top";
  context.textAlign = "center";
  context.strokeStyle = colors.axis;
  context.fillStyle = colors.muted;
  context.lineWidth = 1;
  context.beginPath();
  for (const tick of axis.ticks) {
    const x = crisp(axis.scale(tick));
    context.moveTo(x, bottom);
    context.lineTo(x, bottom + TICK);
    context.fillText((axis.format ?? formatTick)(tick), x, bottom + TICK + 3);
  }
  context.stroke();
  if (axis.title !== undefined) {
    context.textAlign = "right";
    context.fillText(axis.title, rect.left + rect.width, bottom + TICK + 17);
  }
}

/** Ticks and numbers beside the plot; the title stands above the axis, upright, so that it can be read. */
export function drawYAxis(
  context: CanvasRenderingContext2D,
  rect: Rect,
  side: "left" | "right",
  axis: Axis & { readonly color?: string },
  colors: RoleColors,
): void {
  const x = side === "left" ? rect.left : rect.left + rect.width;
  const out = side === "left" ? -1 : 1;
  context.font = plotFont(context);
  context.textBaseline = "middle";
  context.textAlign = side === "left" ? "right" : "left";
  context.strokeStyle = colors.axis;
  context.fillStyle = axis.color ?? colors.muted;
  context.lineWidth = 1;
  context.beginPath();
  for (const tick of axis.ticks) {
    const y = crisp(axis.scale(tick));
    context.moveTo(x, y);
    context.lineTo(x + out * TICK, y);
    context.fillText((axis.format ?? formatTick)(tick), x + out * (TICK + 3), y);
  }
  context.stroke();
  if (axis.title !== undefined) {
    context.textBaseline = "bottom";
    context.textAlign = side; // the title starts where the axis stands and runs over the plot's edge
    context.fillText(axis.title, side === "left" ? 2 : x + AXIS_WIDTH - 2, rect.top - 7);
  }
}

/**
 * The point of G's sample at the latent sliders: a green ring with four ticks, white behind to be found on any ground, and
 * nothing in its middle, so that what it marks stays in sight.
 */
export function drawSampleMark(context: CanvasRenderingContext2D, x: number, y: number, colors: RoleColors): void {
  const mark = (width: number, color: string) => {
    context.beginPath();
    context.arc(x, y, RING, 0, 2 * Math.PI);
    for (const [dx, dy] of TICKS) {
      context.moveTo(x + dx * RING, y + dy * RING);
      context.lineTo(x + dx * (RING + 5), y + dy * (RING + 5));
    }
    context.lineWidth = width;
    context.strokeStyle = color;
    context.stroke();
  };
  mark(5, colors.surface);
  mark(2.25, colors.generator);
}

/** Radius of the mark's ring, and where its ticks point. */
const RING = 8;
const TICKS = [
  [1, 0],
  [0, 1],
  [-1, 0],
  [0, -1],
] as const;
