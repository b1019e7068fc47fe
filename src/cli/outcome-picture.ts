/**
 * The small picture of a preset's outcome that the gallery shows: what G makes at the end, over the data. PNG bytes with a
 * clear background, so that one file serves the light and the dark page. The full-size pictures of a run: samples-png.ts.
 */
import { encode } from "fast-png";
import type { ImageDataset, PointDataset } from "../core/datasets/types";

/** Pixels of a picture's side. */
export const PICTURE_SIDE = 160;

/** Real and fake in tones that stand out on white and on near-black alike. */
const REAL = [58, 141, 224] as const;
const FAKE = [238, 128, 16] as const;

type Colour = readonly [number, number, number];

/** What one run ended with: its samples and as many of the data, both [n, ...shape] in data scale. */
export interface Outcome {
  readonly fakes: Float32Array;
  readonly reals: Float32Array;
}

/**
 * One outcome fills the picture; two to compare stand side by side, the preset's own on the left.
 * @throws RangeError when there is no outcome, or more than two
 */
export function outcomePicture(dataset: PointDataset | ImageDataset, outcomes: readonly Outcome[]): Uint8Array {
  if (outcomes.length < 1 || outcomes.length > 2) {
    throw new RangeError(`A picture shows one outcome or two, not ${outcomes.length}.`);
  }
  const canvas = new Canvas(PICTURE_SIDE);
  const gap = 4;
  const side = outcomes.length === 1 ? PICTURE_SIDE : (PICTURE_SIDE - gap) / 2;
  const top = (PICTURE_SIDE - side) / 2;
  for (const [i, outcome] of outcomes.entries()) {
    const box = { left: i * (side + gap), top, side };
    if (dataset.kind === "images") drawImages(canvas, box, dataset.shape, outcome.fakes);
    else if (dataset.dimension === 1) drawLine(canvas, box, dataset.extent, outcome);
    else drawPlane(canvas, box, dataset.extent, outcome);
  }
  return canvas.png();
}

interface Box {
  readonly left: number;
  readonly top: number;
  readonly side: number;
}

const DOTS = 400; // of each kind
const RADIUS = { real: 2.2, fake: 1.5 }; // of a dot in a full-size picture, in pixels

function drawPlane(canvas: Canvas, box: Box, extent: number, { fakes, reals }: Outcome): void {
  const scale = box.side / (2 * extent);
  const dots = (points: Float32Array, radius: number, colour: Colour) => {
    for (let i = 0; i < Math.min(DOTS, points.length / 2); i++) {
      const [x, y] = [points[2 * i] ?? Number.NaN, points[2 * i + 1] ?? Number.NaN];
      if (Math.abs(x) > extent || Math.abs(y) > extent) continue; // outside the box, or not a number
      canvas.dot(box.left + (x + extent) * scale, box.top + (extent - y) * scale, radius, colour);
    }
  };
  const shrink = Math.sqrt(box.side / PICTURE_SIDE);
  dots(reals, RADIUS.real * shrink, REAL);
  dots(fakes, RADIUS.fake * shrink, FAKE);
}

/** Histograms of both clouds: the fakes filled, the reals as steps in front of them. */
function drawLine(canvas: Canvas, box: Box, extent: number, { fakes, reals }: Outcome): void {
  const width = 4;
  const bins = Math.floor(box.side / width);
  const [fakeShares, realShares] = [fakes, reals].map((points) => shares(points, extent, bins));
  if (fakeShares === undefined || realShares === undefined) throw new Error("unreachable: two clouds were counted");
  const highest = Math.max(...fakeShares, ...realShares);
  const heightOf = (share: number | undefined) => (0.92 * box.side * (share ?? 0)) / highest;
  const bottom = box.top + box.side;
  for (let bin = 0; bin < bins; bin++) {
    const left = box.left + bin * width;
    const [fake, real] = [heightOf(fakeShares[bin]), heightOf(realShares[bin])];
    canvas.rectangle(left, bottom - fake, width, fake, FAKE, 0.75);
    const former = bin === 0 ? real : heightOf(realShares[bin - 1]);
    const [low, high] = [Math.min(real, former), Math.max(real, former)];
    canvas.rectangle(left, bottom - real - 2, width, 2, REAL, 1);
    canvas.rectangle(left, bottom - high - 2, 2, high - low + 2, REAL, 1);
  }
}

/** The share of points in each of `bins` equal bins over [-extent, extent]. */
function shares(points: Float32Array, extent: number, bins: number): number[] {
  const counts = Array.from({ length: bins }, () => 0);
  for (const x of points) {
    const bin = Math.floor(((x + extent) / (2 * extent)) * bins);
    if (bin >= 0 && bin < bins) counts[bin] = (counts[bin] ?? 0) + 1 / points.length;
  }
  return counts;
}

/** An image is at least so wide in the picture, its pixels as squares: faces of 16 pixels are not to be guessed at. */
const READABLE = 28;

/** Steps of a channel of colour images: as few as nobody sees, since noise in colour takes many bytes. */
const COLOUR_STEPS = 31;

/** As many whole images as fit in a square. */
function drawImages(
  canvas: Canvas,
  box: Box,
  [rows, columns, channels]: readonly [number, number, number],
  images: Float32Array,
): void {
  const zoom = Math.ceil(READABLE / columns);
  const [height, width] = [zoom * rows, zoom * columns];
  const [across, down] = [Math.floor((box.side + 1) / (width + 1)), Math.floor((box.side + 1) / (height + 1))];
  const [left, top] = [across * (width + 1) - 1, down * (height + 1) - 1].map((used) => (box.side - used) / 2);
  for (let image = 0; image < across * down; image++) {
    const x0 = Math.floor(box.left + (left ?? 0)) + (image % across) * (width + 1);
    const y0 = Math.floor(box.top + (top ?? 0)) + Math.floor(image / across) * (height + 1);
    for (let i = 0; i < rows * columns; i++) {
      const channel = (c: number) => {
        const value = images[(image * rows * columns + i) * channels + Math.min(c, channels - 1)] ?? -1; // in [-1, 1]
        const steps = channels === 1 ? 255 : COLOUR_STEPS;
        return Math.max(0, Math.min(255, (Math.round(((value + 1) / 2) * steps) * 255) / steps));
      };
      const [x, y] = [x0 + zoom * (i % columns), y0 + zoom * Math.floor(i / columns)];
      canvas.rectangle(x, y, zoom, zoom, [channel(0), channel(1), channel(2)], 1);
    }
  }
}

/** A square of pixels that starts clear. Shapes are drawn over what is there, with soft edges. */
class Canvas {
  readonly #side: number;
  /** Red, green and blue, 0 to 255, times alpha; then alpha, 0 to 1. */
  readonly #pixels: Float32Array;

  constructor(side: number) {
    this.#side = side;
    this.#pixels = new Float32Array(side * side * 4);
  }

  dot(x: number, y: number, radius: number, colour: Colour): void {
    for (let py = Math.floor(y - radius - 1); py <= y + radius + 1; py++) {
      for (let px = Math.floor(x - radius - 1); px <= x + radius + 1; px++) {
        const inside = radius + 0.5 - Math.hypot(px + 0.5 - x, py + 0.5 - y);
        this.#paint(px, py, colour, Math.max(0, Math.min(1, inside)));
      }
    }
  }

  rectangle(left: number, top: number, width: number, height: number, colour: Colour, alpha: number): void {
    const overlap = (from: number, to: number, pixel: number) =>
      Math.max(0, Math.min(to, pixel + 1) - Math.max(from, pixel));
    for (let py = Math.floor(top); py < top + height; py++) {
      const share = overlap(top, top + height, py);
      for (let px = Math.floor(left); px < left + width; px++) {
        this.#paint(px, py, colour, alpha * share * overlap(left, left + width, px));
      }
    }
  }

  #paint(x: number, y: number, colour: Colour, alpha: number): void {
    if (x < 0 || y < 0 || x >= this.#side || y >= this.#side || alpha === 0) return;
    const at = (y * this.#side + x) * 4;
    for (let c = 0; c < 4; c++) {
      const over = c === 3 ? 1 : (colour[c] ?? 0);
      this.#pixels[at + c] = alpha * over + (1 - alpha) * (this.#pixels[at + c] ?? 0);
    }
  }

  png(): Uint8Array {
    const data = new Uint8Array(this.#pixels.length);
    for (let at = 0; at < data.length; at += 4) {
      const alpha = this.#pixels[at + 3] ?? 0;
      if (alpha === 0) continue;
      for (let c = 0; c < 3; c++) data[at + c] = Math.round((this.#pixels[at + c] ?? 0) / alpha);
      // Sixteen steps of transparency look as smooth, and take a third fewer bytes.
      data[at + 3] = Math.round(alpha * 15) * 17;
    }
    return encode({ width: this.#side, height: this.#side, data, channels: 4 });
  }
}
