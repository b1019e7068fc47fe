/** Pictures of signed numbers: a unit's map, a kernel's slices. Above 0 in the network's colour, below 0 in ink. Draws; no React. */
import type { RoleColors } from "../../theme/colors";

export interface Tiles {
  /** Values [count][height, width], one picture after the other. */
  readonly values: Float32Array;
  readonly height: number;
  readonly width: number;
  readonly count: number;
}

/** A layer's output [height, width, units] or [units] as one picture a unit. */
export function tilesOf(values: Float32Array, shape: readonly number[]): Tiles {
  const count = shape.at(-1) ?? 1;
  const [height = 1, width = 1] = shape.length === 3 ? shape : [];
  const places = height * width;
  const out = new Float32Array(values.length);
  for (let place = 0; place < places; place++) {
    for (let unit = 0; unit < count; unit++) out[unit * places + place] = values[place * count + unit] ?? 0;
  }
  return { values: out, height, width, count };
}

/** The largest size of a number among them; 1 where all are 0. */
export const reachOf = (values: Float32Array): number =>
  values.reduce((most, value) => Math.max(most, Math.abs(value)), 0) || 1;

type Rgb = readonly [number, number, number];

const rgb = (hex: string): Rgb => {
  const value = Number.parseInt(hex.slice(1), 16);
  return [value >> 16, (value >> 8) & 255, value & 255];
};

/** RGBA bytes of one tile. @param reach the size at which a colour is full */
export function tilePixels(
  { values, height, width }: Tiles,
  index: number,
  reach: number,
  color: string,
  colors: RoleColors,
): ImageData {
  const places = height * width;
  const bytes = new Uint8ClampedArray(4 * places);
  const [ground, above, below] = [rgb(colors.plot), rgb(color), rgb(colors.ink)];
  for (let i = 0; i < places; i++) {
    const share = Math.min(1, Math.max(-1, (values[index * places + i] ?? 0) / reach));
    const end = share < 0 ? below : above;
    for (let c = 0; c < 3; c++) {
      const [from = 0, to = 0] = [ground[c], end[c]];
      bytes[4 * i + c] = from + Math.abs(share) * (to - from);
    }
    bytes[4 * i + 3] = 255;
  }
  return new ImageData(bytes, width);
}

let scratch: HTMLCanvasElement | undefined;

/** Draws a picture of few pixels large, its pixels as crisp squares. */
export function drawPixels(
  context: CanvasRenderingContext2D,
  pixels: ImageData,
  x: number,
  y: number,
  width: number,
  height: number,
): void {
  scratch ??= document.createElement("canvas");
  if (scratch.width !== pixels.width || scratch.height !== pixels.height) {
    Object.assign(scratch, { width: pixels.width, height: pixels.height });
  }
  scratch.getContext("2d", { willReadFrequently: true })?.putImageData(pixels, 0, 0);
  context.imageSmoothingEnabled = false;
  context.drawImage(scratch, x, y, width, height);
}
