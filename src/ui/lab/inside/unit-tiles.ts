/** Pictures of signed numbers: a unit's map, a kernel's slices. Above 0 in the network's colour, below 0 in ink. Arithmetic only. */
import { rgb } from "../../stage/heat-map";
import type { ImageSet } from "../../stage/images-view";
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

/** RGBA bytes [count, height, width, 4]. @param reach the size at which a colour is full */
export function tileImages(
  { values, height, width }: Tiles,
  reach: number,
  color: string,
  colors: RoleColors,
): ImageSet {
  const pixels = new Uint8ClampedArray(4 * values.length);
  const [ground, above, below] = [rgb(colors.plot), rgb(color), rgb(colors.ink)];
  for (const [i, value] of values.entries()) {
    const share = Math.min(1, Math.max(-1, value / reach));
    const end = share < 0 ? below : above;
    for (let c = 0; c < 3; c++) {
      const [from = 0, to = 0] = [ground[c], end[c]];
      pixels[4 * i + c] = from + Math.abs(share) * (to - from);
    }
    pixels[4 * i + 3] = 255;
  }
  return { pixels, height, width, logits: new Float32Array(0) };
}
