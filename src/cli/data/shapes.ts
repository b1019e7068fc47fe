/** Coloured shapes on a dark ground, each from factors drawn independently: the attributes hold them. */
import { shapes } from "../../core/datasets/shapes";
import { random, STREAMS } from "../../core/rng";
import type { LabelledImages, Splits } from "./write-image-set";

const SIDE = 16;
/** Points a side of a pixel whose mean is its colour: edges are smooth, so places between pixels show. */
const FINE = 4;
export const GROUND = [24, 28, 36] as const;
const SATURATION = 0.75;
const BRIGHTNESS = 0.95;

/** Whether a point lies in a shape of half width 1 around the origin, by kind; y points down. */
const INSIDE: readonly ((x: number, y: number) => boolean)[] = [
  (x, y) => x * x + y * y <= 1,
  (x, y) => Math.max(Math.abs(x), Math.abs(y)) <= 0.886, // as large in area as the disc
  (x, y) => y <= 0.9 && y >= -1.1 && Math.abs(x) <= ((y + 1.1) / 2) * 1.3,
];

export function makeShapes(): Splits {
  return { train: take(shapes.trainCount, 0), test: take(shapes.testCount, 1) };
}

function take(count: number, step: number): LabelledImages {
  const r = random(1, STREAMS.view, step);
  const labels = new Uint8Array(count);
  const attributes = (shapes.attributes ?? []).map(() => new Uint8Array(count));
  const pixels = new Uint8Array(count * SIDE * SIDE * 3);
  for (let i = 0; i < count; i++) {
    labels[i] = r.integer(INSIDE.length);
    for (const column of attributes) column[i] = r.integer(256);
    const [x = 0, y = 0, size = 0, hue = 0] = (shapes.attributes ?? []).map(({ range: [low, high] = [0, 1] }, k) => {
      return low + ((high - low) * (attributes[k]?.[i] ?? 0)) / 255;
    });
    draw(pixels.subarray(i * SIDE * SIDE * 3), labels[i] ?? 0, x, y, size, hue);
  }
  return { labels, attributes, pixels };
}

function draw(out: Uint8Array, kind: number, x: number, y: number, size: number, hue: number): void {
  const inside = INSIDE[kind] ?? (() => false);
  for (let i = 0; i < SIDE * SIDE; i++) {
    let hits = 0;
    for (let k = 0; k < FINE * FINE; k++) {
      const px = (i % SIDE) + ((k % FINE) + 0.5) / FINE;
      const py = Math.floor(i / SIDE) + (Math.floor(k / FINE) + 0.5) / FINE;
      if (inside((px - x) / size, (py - y) / size)) hits += 1;
    }
    const share = hits / FINE ** 2;
    for (let c = 0; c < 3; c++) {
      out[3 * i + c] = Math.round(share * colour(hue, c) + (1 - share) * (GROUND[c] ?? 0));
    }
  }
}

/** Channel c of a hue in degrees, 0 to 255 (the formula of CSS Color 4 for HSV). */
function colour(hue: number, c: number): number {
  const k = ([5, 3, 1][c] ?? 0) + hue / 60;
  return 255 * BRIGHTNESS * (1 - SATURATION * Math.max(0, Math.min(k % 6, 4 - (k % 6), 1)));
}
