/** Samples of this view as pictures to take away: of images whole pixels, of points cells as on the page. No components. */
import type { Drawn } from "../../core/latent-space/studies";
import { imageGrid, type Still } from "../take-away/stills";
import { cellSide, drawGrid, type Look, sampleCount } from "./draw-samples";

/** Pixels that the longer side of a whole picture, and of one part of several, may have. */
const SIDE = 1024;
export const PART_SIDE = 384;
/** A cell of points, and what lies between two. */
const CELL = 192;
const GAP = 4;

/** Samples row by row in so many columns. */
export function samplesStill(look: Look, samples: Drawn, columns: number, side = SIDE): Still {
  if (look.dataset.kind === "images" && samples instanceof Uint8ClampedArray) {
    const [height, width] = look.dataset.shape;
    return imageGrid({ pixels: samples, height, width }, columns, side);
  }
  const rows = Math.ceil(sampleCount(look, samples) / columns);
  const width = Math.min(side, columns * (CELL + GAP) - GAP);
  const cell = cellSide(columns, width, GAP);
  return {
    width,
    height: Math.round(rows * (cell + GAP) - GAP),
    draw: (context) => drawGrid(context, look, samples, columns, width, GAP),
  };
}
