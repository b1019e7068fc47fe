/**
 * Points of one's own as a dataset: drawn, or read from a table. The id holds them all, `points:2:60:KGx...`: dimension, width of the
 * kernels in thousandths, places. So they are in every link and kept run, and nothing has to be looked up.
 */
import type { PointDataset } from "../types";
import { packRising, unpackRising } from "./bits";
import { kernelMixture } from "./kernels";

export type OwnPointsId = `points:${string}`;

/** As many as a link can carry and a density needs. */
export const MOST_POINTS = 1000;
export const FEWEST_POINTS = 3;
/** Points lie within [-REACH, REACH] on each axis. */
export const POINTS_REACH = 3;
/** Kernels' widths, data units. */
export const WIDTHS = { narrowest: 0.02, usual: 0.08, widest: 0.5 } as const;

/** Places a side to which points are rounded: steps of 0.006, well below the narrowest kernel. */
const SIDE = 1024;
/** Room around the points for the kernels' tails. */
const EXTENT = 3.5;

export interface OwnPoints {
  readonly dimension: 1 | 2;
  /** [n, dimension], data units. */
  readonly points: Float64Array;
  /** Standard deviation of the Gaussian around each. */
  readonly sigma: number;
}

/** The id that stands for these points. @param own at most MOST_POINTS; those outside are moved to the edge */
export function ownPointsId({ dimension, points, sigma }: OwnPoints): OwnPointsId {
  const places: number[] = [];
  for (let i = 0; i < points.length; i += dimension) {
    const [x, y] = [placeOf(points[i] ?? 0), placeOf(points[i + 1] ?? 0)];
    places.push(dimension === 1 ? x : y * SIDE + x);
  }
  places.sort((a, b) => a - b);
  const width = Math.min(WIDTHS.widest, Math.max(WIDTHS.narrowest, sigma));
  return `points:${dimension}:${Math.round(1000 * width)}:${packRising(places)}`;
}

/** The points that an id stands for; null when it is no such id. */
export function parseOwnPoints(id: string): OwnPoints | null {
  const parts = /^points:([12]):(\d{1,3}):([\w-]{1,8000})$/.exec(id);
  if (parts === null) return null;
  const dimension = parts[1] === "1" ? 1 : 2;
  const sigma = Number(parts[2]) / 1000;
  const places = unpackRising(parts[3] ?? "", MOST_POINTS);
  if (places === null || places.length < FEWEST_POINTS || (places.at(-1) ?? 0) >= SIDE ** dimension) return null;
  if (sigma < WIDTHS.narrowest || sigma > WIDTHS.widest) return null;
  const points = Float64Array.from(
    places.flatMap((place) => {
      const x = coordinateOf(place % SIDE);
      return dimension === 1 ? [x] : [x, coordinateOf(Math.floor(place / SIDE))];
    }),
  );
  return { dimension, points, sigma };
}

/** The dataset of an id; null when it is no such id. */
export function ownPoints(id: string): PointDataset | null {
  const own = parseOwnPoints(id);
  if (own === null) return null;
  const { dimension, points, sigma } = own;
  const count = points.length / dimension;
  return {
    kind: "points",
    id,
    name: `Your points (${count})`,
    description: `${count} points of your own: the data is a Gaussian of width ${sigma} around each of them, all equally likely.`,
    extent: EXTENT,
    ...kernelMixture(dimension, points, sigma),
  };
}

function placeOf(coordinate: number): number {
  const place = Math.round(((coordinate + POINTS_REACH) / (2 * POINTS_REACH)) * (SIDE - 1));
  return Math.min(SIDE - 1, Math.max(0, place));
}

const coordinateOf = (place: number) => (place / (SIDE - 1)) * 2 * POINTS_REACH - POINTS_REACH;
