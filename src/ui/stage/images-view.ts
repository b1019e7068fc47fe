/** Images with D's opinion under each: a number and a bar. Drawing only; where they go is image-layout.ts. */
import type { Opinion } from "../../core/opinion";
import type { Role, RoleColors } from "../theme/colors";
import { FONT } from "./axes";
import { cellAt, type ImageGrid, imageAt, LABEL } from "./image-layout";
import { pixelPicture } from "./pixel-picture";

export interface ImageSet {
  /** RGBA bytes [n, height, width, 4]. */
  readonly pixels: Uint8ClampedArray;
  readonly height: number;
  readonly width: number;
  /** D's logits [n]. */
  readonly logits: Float32Array;
}

/** Draws one image, its pixels as crisp squares. */
export function drawImageAt(
  context: CanvasRenderingContext2D,
  images: ImageSet,
  index: number,
  target: { readonly x: number; readonly y: number; readonly width: number; readonly height: number },
): void {
  const bytes = images.width * images.height * 4;
  const pixels = new Uint8ClampedArray(bytes); // ImageData needs bytes of its own, not a view that may be shared
  pixels.set(images.pixels.subarray(index * bytes, (index + 1) * bytes));
  context.imageSmoothingEnabled = false;
  context.drawImage(pixelPicture(pixels, images.width), target.x, target.y, target.width, target.height);
}

/** Draws `count` images row by row. The bar is as long as D's probability; scores are placed within `range`. */
export function drawImages(
  context: CanvasRenderingContext2D,
  images: ImageSet,
  grid: ImageGrid,
  role: Role,
  opinion: Opinion,
  range: readonly [number, number],
  colors: RoleColors,
): void {
  const { count, cell, label } = grid;
  context.font = FONT.replace("11px", cell.width < 34 ? "9px" : cell.width < 64 ? "10px" : "12px");
  context.textBaseline = "top";
  context.textAlign = "left";
  for (let i = 0; i < count; i++) {
    const { x, y } = cellAt(grid, i);
    const index = imageAt(grid, i);
    drawImageAt(context, images, index, { x, y, ...cell });
    if (label === 0) continue;
    const value = opinion.value(images.logits[index] ?? Number.NaN);
    const share = Math.min(1, Math.max(0, (value - range[0]) / (range[1] - range[0]))) || 0;
    const barTop = y + cell.height + 2;
    context.fillStyle = colors.line;
    context.fillRect(x, barTop, cell.width, 3);
    context.fillStyle = colors[role];
    context.fillRect(x, barTop, cell.width * share, 3);
    if (label < LABEL) continue;
    context.fillStyle = colors.muted;
    context.fillText(opinion.format(value), x, barTop + 4.5);
  }
}

/** Writes each row's class beside it. */
export function drawClassNames(
  context: CanvasRenderingContext2D,
  grid: ImageGrid,
  names: readonly string[],
  colors: RoleColors,
): void {
  context.font = FONT;
  context.textBaseline = "middle";
  context.textAlign = "left";
  context.fillStyle = colors.muted;
  for (let row = 0; row < grid.rows; row++) {
    context.fillText(names[row] ?? "", 0, cellAt(grid, row * grid.columns).y + grid.cell.height / 2);
  }
}

/** Where bars begin and end: [0, 1] for probabilities, else the range of all scores on the stage. */
export function barRange(opinion: Opinion, ...all: readonly Float32Array[]): readonly [number, number] {
  if (opinion.probability) return [0, 1];
  let low = Number.POSITIVE_INFINITY;
  let high = Number.NEGATIVE_INFINITY;
  for (const logits of all) {
    for (const value of logits) {
      low = Math.min(low, value);
      high = Math.max(high, value);
    }
  }
  return high > low ? [low, high] : [0, 1];
}
