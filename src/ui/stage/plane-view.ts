/** The 2-D stage: real and generated points over the map of D. Drawing and what it needs; no React. */
import { formatTick, roundTicks } from "../../core/format";
import { type PlaneWindow, wholePlane } from "../../core/plane-window";
import type { StageFrame } from "../../core/stage";
import type { RoleColors } from "../theme/colors";
import { AXIS_WIDTH, crisp, drawFrame, drawSampleMark, drawXAxis, linearScale, plotFont, type Rect } from "./axes";
import { classColors } from "./class-colors";
import type { ClusterLight } from "./cluster-lights";
import { drawClusters } from "./draw-clusters";
import { drawPlanePairs } from "./draw-pairs";
import { contour, heatPixels, partOf, refine } from "./heat-map";
import { type HeatScale, heatTicks } from "./heat-scale";
import type { LayerScene, StageLayer } from "./layers/types";
import { pixelPicture } from "./pixel-picture";
import { BAR, BAR_GAP, isTicked, rectOf } from "./plot-rect";
import { drawCrosses, drawDots } from "./point-marks";

export type PlaneFrame = Extract<StageFrame, { kind: "plane" }>;

export interface PlaneScene {
  readonly frame: PlaneFrame;
  /** What of the plane is shown; null for the part that the frame was asked for. */
  readonly window: PlaneWindow | null;
  /** [n, 2], data units; null where the frame's data are not known. */
  readonly reals: Float32Array | null;
  /** What the map's values look like. */
  readonly scale: HeatScale;
  /** The data's clusters; null where it has none, or before they were looked for. */
  readonly clusters: readonly ClusterLight[] | null;
  /** G's sample at the latent sliders' point, data units, or null. */
  readonly sample: readonly [number, number] | null;
  readonly layers: readonly StageLayer[];
  /** What the layers need to know of the arm. */
  readonly of: Pick<LayerScene, "arm" | "step" | "loss" | "bent">;
  /** The map behind the samples, [size, size] of `frame`; D's logits, or what is to be seen in their place. */
  readonly map: Float32Array;
  /** Whether the map is of logits, whose 0 is "cannot tell". */
  readonly undecided: boolean;
  /** What stands at the lower and the upper end of the colour bar. */
  readonly ends: readonly [string, string];
  /** Whether the colour scale stands beside the plot; arms share one elsewhere. */
  readonly scaleBeside: boolean;
}

/** Where a frame's map lies. */
export const mappedWindow = ({ window, extent }: PlaneFrame): PlaneWindow => window ?? wholePlane(extent);

/** Draws the scene into a canvas of width × height CSS pixels; the plot is square, so that circles are round. */
export function drawPlane(
  context: CanvasRenderingContext2D,
  width: number,
  height: number,
  scene: PlaneScene,
  colors: RoleColors,
): void {
  const { frame, scale } = scene;
  const shown = scene.window ?? mappedWindow(frame);
  const [west, east] = [shown.x - shown.half, shown.x + shown.half];
  const [south, north] = [shown.y - shown.half, shown.y + shown.half];
  const rect = rectOf(2, scene.scaleBeside)(width, height);
  const side = rect.width;
  const x = linearScale(west, east, rect.left, rect.left + side);
  const y = linearScale(south, north, rect.top + side, rect.top);

  context.save();
  context.beginPath();
  context.rect(rect.left, rect.top, side, side);
  context.clip();
  drawHeat(context, rect, scene, shown, colors);
  const at = (i: number) => [x(frame.fakes[2 * i] ?? 0), y(frame.fakes[2 * i + 1] ?? 0)] as const;
  const layered: LayerScene = { ...scene.of, frame, window: shown, reals: scene.reals, rect, x, y, at };
  const drawLayers = (place: StageLayer["place"]) => {
    for (const layer of scene.layers) if (layer.place === place) layer.draw(context, layered, colors);
  };
  drawLayers("below");
  if (scene.reals) drawCrosses(context, scene.reals, rect, x, y, colors);
  if (frame.pairs) drawPlanePairs(context, frame.pairs, x, y);
  if (frame.asked) drawClasses(context, frame, x, y, colors);
  else drawDots(context, frame.fakes, x, y, colors.fake, colors);
  drawLayers("above");
  if (scene.clusters) drawClusters(context, scene.clusters, x, y, side, colors);
  if (scene.sample) drawSampleMark(context, x(scene.sample[0]), y(scene.sample[1]), colors);
  context.restore();

  drawFrame(context, rect, colors);
  if (isTicked(width)) {
    drawXAxis(context, rect, { ticks: roundTicks(west, east, 6), scale: x }, colors);
    drawLeftTicks(context, rect, roundTicks(south, north, 6), y, colors);
  }
  if (scene.scaleBeside) drawColorBar(context, rect, scale, scene.ends, colors);
}

/** Points of the drawn map per cell of the one that D was asked: smooth lines, and little to draw. */
const FINER = 4;

function drawHeat(
  context: CanvasRenderingContext2D,
  rect: Rect,
  { frame, map, undecided, scale }: PlaneScene,
  shown: PlaneWindow,
  colors: RoleColors,
): void {
  context.fillStyle = colors.plot;
  context.fillRect(rect.left, rect.top, rect.width, rect.height);
  if (frame.size < 2) return;
  const { values, size } = refine(map, frame.size, FINER, partOf(shown, mappedWindow(frame), frame.size));
  const picture = pixelPicture(heatPixels(values, scale, colors), size);
  const cell = rect.width / (size - 1); // its first and last points lie on the edges
  context.imageSmoothingEnabled = true;
  context.imageSmoothingQuality = "low"; // linear: the cubic part is done, and without a graphics card more takes longer than all else
  const [left, top] = [rect.left - cell / 2, rect.top - cell / 2];
  context.drawImage(picture, left, top, rect.width + cell, rect.height + cell);
  if (!undecided) return; // only a probability has a "cannot tell"
  const segments = contour(values, size, 0);
  context.lineCap = "round";
  context.strokeStyle = colors.discriminator;
  context.lineWidth = 1.75;
  context.beginPath();
  for (let i = 0; i < segments.length; i += 4) {
    context.moveTo(rect.left + (segments[i] ?? 0) * cell, rect.top + (segments[i + 1] ?? 0) * cell);
    context.lineTo(rect.left + (segments[i + 2] ?? 0) * cell, rect.top + (segments[i + 3] ?? 0) * cell);
  }
  context.stroke();
}

type Scale = (value: number) => number;

/** The fakes of each class in its own hue. */
function drawClasses(context: CanvasRenderingContext2D, frame: PlaneFrame, x: Scale, y: Scale, colors: RoleColors) {
  const { asked, fakes } = frame;
  if (asked === undefined) return;
  const own = classColors(asked.count).map((color) => ({ color, points: [] as number[] }));
  asked.labels.forEach((label, i) => {
    own[label]?.points.push(fakes[2 * i] ?? 0, fakes[2 * i + 1] ?? 0);
  });
  for (const { color, points } of own) drawDots(context, points, x, y, color, colors);
}

function drawLeftTicks(
  context: CanvasRenderingContext2D,
  rect: Rect,
  ticks: readonly number[],
  y: Scale,
  colors: RoleColors,
) {
  context.font = plotFont(context);
  context.textAlign = "right";
  context.textBaseline = "middle";
  context.fillStyle = colors.muted;
  context.strokeStyle = colors.axis;
  context.beginPath();
  for (const tick of ticks) {
    context.moveTo(rect.left, crisp(y(tick)));
    context.lineTo(rect.left - 4, crisp(y(tick)));
    context.fillText(formatTick(tick), rect.left - 7, y(tick));
  }
  context.stroke();
}

function drawColorBar(
  context: CanvasRenderingContext2D,
  rect: Rect,
  scale: HeatScale,
  [lowest, highest]: PlaneScene["ends"],
  colors: RoleColors,
): void {
  const left = rect.left + rect.width + BAR_GAP;
  const inset = 24; // room for the words beyond both ends, clear of the numbers at them
  const top = rect.top + inset;
  const height = Math.round(rect.height - 2 * inset);
  const column = Float32Array.from({ length: height }, (_, row) => {
    const value = scale.low + (scale.high - scale.low) * (1 - (row + 0.5) / height);
    // What the bar shows of a probability is its logit's colour.
    return scale.kind === "probability" ? Math.log(value / (1 - value)) : value;
  });
  context.imageSmoothingEnabled = false;
  context.drawImage(pixelPicture(heatPixels(column, scale, colors), 1), left, top, BAR, height);
  context.strokeStyle = colors.axis;
  context.lineWidth = 1;
  context.strokeRect(crisp(left), crisp(top), BAR - 1, height - 1);
  context.font = plotFont(context);
  context.textAlign = "left";
  const room = BAR_GAP + BAR + AXIS_WIDTH;
  const aside = (text: string) => Math.min(0, room - BAR_GAP - 4 - context.measureText(text).width); // never cut
  context.textBaseline = "bottom";
  context.fillStyle = colors.text.real;
  context.fillText(highest, left + aside(highest), top - 9);
  context.textBaseline = "top";
  context.fillStyle = colors.text.fake;
  context.fillText(lowest, left + aside(lowest), top + height + 9);
  context.fillStyle = colors.muted;
  context.textBaseline = "middle";
  context.beginPath();
  for (const { at, text } of heatTicks(scale, height)) {
    const y = crisp(top + height * (1 - at));
    context.moveTo(left + BAR, y);
    context.lineTo(left + BAR + 3, y);
    context.fillText(text, left + BAR + 6, y);
  }
  context.stroke();
}
