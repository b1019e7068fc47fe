/** What hands do to a cloud of points in the plane: brush, eraser, stamps. Points in, points out; no canvas. */
import { MOST_POINTS, POINTS_REACH } from "../../core/datasets/own/points";
import type { Random } from "../../core/rng";

export type Cloud = readonly (readonly [x: number, y: number])[];

export interface Place {
  readonly x: number;
  readonly y: number;
}

/** As far out as points may be. */
export const within = (x: number) => Math.max(-POINTS_REACH, Math.min(POINTS_REACH, x));

/** Points that one touch of the brush, or one stamp, adds. */
const TOUCH = 6;
const STAMPED = 80;

/** Adds points evenly over a disc. */
export function brush(cloud: Cloud, { x, y }: Place, radius: number, r: Random): Cloud {
  return added(cloud, TOUCH, () => {
    const [turn, far] = [2 * Math.PI * r.uniform(), radius * Math.sqrt(r.uniform())];
    return [x + far * Math.cos(turn), y + far * Math.sin(turn)];
  });
}

/** Takes away what lies within the radius. */
export function erase(cloud: Cloud, { x, y }: Place, radius: number): Cloud {
  return cloud.filter(([px, py]) => Math.hypot(px - x, py - y) > radius);
}

export const STAMPS = {
  cluster: { name: "Cluster", place: (r: Random): [number, number] => [0.4 * r.normal(), 0.4 * r.second] },
  ring: {
    name: "Ring",
    place: (r: Random): [number, number] => {
      const turn = 2 * Math.PI * r.uniform();
      return [Math.cos(turn), Math.sin(turn)];
    },
  },
  square: {
    name: "Square",
    place: (r: Random): [number, number] => [2 * r.uniform() - 1, 2 * r.uniform() - 1],
  },
  line: {
    name: "Line",
    place: (r: Random): [number, number] => {
      const along = 2 * r.uniform() - 1;
      return [along, along];
    },
  },
} as const;
export type StampId = keyof typeof STAMPS;
export const STAMP_IDS = ["cluster", "ring", "square", "line"] as const satisfies readonly StampId[];

/** @param size half width of the shape, data units */
export function stamp(cloud: Cloud, id: StampId, { x, y }: Place, size: number, r: Random): Cloud {
  return added(cloud, STAMPED, () => {
    const [dx, dy] = STAMPS[id].place(r);
    return [x + size * dx, y + size * dy];
  });
}

function added(cloud: Cloud, count: number, place: () => [number, number]): Cloud {
  const room = Math.max(0, Math.min(count, MOST_POINTS - cloud.length));
  const more = Array.from({ length: room }, (): [number, number] => {
    const [x, y] = place();
    return [within(x), within(y)];
  });
  return [...cloud, ...more];
}
