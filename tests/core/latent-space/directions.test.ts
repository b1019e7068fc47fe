/** Directions of latent space: moving along them, holding some, and keeping their places while they change. */
import { describe, expect, it } from "vitest";
import {
  atRightAngles,
  coordinateOf,
  type Direction,
  matchDirections,
  moveAlong,
  randomizeBeside,
} from "../../../src/core/latent-space/directions";
import { leadingEigen, symmetricEigen } from "../../../src/core/metrics/eigen";
import { normals } from "../../../src/core/rng";

const direction = (...vector: number[]): Direction => {
  const length = Math.hypot(...vector);
  return { vector: Float32Array.from(vector, (value) => value / length), share: 0.1, name: null };
};
const named = (name: string, ...vector: number[]): Direction => ({ ...direction(...vector), name });

describe("a step along a direction", () => {
  it("sets its coordinate and leaves what is at right angles", () => {
    const [x, y] = [direction(1, 1, 0), direction(1, -1, 0)];
    const z = Float32Array.of(0.3, -0.7, 2);
    const moved = moveAlong(z, x, 1.5);
    expect(coordinateOf(moved, x)).toBeCloseTo(1.5, 6);
    expect(coordinateOf(moved, y)).toBeCloseTo(coordinateOf(z, y), 6);
    expect(moved[2]).toBe(2);
  });

  it("keeps the coordinates of held directions that are not at right angles", () => {
    const [moving, held, other] = [direction(1, 0.5, 0), direction(0, 1, 0.2), direction(0, 0, 1)];
    const z = Float32Array.of(0.1, 0.2, 0.3);
    const moved = moveAlong(z, moving, -2, [held, other]);
    expect(coordinateOf(moved, moving)).toBeCloseTo(-2, 5);
    for (const one of [held, other]) expect(coordinateOf(moved, one)).toBeCloseTo(coordinateOf(z, one), 5);
  });

  it("goes nowhere where the held directions leave no way", () => {
    const z = Float32Array.of(0.1, 0.2);
    expect(moveAlong(z, direction(1, 1), 3, [direction(1, 0), direction(0, 1)])).toEqual(z);
  });
});

it("drawing the rest anew keeps the held coordinates and takes all others from the new latent", () => {
  const held = [direction(1, 2, 0), direction(0, 1, 1)];
  const [free] = [direction(2, -1, 1)]; // at right angles to both
  const [z, fresh] = [Float32Array.of(1, -1, 0.5), Float32Array.of(-0.4, 2, 1)];
  const next = randomizeBeside(z, fresh, held);
  for (const one of held) expect(coordinateOf(next, one)).toBeCloseTo(coordinateOf(z, one), 5);
  expect(coordinateOf(next, free)).toBeCloseTo(coordinateOf(fresh, free), 5);
});

it("directions at right angles: the first as it is, and what is spanned already left out", () => {
  const found = atRightAngles([direction(1, 0, 0), direction(1, 1, 0), direction(3, -2, 0), direction(1, 1, 1)]);
  expect(found.map(({ vector }) => Array.from(vector, (value) => Math.round(Math.abs(value))))).toEqual([
    [1, 0, 0],
    [0, 1, 0],
    [0, 0, 1],
  ]);
});

describe("a new set of directions", () => {
  const former = [direction(1, 0, 0), direction(0, 1, 0), direction(0, 0, 1)];

  it("takes the places and the signs of the former one", () => {
    const matched = matchDirections(former, [direction(0.1, 0, -1), direction(1, 0.1, 0), direction(0, -1, 0.1)]);
    for (const [i, { vector }] of matched.entries()) {
      const cosine = vector.reduce((sum, value, d) => sum + value * (former[i]?.vector[d] ?? 0), 0);
      expect(cosine).toBeGreaterThan(0.98);
    }
  });

  it("puts what is new where a former one was lost", () => {
    const [a, b] = [direction(0, 0, 1), direction(1, 0, 0)];
    const lost = direction(0, 0, 1); // near to none that is left
    expect(matchDirections(former.slice(0, 2), [a, b])).toEqual([b, a]);
    expect(matchDirections([lost, direction(1, 0, 0)], [b, direction(1, -1, 0)])[1]).toBe(b);
  });

  it("knows those with a name by it, whatever they look like, and never turns them round", () => {
    const [hat, beard] = [named("hat", 1, 0, 0), named("beard", 0, 1, 0)];
    const turned = [named("beard", 1, 0.1, 0), named("hat", -1, 0, 0)];
    expect(matchDirections([hat, beard], turned)).toEqual([turned[1], turned[0]]);
  });
});

it("the leading eigenvalues and vectors of a large matrix are those of the whole decomposition", () => {
  const n = 90;
  const factors = normals(new Float32Array(n * n), 3, 1, 0);
  const matrix = new Float64Array(n * n);
  for (let i = 0; i < n; i++) {
    for (let j = 0; j < n; j++) {
      for (let k = 0; k < n; k++) {
        // Columns that fall off by a tenth each
        matrix[i * n + j] =
          (matrix[i * n + j] ?? 0) + (factors[i * n + k] ?? 0) * 0.9 ** (2 * k) * (factors[j * n + k] ?? 0);
      }
    }
  }
  const whole = symmetricEigen(matrix, n);
  const sorted = Array.from(whole.values).sort((a, b) => b - a);
  const found = leadingEigen(matrix, n, 6);
  for (let k = 0; k < 6; k++) {
    const value = found.values[k] ?? 0;
    expect(value / (sorted[k] ?? 1)).toBeCloseTo(1, 5);
    const vector = found.vectors.subarray(k * n, (k + 1) * n);
    for (let i = 0; i < n; i++) {
      let sum = 0;
      for (let j = 0; j < n; j++) sum += (matrix[i * n + j] ?? 0) * (vector[j] ?? 0);
      expect(Math.abs(sum - value * (vector[i] ?? 0))).toBeLessThan(2e-3 * value);
    }
  }
});
