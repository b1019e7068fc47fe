/** The 2-D stage: real and generated points over the map of D. Drawing and what it needs; no React. */
import { formatTick, roundTicks } from "../../core/format";
import type { LossId } from "../../core/losses";
import type { Opinion } from "../../core/opinion";
import type { StageFrame } from "../../core/stage";
import type { RoleColors } from "../theme/colors";
import { drawArrows } from "./arrows";
import { crisp, drawFrame, drawSampleMark, drawXAxis, FONT, linearScale, type Rect } from "./axes";
import { contour, heatPixels, heatRamp, heatRange } from "./heat-map";
import { BAR, BAR_GAP, isTicked, rectOf } from "./plot-rect";

export type PlaneFrame = Extract<StageFrame, { kind: "plane" }>;

export interface PlaneScene {
  readonly frame: PlaneFrame;
  /** [n, 2], data units; null where the frame's data are not known. */
  readonly reals: Float32Array | null;
  readonly opinion: Opinion;
  /** G's sample at the latent sliders' point, data units, or null. */
  readonly sample: readonly [number, number] | null;
  /** This arm's loss, where the fakes are to carry arrows; or null. */
  readonly arrows: LossId | null;
  /** Whether the colour scale stands beside the plot; arms share one elsewhere. */
  readonly scaleBeside: boolean;
}

const CROSS = 3.2; // half size of a real's cross
const DOT = 1.9; // radius of a fake's dot

/** Draws the scene into a canvas of width × height CSS pixels; the plot is square, so that circles are round. */
export function drawPlane(
  context: CanvasRenderingContext2D,
  width: number,
  height: number,
  scene: PlaneScene,
  colors: RoleColors,
): void {
  const { frame, opinion } = scene;
  const { extent } = frame;
  const rect = rectOf(2, scene.scaleBeside)(width, height);
  const side = rect.width;
  const x = linearScale(-extent, extent, rect.left, rect.left + side);
  const y = linearScale(-extent, extent, rect.top + side, rect.top);
  const range = heatRange(frame.logits, opinion);

  context.save();
  context.beginPath();
  context.rect(rect.left, rect.top, side, side);
  context.clip();
  drawHeat(context, rect, frame, opinion, range, colors);
  if (scene.reals) drawCrosses(context, scene.reals, x, y, colors);
  drawDots(context, frame.fakes, x, y, colors);
  if (scene.arrows !== null && frame.pulls !== undefined) {
    const at = (i: number) => [x(frame.fakes[2 * i] ?? 0), y(frame.fakes[2 * i + 1] ?? 0)] as const;
    drawArrows(context, frame.pulls, at, scene.arrows, colors);
  }
  if (scene.sample) drawSampleMark(context, x(scene.sample[0]), y(scene.sample[1]), colors);
  context.restore();

  drawFrame(context, rect, colors);
  const ticks = roundTicks(-extent, extent, 6);
  if (isTicked(width)) {
    drawXAxis(context, rect, { ticks, scale: x }, colors);
    drawLeftTicks(context, rect, ticks, y, colors);
  }
  if (scene.scaleBeside) drawColorBar(context, rect, range, opinion, colors);
}

/** One scratch canvas for all maps: they are drawn one after another. */
let scratch: HTMLCanvasElement | undefined;

function drawHeat(
  context: CanvasRenderingContext2D,
  rect: Rect,
  frame: PlaneFrame,
  opinion: Opinion,
  range: readonly [number, number],
  colors: RoleColors,
): void {
  const { size, logits } = frame;
  context.fillStyle = colors.plot;
  context.fillRect(rect.left, rect.top, rect.width, rect.height);
  if (size < 2) return;
  scratch ??= document.createElement("canvas");
  if (scratch.width !== size || scratch.height !== size) Object.assign(scratch, { width: size, height: size });
  scratch.getContext("2d")?.putImageData(new ImageData(heatPixels(logits, opinion, range, colors), size), 0, 0);
  const cell = rect.width / size; // D is asked at the centres of cells
  context.imageSmoothingEnabled = true;
  context.imageSmoothingQuality = "high";
  context.drawImage(scratch, rect.left, rect.top, rect.width, rect.height);
  if (!opinion.probability) return; // only a probability has a "cannot tell"
  const segments = contour(logits, size, 0);
  const [left, top] = [rect.left + cell / 2, rect.top + cell / 2];
  context.strokeStyle = colors.discriminator;
  context.lineWidth = 1.5;
  context.beginPath();
  for (let i = 0; i < segments.length; i += 4) {
    context.moveTo(left + (segments[i] ?? 0) * cell, top + (segments[i + 1] ?? 0) * cell);
    context.lineTo(left + (segments[i + 2] ?? 0) * cell, top + (segments[i + 3] ?? 0) * cell);
  }
  context.stroke();
}

type Scale = (value: number) => number;

function drawCrosses(context: CanvasRenderingContext2D, points: Float32Array, x: Scale, y: Scale, colors: RoleColors) {
  context.strokeStyle = colors.text.real;
  context.globalAlpha = 0.55;
  context.lineWidth = 1.1;
  context.beginPath();
  for (let i = 0; i + 1 < points.length; i += 2) {
    const px = x(points[i] ?? 0);
    const py = y(points[i + 1] ?? 0);
    context.moveTo(px - CROSS, py - CROSS);
    context.lineTo(px + CROSS, py + CROSS);
    context.moveTo(px - CROSS, py + CROSS);
    context.lineTo(px + CROSS, py - CROSS);
  }
  context.stroke();
  context.globalAlpha = 1;
}

function drawDots(context: CanvasRenderingContext2D, points: Float32Array, x: Scale, y: Scale, colors: RoleColors) {
  context.fillStyle = colors.fake;
  context.globalAlpha = 0.9;
  context.beginPath();
  for (let i = 0; i + 1 < points.length; i += 2) {
    const px = x(points[i] ?? 0);
    const py = y(points[i + 1] ?? 0);
    context.moveTo(px + DOT, py);
    context.arc(px, py, DOT, 0, 2 * Math.PI);
  }
  context.fill();
  context.globalAlpha = 1;
}

function drawLeftTicks(
  context: CanvasRenderingContext2D,
  rect: Rect,
  ticks: readonly number[],
  y: Scale,
  colors: RoleColors,
) {
  context.font = FONT;
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
  range: readonly [number, number],
  opinion: Opinion,
  colors: RoleColors,
): void {
  const left = rect.left + rect.width + BAR_GAP;
  const inset = 16; // room for the words at both ends
  const top = rect.top + inset;
  const height = rect.height - 2 * inset;
  const ramp = heatRamp(colors);
  const gradient = context.createLinearGradient(0, top + height, 0, top);
  for (const stop of [0, 0.25, 0.5, 0.75, 1]) {
    const i = 3 * Math.round(stop * 255);
    gradient.addColorStop(stop, `rgb(${ramp[i]} ${ramp[i + 1]} ${ramp[i + 2]})`);
  }
  context.fillStyle = gradient;
  context.fillRect(left, top, BAR, height);
  context.strokeStyle = colors.axis;
  context.lineWidth = 1;
  context.strokeRect(crisp(left), crisp(top), BAR - 1, Math.round(height) - 1);
  context.font = FONT;
  context.textAlign = "left";
  context.textBaseline = "bottom";
  context.fillStyle = colors.text.real;
  context.fillText("real", left, top - 3);
  context.textBaseline = "top";
  context.fillStyle = colors.text.fake;
  context.fillText("fake", left, top + height + 4);
  context.fillStyle = colors.muted;
  context.textBaseline = "middle";
  const scale = linearScale(range[0], range[1], top + height, top);
  const ticks = opinion.probability ? [0, 0.25, 0.5, 0.75, 1] : roundTicks(range[0], range[1], 5);
  context.beginPath();
  for (const tick of ticks) {
    const y = crisp(scale(tick));
    context.moveTo(left + BAR, y);
    context.lineTo(left + BAR + 3, y);
    context.fillText(opinion.probability && tick === 0.5 ? "½" : formatTick(tick), left + BAR + 6, y);
  }
  context.stroke();
}
