/**
 * The 1-D stage, after figure 1 of Goodfellow et al. 2014: densities of the data and of the fakes, D, and the best
 * possible D against these two densities. Drawing and what it needs; no React.
 */
import type { PointDataset } from "../../core/datasets";
import { gridPoint, histogramDensity, kernelDensity, noisedDensity } from "../../core/density";
import { roundTicks } from "../../core/format";
import type { Opinion } from "../../core/opinion";
import { drawnOptimum, type Game } from "../../core/optimum";
import { wholePlane } from "../../core/plane-window";
import type { StageFrame } from "../../core/stage";
import type { RoleColors } from "../theme/colors";
import { crisp, drawFrame, drawSampleMark, drawXAxis, drawYAxis, linearScale, type Rect } from "./axes";
import { classColors } from "./class-colors";
import { drawLinePairs } from "./draw-pairs";
import type { LayerScene, StageLayer } from "./layers/types";
import { isTicked, lineRect } from "./plot-rect";

export type LineFrame = Extract<StageFrame, { kind: "line" }>;

const DENSITY_POINTS = 241;
const BINS = 60;
/** A collapsed G makes a density without bound: the axis stops at this multiple of the data's highest. */
const TALLEST = 2.5;

/** p_data on the grid, or null where it is not known. */
export function dataDensity(dataset: PointDataset, extent: number): Float64Array | null {
  const { density } = dataset;
  if (density === undefined) return null;
  return noisedDensity(density, 0, extent, DENSITY_POINTS);
}

/** The best D against the data and a frame's fakes, on the grid; null where there is none or the density is not known. */
export function bestDiscriminator(
  game: Game,
  dataset: PointDataset,
  { fakes, extent }: LineFrame,
): Float64Array | null {
  const { density } = dataset;
  return density === undefined ? null : drawnOptimum(game, density, fakes, extent, DENSITY_POINTS);
}

export interface LineScene {
  readonly frame: LineFrame;
  readonly pData: Float64Array | null;
  /** The best D against these two densities, where there is one and the data's density is known. */
  readonly best: Float64Array | null;
  readonly opinion: Opinion;
  /** G's sample at the latent sliders' point, data units, or null. */
  readonly sample: number | null;
  readonly layers: readonly StageLayer[];
  /** What the layers need to know of the arm. */
  readonly of: Pick<LayerScene, "arm" | "step" | "loss" | "bent">;
}

/** Draws the scene into a canvas of width × height CSS pixels. */
export function drawLine(
  context: CanvasRenderingContext2D,
  width: number,
  height: number,
  scene: LineScene,
  colors: RoleColors,
): void {
  const { frame, pData, opinion } = scene;
  const { extent } = frame;
  const rect = lineRect(width, height);
  const bottom = rect.top + rect.height;
  const x = linearScale(-extent, extent, rect.left, rect.left + rect.width);
  const pG = kernelDensity(frame.fakes, extent, DENSITY_POINTS);
  const top = densityTop(pData, pG);
  const density = linearScale(0, top, bottom, rect.top);
  const judged = frame.logits.length > 0;
  const range = opinionRange(frame.logits, opinion);
  const judge = linearScale(range[0], range[1], bottom, rect.top);

  context.fillStyle = colors.plot;
  context.fillRect(rect.left, rect.top, rect.width, rect.height);
  if (judged) drawLevel(context, rect, judge(opinion.probability ? 0.5 : 0), colors);

  context.save();
  context.beginPath();
  context.rect(rect.left, rect.top, rect.width, rect.height);
  context.clip();
  drawBars(context, frame, x, density, colors);
  const along = (values: ArrayLike<number>, y: (value: number) => number) =>
    strokeCurve(context, values, (i) => x(gridPoint(i, values.length, extent)), y);
  if (pData) {
    context.strokeStyle = colors.real;
    context.lineWidth = 2.25;
    along(pData, density);
  }
  context.strokeStyle = colors.fake;
  context.lineWidth = 2.25;
  along(pG, density);
  context.strokeStyle = colors.discriminator;
  if (scene.best) {
    context.setLineDash([5, 4]);
    context.lineWidth = 1.5;
    along(scene.best, judge);
    context.setLineDash([]);
  }
  context.lineWidth = 2.25;
  along(Float64Array.from(frame.logits, opinion.value), judge);
  if (frame.pairs) {
    const reals = bottom - 2 * PAIR_ROOM * rect.height;
    drawLinePairs(context, frame.pairs, x, { reals: reals + PAIR_ROOM * rect.height, copies: reals }, colors);
  }
  context.restore();

  // One above the other, so that arrows that point along the same line can be told apart.
  const rows = frame.views.pulls?.logits.length ?? 1;
  const at = (i: number) => [x(frame.fakes[i] ?? 0), bottom - 4 - (ARROW_ROOM * rect.height * i) / rows] as const;
  const window = wholePlane(extent);
  const layered: LayerScene = { ...scene.of, frame, window, reals: null, rect, x, y: density, at };
  for (const layer of scene.layers) layer.draw(context, layered, colors);

  drawFrame(context, rect, colors);
  if (isTicked(width))
    drawAxes(context, rect, { x, density, judge: judged ? judge : null, top, range, extent, opinion, width }, colors);
  if (scene.sample !== null && Math.abs(scene.sample) <= extent) {
    drawSampleMark(context, x(scene.sample), bottom - 1, colors);
  }
}

/** The share of the plot's height over which arrows are spread. */
const ARROW_ROOM = 0.3;
/** Between the ticks of reals and those of their copies, and below them: a share of the plot's height. */
const PAIR_ROOM = 0.06;

interface LineAxes {
  readonly x: (value: number) => number;
  readonly density: (value: number) => number;
  /** Of D; null where nothing judges. */
  readonly judge: ((value: number) => number) | null;
  /** Upper end of the density axis. */
  readonly top: number;
  /** Of D's axis. */
  readonly range: readonly [number, number];
  readonly extent: number;
  readonly opinion: Opinion;
  readonly width: number;
}

function drawAxes(
  context: CanvasRenderingContext2D,
  rect: Rect,
  { x, density, judge, top, range, extent, opinion, width }: LineAxes,
  colors: RoleColors,
): void {
  drawXAxis(context, rect, { ticks: roundTicks(-extent, extent, width < 420 ? 4 : 8), scale: x, title: "x" }, colors);
  drawYAxis(context, rect, "left", { ticks: roundTicks(0, top, 4), scale: density, title: "density" }, colors);
  if (judge === null) return;
  drawYAxis(
    context,
    rect,
    "right",
    {
      ticks: opinion.probability ? [0, 0.25, 0.5, 0.75, 1] : roundTicks(range[0], range[1], 5),
      scale: judge,
      title: opinion.probability ? "D(x)" : "D's score",
      color: colors.text.discriminator,
    },
    colors,
  );
}

/** The upper end of the density axis: steps of a round number, so that it does not tremble with every frame. */
function densityTop(pData: Float64Array | null, pG: Float64Array): number {
  const real = pData ? Math.max(...pData) : 0;
  const wanted = 1.1 * Math.max(real, Math.max(...pG));
  const top = real > 0 ? Math.min(wanted, TALLEST * real) : wanted;
  const [, step = 1] = roundTicks(0, Math.max(top, 1e-6), 4);
  return Math.ceil(top / (step / 2)) * (step / 2);
}

/** The right axis: [0, 1] for probabilities, else the scores' own range with a little air. */
export function opinionRange(logits: Float32Array, opinion: Opinion): readonly [number, number] {
  if (opinion.probability) return [0, 1];
  let low = 0;
  let high = 0;
  for (const value of logits) {
    low = Math.min(low, value);
    high = Math.max(high, value);
  }
  const air = 0.05 * (high - low) || 1;
  return [low - air, high + air];
}

function drawLevel(context: CanvasRenderingContext2D, rect: Rect, y: number, colors: RoleColors): void {
  context.strokeStyle = colors.axis;
  context.lineWidth = 1;
  context.setLineDash([2, 3]);
  context.beginPath();
  context.moveTo(rect.left, crisp(y));
  context.lineTo(rect.left + rect.width, crisp(y));
  context.stroke();
  context.setLineDash([]);
}

/** The fakes' histogram; of a model that is told classes, each class's share of a bin upon the others', in its own hue. */
function drawBars(
  context: CanvasRenderingContext2D,
  { fakes, asked, extent }: LineFrame,
  x: (value: number) => number,
  y: (value: number) => number,
  colors: RoleColors,
): void {
  const width = (2 * extent) / BINS;
  const below = new Float64Array(BINS);
  for (const { samples, color } of byClass(fakes, asked, colors)) {
    context.fillStyle = color;
    context.globalAlpha = asked === undefined ? 0.22 : 0.45;
    histogramDensity(samples, extent, BINS).forEach((density, bin) => {
      if (density === 0) return;
      const from = below[bin] ?? 0;
      const to = from + (density * samples.length) / fakes.length;
      below[bin] = to;
      const left = x(-extent + bin * width);
      context.fillRect(left + 0.5, y(to), x(-extent + (bin + 1) * width) - left - 1, y(from) - y(to));
    });
  }
  context.globalAlpha = 1;
}

function byClass(fakes: Float32Array, asked: LineFrame["asked"], colors: RoleColors) {
  if (asked === undefined) return [{ samples: fakes, color: colors.fake }];
  return classColors(asked.count).map((color, label) => ({
    samples: fakes.filter((_, i) => asked.labels[i] === label),
    color,
  }));
}

/** A polyline with gaps where a value is not a number. */
function strokeCurve(
  context: CanvasRenderingContext2D,
  values: ArrayLike<number>,
  x: (index: number) => number,
  y: (value: number) => number,
): void {
  context.lineJoin = "round";
  context.beginPath();
  let drawing = false;
  for (let i = 0; i < values.length; i++) {
    const value = values[i] ?? Number.NaN;
    if (!Number.isFinite(value)) {
      drawing = false;
      continue;
    }
    if (drawing) context.lineTo(x(i), y(value));
    else context.moveTo(x(i), y(value));
    drawing = true;
  }
  context.stroke();
}
