/** D's map over the plane as colours, from fake-orange through undecided to real-blue, and its ½ line. What has which colour: heat-scale.ts. */
import type { PlaneWindow } from "../../core/plane-window";
import type { RoleColors } from "../theme/colors";
import { type HeatScale, heatPosition } from "./heat-scale";

/** How far the ends of the scale lean to the full colour of their role: points in that colour must still stand out. */
const STRENGTH = 0.42;

type Rgb = readonly [number, number, number];

/** The bytes of "#rrggbb". */
export const rgb = (hex: string): Rgb => {
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

/** The colours in order, [256, 3] bytes: equal steps of heatPosition. */
export function heatRamp(colors: RoleColors): Uint8ClampedArray {
  let ramp = ramps.get(colors);
  if (!ramp) {
    ramp = rampOf(colors);
    ramps.set(colors, ramp);
  }
  return ramp;
}

/** Where in the ramp a value is. */
const rampIndex = (logit: number, scale: HeatScale) =>
  Math.round(((heatPosition(logit, scale) + 1) / 2) * (STEPS - 1)) * 3;

/** The colour of a value, for a colour bar. */
export function heatColor(logit: number, scale: HeatScale, colors: RoleColors): string {
  const [ramp, i] = [heatRamp(colors), rampIndex(logit, scale)];
  return `rgb(${ramp[i]} ${ramp[i + 1]} ${ramp[i + 2]})`;
}

/** RGBA bytes [size, size, 4] of logits [size, size]; what is not a number is left clear. */
export function heatPixels(logits: Float32Array, scale: HeatScale, colors: RoleColors): Uint8ClampedArray<ArrayBuffer> {
  const ramp = heatRamp(colors);
  const pixels = new Uint8ClampedArray(logits.length * 4);
  for (let i = 0; i < logits.length; i++) {
    const logit = logits[i] ?? Number.NaN;
    if (Number.isNaN(logit)) continue;
    const index = rampIndex(logit, scale);
    pixels[4 * i] = ramp[index] ?? 0;
    pixels[4 * i + 1] = ramp[index + 1] ?? 0;
    pixels[4 * i + 2] = ramp[index + 2] ?? 0;
    pixels[4 * i + 3] = 255;
  }
  return pixels;
}

/** A grid of values that reaches from edge to edge of the picture. */
export interface FineGrid {
  /** [size, size]; the first and last rows and columns lie on the edges. */
  readonly values: Float32Array;
  readonly size: number;
}

/** The part of a grid of cells that a picture shows, cells from its upper left corner. */
export interface GridPart {
  readonly left: number;
  readonly top: number;
  readonly side: number;
}

/** Where a window lies in a grid of size × size cells over another one. */
export function partOf(shown: PlaneWindow, grid: PlaneWindow, size: number): GridPart {
  const cells = size / (2 * grid.half);
  return {
    left: (shown.x - shown.half - grid.x + grid.half) * cells,
    top: (grid.y + grid.half - shown.y - shown.half) * cells,
    side: 2 * shown.half * cells,
  };
}

/**
 * Values at the centres of size × size cells as a finer grid up to the picture's edges: cubic between the centres
 * (Catmull and Rom 1974), so that a line through it is smooth, linear up to the cells' edges, and the same beyond them: there the
 * networks have not been asked yet.
 * @param factor points of the new grid per cell of the whole
 * @param part what the picture shows of the cells; all of them where left out
 */
export function refine(
  values: Float32Array,
  size: number,
  factor: number,
  { left, top, side }: GridPart = { left: 0, top: 0, side: size },
): FineGrid {
  const fine = size * factor + 1;
  const weightsFrom = (start: number) => cubicWeights(start, side / (fine - 1), fine, size);
  const weights = weightsFrom(left);
  const down = top === left ? weights : weightsFrom(top);
  const across = new Float32Array(size * fine); // [size rows, fine columns]
  for (let row = 0; row < size; row++) {
    for (let i = 0; i < fine; i++) across[row * fine + i] = weighted(values, row * size, 1, weights, i);
  }
  const out = new Float32Array(fine * fine);
  for (let i = 0; i < fine; i++) {
    for (let column = 0; column < fine; column++) out[i * fine + column] = weighted(across, column, fine, down, i);
  }
  return { values: out, size: fine };
}

/** What each point takes of which four cells, [points, 4]. */
interface Weights {
  readonly cells: Int32Array;
  readonly shares: Float64Array;
}

/** Of points `step` cells apart, the first `start` cells from the edge. */
function cubicWeights(start: number, step: number, points: number, size: number): Weights {
  const [cells, shares] = [new Int32Array(4 * points), new Float64Array(4 * points)];
  const last = size - 1;
  for (let i = 0; i < points; i++) {
    const position = start + i * step - 0.5;
    if (position < 0 || position > last) {
      const [edge, inner] = position < 0 ? [0, Math.min(1, last)] : [last, Math.max(0, last - 1)];
      const beyond = Math.min(0.5, position < 0 ? -position : position - last);
      cells.set([edge, inner, edge, edge], 4 * i);
      shares.set([1 + beyond, -beyond, 0, 0], 4 * i);
      continue;
    }
    const at = Math.min(Math.floor(position), Math.max(0, last - 1));
    const t = position - at;
    for (let k = 0; k < 4; k++) cells[4 * i + k] = Math.min(last, Math.max(0, at - 1 + k));
    shares.set(
      [
        t * (-0.5 + t * (1 - 0.5 * t)),
        1 + t * t * (-2.5 + 1.5 * t),
        t * (0.5 + t * (2 - 1.5 * t)),
        t * t * (-0.5 + 0.5 * t),
      ],
      4 * i,
    );
  }
  return { cells, shares };
}

/** A point's sum over its four cells. */
function weighted(values: Float32Array, start: number, stride: number, { cells, shares }: Weights, i: number): number {
  const of = (k: number) => (shares[k] ?? 0) * (values[start + stride * (cells[k] ?? 0)] ?? Number.NaN);
  const k = 4 * i;
  return of(k) + of(k + 1) + of(k + 2) + of(k + 3);
}

/**
 * The line where values [size, size] cross `level`, as segments x0, y0, x1, y1 in grid units. Marching squares; saddles are
 * cut one way, which is invisible at the size of a cell.
 */
export function contour(values: Float32Array, size: number, level: number): number[] {
  const segments: number[] = [];
  const ends: number[] = [];
  for (let y = 0; y + 1 < size; y++) {
    for (let x = 0; x + 1 < size; x++) {
      const i = y * size + x;
      const [a, b, c, d] = [values[i] ?? 0, values[i + 1] ?? 0, values[i + size + 1] ?? 0, values[i + size] ?? 0];
      const above = a > level;
      if (above === b > level && above === c > level && above === d > level) continue;
      ends.length = 0;
      cross(ends, a - level, b - level, x, y, 1, 0);
      cross(ends, b - level, c - level, x + 1, y, 0, 1);
      cross(ends, c - level, d - level, x + 1, y + 1, -1, 0);
      cross(ends, d - level, a - level, x, y + 1, 0, -1);
      for (let e = 0; e + 3 < ends.length; e += 4) segments.push(...ends.slice(e, e + 4));
    }
  }
  return segments;
}

/** Where an edge of a cell is crossed, if it is. */
function cross(ends: number[], from: number, to: number, x: number, y: number, dx: number, dy: number): void {
  if (from > 0 === to > 0) return;
  const t = from / (from - to);
  ends.push(x + t * dx, y + t * dy);
}
