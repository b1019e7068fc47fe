/** What a person's latent means on the stage: the walk with its pins, numbered clusters, the crosshair. Drawing only; no store. */
import type { Modes } from "../../core/datasets";
import type { PlaneWindow } from "../../core/plane-window";
import { type MapScheme, positionColor } from "../latent/position-color";
import type { RoleColors } from "../theme/colors";
import { crisp, plotFont, type Rect } from "./axes";
import { type PlotScales, plotScales } from "./plot-scales";

export interface StageMarks {
  readonly dimension: 1 | 2;
  /** Half width of the whole picture in data units: places have their colours by it. */
  readonly extent: number;
  /** What of it is shown. */
  readonly window: PlaneWindow;
  /** G along the walk [n, dimension], from pin A to pin B; one point where there is one pin. Null without pins. */
  readonly walk: Float32Array | null;
  /** Names of the walk's first and last point; only the first where there is one point. */
  readonly pins: readonly ("A" | "B")[];
  /** Clusters to number, or null. */
  readonly modes: Modes | null;
  /** The crosshair, data units, or null. */
  readonly pointer: ArrayLike<number> | null;
  /** The fake that a press would take, data units, or null. */
  readonly fake: ArrayLike<number> | null;
}

const TAG = 8; // radius of a pin's letter
const TAG_AWAY = 15; // from what it names, which stays in view

/** Draws into the plot `rect`. */
export function drawStageMarks(
  context: CanvasRenderingContext2D,
  rect: Rect,
  marks: StageMarks,
  colors: RoleColors,
  scheme: MapScheme,
): void {
  const scales = plotScales(rect, marks.window, marks.dimension);
  context.save();
  context.beginPath();
  context.rect(rect.left, rect.top, rect.width, rect.height);
  context.clip();
  if (marks.modes !== null) drawModes(context, marks.modes, marks, scales, colors, scheme);
  if (marks.walk !== null) drawWalk(context, rect, marks.walk, marks, scales, colors);
  if (marks.pointer !== null) drawCrosshair(context, rect, marks.pointer, marks.dimension, scales, colors);
  if (marks.fake !== null) ring(context, scales.x(marks.fake[0] ?? 0), scales.y(marks.fake[1] ?? 0), 6, colors);
  context.restore();
}

/** Cluster numbers as on the latent map, outside of the clusters. */
function drawModes(
  context: CanvasRenderingContext2D,
  modes: Modes,
  { extent, dimension }: StageMarks,
  { x, y }: PlotScales,
  colors: RoleColors,
  scheme: MapScheme,
): void {
  modes.centers.forEach((center, i) => {
    const [cx, cy] = [center[0] ?? 0, center[1] ?? 0];
    const length = Math.hypot(cx, cy) || 1;
    const away = dimension === 1 ? [0, 0] : [cx / length, cy / length || 1];
    const px = x(cx) + 15 * (away[0] ?? 0);
    const py = y(dimension === 1 ? 0 : cy) - 15 * (away[1] ?? 0) - (dimension === 1 ? 34 : 0);
    const [red, green, blue] = positionColor(cx, dimension === 1 ? null : cy, extent, 1, scheme);
    context.fillStyle = `rgb(${red} ${green} ${blue})`;
    context.strokeStyle = colors.ink;
    context.lineWidth = 1;
    context.beginPath();
    context.arc(px, py, 8, 0, 2 * Math.PI);
    context.fill();
    context.stroke();
    letter(context, String(i + 1), px, py, colors.ink);
  });
}

function drawWalk(
  context: CanvasRenderingContext2D,
  rect: Rect,
  walk: Float32Array,
  { dimension, pins }: StageMarks,
  { x, y }: PlotScales,
  colors: RoleColors,
): void {
  const count = walk.length / dimension;
  const at = (i: number) => [x(walk[i * dimension] ?? 0), y(walk[i * dimension + 1] ?? 0)] as const;
  for (const [color, width, alpha] of [
    [colors.surface, 4, 0.7],
    [colors.generator, 2, 1],
  ] as const) {
    context.strokeStyle = color;
    context.lineWidth = width;
    context.globalAlpha = alpha;
    context.lineJoin = "round";
    context.beginPath();
    for (let i = 0; i < count; i++) context.lineTo(...at(i));
    context.stroke();
  }
  context.globalAlpha = 1;
  pins.forEach((name, i) => {
    const [px, py] = at(i === 0 ? 0 : count - 1);
    context.fillStyle = colors.generator;
    context.strokeStyle = colors.surface;
    context.lineWidth = 1.5;
    context.beginPath();
    context.arc(px, py, 3.5, 0, 2 * Math.PI);
    context.fill();
    context.stroke();
    // Away from the other end, so that both can be read where they meet; turned round at the plot's edges.
    const other = at(i === 0 ? count - 1 : 0)[0];
    const left = px === other ? name === "A" : px < other;
    const room = left ? px - rect.left : rect.left + rect.width - px;
    const tx = px + (left === room > 2 * TAG_AWAY ? -TAG_AWAY : TAG_AWAY);
    const ty = py + (py - rect.top < 2 * TAG_AWAY ? TAG_AWAY : -TAG_AWAY);
    context.fillStyle = colors.surface;
    context.strokeStyle = colors.generator;
    context.beginPath();
    context.arc(tx, ty, TAG, 0, 2 * Math.PI);
    context.fill();
    context.stroke();
    letter(context, name, tx, ty, colors.text.generator);
  });
}

function drawCrosshair(
  context: CanvasRenderingContext2D,
  rect: Rect,
  pointer: ArrayLike<number>,
  dimension: 1 | 2,
  { x, y }: PlotScales,
  colors: RoleColors,
): void {
  const px = crisp(x(pointer[0] ?? 0));
  context.strokeStyle = colors.ink;
  context.lineWidth = 1;
  context.globalAlpha = 0.55;
  context.setLineDash([3, 3]);
  context.beginPath();
  context.moveTo(px, rect.top);
  context.lineTo(px, rect.top + rect.height);
  if (dimension === 2) {
    const py = crisp(y(pointer[1] ?? 0));
    context.moveTo(rect.left, py);
    context.lineTo(rect.left + rect.width, py);
  }
  context.stroke();
  context.setLineDash([]);
  context.globalAlpha = 1;
}

function ring(context: CanvasRenderingContext2D, x: number, y: number, radius: number, colors: RoleColors): void {
  for (const [color, width] of [
    [colors.surface, 4],
    [colors.ink, 1.75],
  ] as const) {
    context.strokeStyle = color;
    context.lineWidth = width;
    context.beginPath();
    context.arc(x, y, radius, 0, 2 * Math.PI);
    context.stroke();
  }
}

function letter(context: CanvasRenderingContext2D, text: string, x: number, y: number, color: string): void {
  context.font = `700 ${plotFont(context)}`;
  context.textAlign = "center";
  context.textBaseline = "middle";
  context.fillStyle = color;
  context.fillText(text, x, y + 0.5);
}
