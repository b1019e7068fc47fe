/** Walks through several latents, and planes through three. */
import { describe, expect, it } from "vitest";
import {
  loopLatents,
  loopPoint,
  planeGrid,
  planePoint,
  planeThrough,
  smoothPoint,
} from "../../../src/core/latent-space/walks";

const a = Float32Array.of(1, 0, 0);
const b = Float32Array.of(0, 2, 0);
const c = Float32Array.of(0, 0, 3);
const length = (z: Float32Array) => Math.hypot(...z);

describe("a loop", () => {
  it("comes to each point after a whole leg, and back to the first after all", () => {
    for (const way of ["lerp", "slerp"] as const) {
      for (const [legs, point] of [
        [0, a],
        [1, b],
        [2, c],
        [3, a],
        [-1, c],
      ] as const) {
        expect(Array.from(loopPoint([a, b, c], legs, way))).toEqual(
          Array.from(point, (value) => expect.closeTo(value, 6)),
        );
      }
    }
    expect(loopPoint([a, b], 1.5, "lerp")).toEqual(Float32Array.of(0.5, 1, 0)); // on the way back
  });

  it("has as many latents as frames for every leg", () => {
    const all = loopLatents([a, b, c], 4, "lerp");
    expect(all.length).toBe(3 * 4 * 3);
    expect(all.slice(4 * 3, 5 * 3)).toEqual(b);
  });
});

describe("a smooth way", () => {
  const keys = [a, b, c, a, b];
  const key = (i: number) => keys[i] ?? c;

  it("goes through every key and turns no corner there", () => {
    expect(smoothPoint(key, 2, "lerp")).toEqual(c);
    const step = 1e-3;
    const speed = (from: number) => {
      const [before, after] = [smoothPoint(key, from, "lerp"), smoothPoint(key, from + step, "lerp")];
      return after.map((value, i) => (value - (before[i] ?? 0)) / step);
    };
    const [left, right] = [speed(2 - step), speed(2)];
    for (let i = 0; i < 3; i++) expect(Math.abs((left[i] ?? 0) - (right[i] ?? 0))).toBeLessThan(0.05);
  });

  it("keeps a length between those of its keys on the sphere", () => {
    for (const t of [1.1, 1.5, 1.9]) {
      expect(length(smoothPoint(key, t, "slerp"))).toBeCloseTo(2 + (t - 1), 4);
    }
  });
});

describe("a plane through three latents", () => {
  it("has them at (0, 0), (1, 0) and (0, 1), and their lengths in between where that is asked for", () => {
    for (const way of ["lerp", "slerp"] as const) {
      const plane = planeThrough(a, b, c, way);
      for (const [u, v, point] of [
        [0, 0, a],
        [1, 0, b],
        [0, 1, c],
      ] as const) {
        expect(Array.from(planePoint(plane, u, v))).toEqual(Array.from(point, (value) => expect.closeTo(value, 5)));
      }
    }
    expect(length(planePoint(planeThrough(a, b, c, "slerp"), 1 / 3, 1 / 3))).toBeCloseTo(2, 5);
  });

  it("is looked at row by row from the top left, by the middles of cells", () => {
    const plane = {
      origin: new Float32Array(2),
      across: Float32Array.of(1, 0),
      up: Float32Array.of(0, 1),
      lengths: null,
    };
    expect(Array.from(planeGrid(plane, { u: 1, v: 0, reach: 1 }, 2))).toEqual([
      0.5, 0.5, 1.5, 0.5, 0.5, -0.5, 1.5, -0.5,
    ]);
  });
});
