/** Samples drawn into a canvas: one, a strip, a grid; images as they are, points among real ones. Drawing only; no store. */
import type { Dataset } from "../../core/datasets";
import type { Drawn } from "../../core/latent-space/studies";
import { drawImageAt } from "../stage/images-view";
import type { RoleColors } from "../theme/colors";

/** How samples of a dataset are drawn. */
export interface Look {
  readonly dataset: Dataset;
  readonly colors: RoleColors;
  /** Real points [n, dimension] behind generated ones; null for images, and before they came. */
  readonly backdrop: Float32Array | null;
}

export interface Box {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** How many samples there are. */
export function sampleCount({ dataset }: Pick<Look, "dataset">, samples: Drawn): number {
  return samples.length / (dataset.kind === "images" ? dataset.shape[0] * dataset.shape[1] * 4 : dataset.dimension);
}

/** Draws one sample into a box; nothing where there is none of that number, as after a change of the data. */
export function drawSample(
  context: CanvasRenderingContext2D,
  look: Look,
  samples: Drawn,
  index: number,
  box: Box,
): void {
  if (index >= sampleCount(look, samples)) return;
  if (look.dataset.kind === "points") drawPoint(context, look, samples, index, box);
  else if (samples instanceof Uint8ClampedArray) {
    const [height, width] = look.dataset.shape;
    drawImageAt(context, { pixels: samples, height, width, logits: NONE }, index, box);
  }
}

/** Draws samples row by row into so many columns of square cells with a gap between. */
export function drawGrid(
  context: CanvasRenderingContext2D,
  look: Look,
  samples: Drawn,
  columns: number,
  width: number,
  gap: number,
): void {
  const side = cellSide(columns, width, gap);
  for (let i = 0; i < sampleCount(look, samples); i++) {
    const [column, row] = [i % columns, Math.floor(i / columns)];
    const box = { x: column * (side + gap), y: row * (side + gap), width: side, height: side };
    drawSample(context, look, samples, i, box);
  }
}

/** Of a grid's cells. */
export const cellSide = (columns: number, width: number, gap: number): number =>
  (width - gap * (columns - 1)) / columns;

const NONE = new Float32Array(0);

function drawPoint(
  context: CanvasRenderingContext2D,
  { dataset, colors, backdrop }: Look,
  samples: Drawn,
  index: number,
  box: Box,
): void {
  if (dataset.kind !== "points") return;
  const { dimension, extent } = dataset;
  const place = (points: ArrayLike<number>, i: number) => ({
    x: box.x + box.width * (0.5 + (points[i * dimension] ?? 0) / (2 * extent)),
    y: box.y + box.height * (dimension === 1 ? 0.5 : 0.5 - (points[i * dimension + 1] ?? 0) / (2 * extent)),
  });
  context.save();
  context.beginPath();
  context.rect(box.x, box.y, box.width, box.height);
  context.clip();
  context.fillStyle = colors.plot;
  context.fillRect(box.x, box.y, box.width, box.height);
  context.fillStyle = colors.real;
  context.globalAlpha = 0.35;
  const dot = Math.max(1, box.width / 90);
  for (let i = 0; i < (backdrop?.length ?? 0) / dimension; i++) {
    const { x, y } = place(backdrop ?? NONE, i);
    context.fillRect(x - dot / 2, y - dot / 2, dot, dot);
  }
  context.globalAlpha = 1;
  context.fillStyle = colors.fake;
  context.strokeStyle = colors.surface;
  const { x, y } = place(samples, index);
  context.beginPath();
  context.arc(x, y, Math.max(2.5, box.width / 40), 0, 2 * Math.PI);
  context.fill();
  context.stroke();
  context.restore();
}
