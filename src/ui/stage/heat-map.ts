/** D's map over the plane as colours: from fake-orange through undecided to real-blue, muted so that points stay readable. */
import type { Opinion } from "../../core/opinion";
import type { RoleColors } from "../theme/colors";

/** How far the ends of the scale lean to the full colour of their role: points in that colour must still stand out. */
const STRENGTH = 0.45;

type Rgb = readonly [number, number, number];

const rgb = (hex: string): Rgb => {
  const value = Number.parseInt(hex.slice(1), 16);
  return [(value >> 16) & 255, (value >> 8) & 255, value & 255];
};

const STEPS = 256;

/** [256, 3] bytes from "fake" to "real". */
function rampOf(colors: RoleColors): Uint8ClampedArray {
  const [middle, fake, real] = [rgb(colors.undecided), rgb(colors.fake), rgb(colors.real)];
  const ramp = new Uint8ClampedArray(STEPS * 3);
  for (let i = 0; i < STEPS; i++) {
    const position = (2 * i) / (STEPS - 1) - 1; // -1 fake, 1 real
    const end = position < 0 ? fake : real;
    const share = STRENGTH * Math.abs(position);
    for (let c = 0; c < 3; c++) ramp[3 * i + c] = (1 - share) * (middle[c] ?? 0) + share * (end[c] ?? 0);
  }
  return ramp;
}

const ramps = new WeakMap<RoleColors, Uint8ClampedArray>();

/** The colour scale of a colour scheme, made once. */
export function heatRamp(colors: RoleColors): Uint8ClampedArray {
  let ramp = ramps.get(colors);
  if (!ramp) {
    ramp = rampOf(colors);
    ramps.set(colors, ramp);
  }
  return ramp;
}

/** The values at the ends of the colour scale: [0, 1] for probabilities, a frame's own range for scores. */
export function heatRange(logits: Float32Array, opinion: Opinion): readonly [number, number] {
  if (opinion.probability) return [0, 1];
  let low = Number.POSITIVE_INFINITY;
  let high = Number.NEGATIVE_INFINITY;
  for (const value of logits) {
    if (value < low) low = value;
    if (value > high) high = value;
  }
  return high > low ? [low, high] : [low - 1, low + 1];
}

/** RGBA bytes [size, size, 4] of logits [size, size]; what is not a number is left clear. */
export function heatPixels(
  logits: Float32Array,
  opinion: Opinion,
  range: readonly [number, number],
  colors: RoleColors,
): Uint8ClampedArray<ArrayBuffer> {
  const ramp = heatRamp(colors);
  const [low, high] = range;
  const scale = (STEPS - 1) / (high - low);
  const pixels = new Uint8ClampedArray(logits.length * 4);
  for (let i = 0; i < logits.length; i++) {
    const value = opinion.value(logits[i] ?? Number.NaN);
    if (Number.isNaN(value)) continue;
    const index = Math.min(STEPS - 1, Math.max(0, Math.round((value - low) * scale))) * 3;
    pixels[4 * i] = ramp[index] ?? 0;
    pixels[4 * i + 1] = ramp[index + 1] ?? 0;
    pixels[4 * i + 2] = ramp[index + 2] ?? 0;
    pixels[4 * i + 3] = 255;
  }
  return pixels;
}

/**
 * The line where values [size, size] cross `level`, as segments x0, y0, x1, y1 in grid units (cell centres at whole
 * numbers). Marching squares; saddles are cut one way, which is invisible at the size of a cell.
 */
export function contour(values: Float32Array, size: number, level: number): number[] {
  const segments: number[] = [];
  for (let y = 0; y + 1 < size; y++) {
    for (let x = 0; x + 1 < size; x++) {
      const i = y * size + x;
      const corners = [values[i], values[i + 1], values[i + size + 1], values[i + size]];
      const ends: number[] = [];
      for (let edge = 0; edge < 4; edge++) {
        const from = (corners[edge] ?? 0) - level;
        const to = (corners[(edge + 1) % 4] ?? 0) - level;
        if (from > 0 === to > 0) continue;
        const t = from / (from - to);
        const [dx, dy] = CORNERS[edge] ?? [0, 0];
        const [ex, ey] = CORNERS[(edge + 1) % 4] ?? [0, 0];
        ends.push(x + dx + t * (ex - dx), y + dy + t * (ey - dy));
      }
      for (let e = 0; e + 3 < ends.length; e += 4) segments.push(...ends.slice(e, e + 4));
    }
  }
  return segments;
}

const CORNERS = [
  [0, 0],
  [1, 0],
  [1, 1],
  [0, 1],
] as const;
