/** Where G sends each latent of a map, as colours and numbered regions. From samples to pixels; no canvas, no store. */
import type { Modes } from "../../core/datasets";
import { type MapScheme, positionColor, type Rgb } from "./position-color";

/** Pixels a side that a cell of the map becomes: G is continuous, so places between cells are between their samples. */
const FINE = 4;
/** Regions smaller than this share of the map carry no number. */
const SMALLEST = 0.012;

export interface PlaceMapInput {
  /** G's samples [side · side, dimension], data units, row 0 at the top. */
  readonly samples: Float32Array;
  readonly side: number;
  readonly dimension: 1 | 2;
  readonly extent: number;
  /** The clusters to tell apart; undefined: places themselves are coloured. */
  readonly modes: Modes | undefined;
}

/** RGBA bytes [4 · side, 4 · side, 4]. A cluster has one colour, paler the farther from its centre a sample lands. */
export function placePixels(map: PlaceMapInput, scheme: MapScheme): Uint8ClampedArray<ArrayBuffer> {
  const { dimension, extent, modes } = map;
  const { values, side } = refined(map);
  const pixels = new Uint8ClampedArray(side * side * 4);
  const paint = ([red, green, blue]: Rgb, i: number) => {
    pixels[4 * i] = red;
    pixels[4 * i + 1] = green;
    pixels[4 * i + 2] = blue;
    pixels[4 * i + 3] = 255;
  };
  const colorOf = modes === undefined ? null : clusterColors(map, modes, scheme);
  for (let i = 0; i < side * side; i++) {
    const x = values[i * dimension] ?? Number.NaN;
    const y = dimension === 2 ? (values[i * 2 + 1] ?? Number.NaN) : null;
    paint(colorOf === null ? positionColor(x, y, extent, 1, scheme) : colorOf(x, y), i);
  }
  return pixels;
}

/** Shades of a cluster's colour that are told apart. */
const SHADES = 128;

/** The colour of a place by its nearest cluster; each shade is worked out once, since colours take longer than places. */
function clusterColors({ dimension, extent }: PlaceMapInput, modes: Modes, scheme: MapScheme) {
  const reach = halfSpacing(modes);
  const known = new Map<number, Rgb>();
  return (x: number, y: number | null): Rgb => {
    const { mode, distance } = nearestMode(modes, x, y ?? 0);
    const center = modes.centers[mode];
    if (center === undefined || !Number.isFinite(distance)) return positionColor(Number.NaN, null, extent, 0, scheme);
    const shade = Math.round(SHADES * Math.max(0, 1 - distance / reach));
    const key = (SHADES + 1) * mode + shade;
    let color = known.get(key);
    if (color === undefined) {
      const strength = 0.2 + (0.8 * shade) / SHADES;
      color = positionColor(center[0] ?? x, dimension === 2 ? (center[1] ?? y) : null, extent, strength, scheme);
      known.set(key, color);
    }
    return color;
  };
}

export interface Region {
  /** The cluster's number, from 1. */
  readonly number: number;
  /** A place well inside of it, shares of the map from the left and from the top. */
  readonly x: number;
  readonly y: number;
}

/** The clusters that the map reaches, each with a place for its number. */
export function regionsOf({ samples, side, dimension, modes }: PlaceMapInput): Region[] {
  if (modes === undefined) return [];
  const cells = modes.centers.map((): number[] => []);
  for (let i = 0; i < side * side; i++) {
    const x = samples[i * dimension] ?? Number.NaN;
    if (!Number.isFinite(x)) continue;
    cells[nearestMode(modes, x, dimension === 2 ? (samples[i * 2 + 1] ?? 0) : 0).mode]?.push(i);
  }
  return cells.flatMap((own, mode) => {
    if (own.length < SMALLEST * side * side) return [];
    const column = mean(own.map((i) => i % side));
    const row = mean(own.map((i) => Math.floor(i / side)));
    // The cell next to the middle: a crescent's middle is not in the crescent.
    const far = (i: number) => ((i % side) - column) ** 2 + (Math.floor(i / side) - row) ** 2;
    const best = own.reduce((nearest, i) => (far(i) < far(nearest) ? i : nearest));
    return [{ number: mode + 1, x: ((best % side) + 0.5) / side, y: (Math.floor(best / side) + 0.5) / side }];
  });
}

const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / Math.max(1, values.length);

/** The mode next to a point, and how far it is. */
export function nearestMode({ centers }: Modes, x: number, y: number): { mode: number; distance: number } {
  let mode = 0;
  let least = Number.POSITIVE_INFINITY;
  for (let i = 0; i < centers.length; i++) {
    const center = centers[i];
    const square = (x - (center?.[0] ?? 0)) ** 2 + (y - (center?.[1] ?? 0)) ** 2;
    if (square < least) [mode, least] = [i, square];
  }
  return { mode, distance: Math.sqrt(least) };
}

/** Half the distance of the two nearest modes. */
function halfSpacing({ centers }: Modes): number {
  let least = Number.POSITIVE_INFINITY;
  for (const [i, a] of centers.entries()) {
    for (const b of centers.slice(i + 1)) {
      least = Math.min(least, Math.hypot((a[0] ?? 0) - (b[0] ?? 0), (a[1] ?? 0) - (b[1] ?? 0)));
    }
  }
  return Number.isFinite(least) ? least / 2 : 1;
}

/** The samples between cell centres, linearly, on a grid FINE times as fine. */
function refined({ samples, side, dimension }: PlaceMapInput): { values: Float32Array; side: number } {
  const fine = side * FINE;
  const values = new Float32Array(fine * fine * dimension);
  const place = (i: number) => {
    const at = Math.min(side - 1, Math.max(0, (i + 0.5) / FINE - 0.5));
    const low = Math.min(side - 2, Math.floor(at));
    return { low, share: at - low };
  };
  for (let row = 0; row < fine; row++) {
    const v = place(row);
    for (let column = 0; column < fine; column++) {
      const h = place(column);
      for (let k = 0; k < dimension; k++) {
        const at = (r: number, c: number) => samples[((v.low + r) * side + h.low + c) * dimension + k] ?? Number.NaN;
        const top = at(0, 0) + h.share * (at(0, 1) - at(0, 0));
        const bottom = at(1, 0) + h.share * (at(1, 1) - at(1, 0));
        values[(row * fine + column) * dimension + k] = top + v.share * (bottom - top);
      }
    }
  }
  return { values, side: fine };
}
