import { describe, expect, it } from "vitest";
import { rootOf, symmetricEigen } from "../../../src/core/metrics/eigen";
import { fitGaussian, frechetDistance } from "../../../src/core/metrics/frechet";
import { gaussian } from "./clouds";

/** A symmetric matrix [n, n] with entries of its own. */
function symmetric(n: number, seed: number): Float64Array {
  const a = gaussian(n, n, seed);
  return Float64Array.from(a, (value, at) => value + (a[(at % n) * n + Math.floor(at / n)] ?? 0));
}

const product = (a: Float64Array, b: Float64Array, n: number) =>
  Float64Array.from({ length: n * n }, (_, at) => {
    let sum = 0;
    for (let k = 0; k < n; k++) sum += (a[Math.floor(at / n) * n + k] ?? 0) * (b[k * n + (at % n)] ?? 0);
    return sum;
  });

const closest = (a: ArrayLike<number>, b: ArrayLike<number>) =>
  Math.max(...Array.from(a, (value, i) => Math.abs(value - (b[i] ?? Number.NaN))));

describe("symmetric matrices taken apart", () => {
  it("finds 1 and 3 for [[2, 1], [1, 2]], and the diagonal of a diagonal matrix", () => {
    expect([...symmetricEigen(Float64Array.of(2, 1, 1, 2), 2).values].sort()).toEqual([
      expect.closeTo(1, 12),
      expect.closeTo(3, 12),
    ]);
    expect([...symmetricEigen(Float64Array.of(5, 0, 0, -2), 2).values]).toEqual([5, -2]);
  });

  it("puts a random matrix of 40 together again from its parts, which are orthonormal", () => {
    const n = 40;
    const matrix = symmetric(n, 3);
    const { values, vectors } = symmetricEigen(matrix, n);
    const again = Float64Array.from(matrix, (_, at) => {
      const [i, j] = [Math.floor(at / n), at % n];
      return values.reduce((sum, value, k) => sum + value * (vectors[k * n + i] ?? 0) * (vectors[k * n + j] ?? 0), 0);
    });
    expect(closest(again, matrix)).toBeLessThan(1e-11);
    const transposed = Float64Array.from(vectors, (_, at) => vectors[(at % n) * n + Math.floor(at / n)] ?? 0);
    const identity = Float64Array.from(vectors, (_, at) => (at % (n + 1) === 0 ? 1 : 0));
    expect(closest(product(vectors, transposed, n), identity)).toBeLessThan(1e-12);
  });

  it("has a root whose square is the matrix, also for one without full rank", () => {
    const n = 12;
    const { covariance } = fitGaussian(gaussian(6, n, 5), n); // rank 5
    const root = rootOf(symmetricEigen(covariance, n));
    expect(closest(product(root, root, n), covariance)).toBeLessThan(1e-12);
  });

  it("refuses what is no square matrix, or not finite", () => {
    expect(() => symmetricEigen(Float64Array.of(1, 2, 3), 2)).toThrow("no matrix of 2 × 2");
    expect(() => symmetricEigen(Float64Array.of(1, Number.NaN, 0, 1), 2)).toThrow("not finite");
  });
});

describe("Fréchet distance", () => {
  const cloud = gaussian(3000, 3, 1);

  it("is zero for the same cloud, and the squared shift for a shifted one", () => {
    expect(frechetDistance(cloud, cloud, 3)).toBeCloseTo(0, 10);
    const shifted = cloud.map((value, i) => value + ([3, 0, 4][i % 3] ?? 0));
    expect(frechetDistance(shifted, cloud, 3)).toBeCloseTo(25, 3);
  });

  it("is the sum of (σ₁ - σ₂)² where each axis is stretched", () => {
    const stretched = cloud.map((value, i) => value * ([2, 1, 0.5][i % 3] ?? 0));
    const { covariance } = fitGaussian(cloud, 3);
    // Stretching does not commute with what little the axes are correlated: exact for a cloud that is whitened first.
    const expected = (covariance[0] ?? 0) * 1 + (covariance[8] ?? 0) * 0.25;
    expect(frechetDistance(stretched, cloud, 3)).toBeCloseTo(expected, 2);
  });

  it("equals tr(A + B) - 2 √(tr AB + 2 √det AB) in the plane, where A and B do not commute", () => {
    const turn = (points: Float32Array, matrix: readonly number[]) =>
      Float64Array.from(points, (_, at) => {
        const [x, y] = [points[at - (at % 2)] ?? 0, points[at - (at % 2) + 1] ?? 0];
        return at % 2 === 0 ? (matrix[0] ?? 0) * x + (matrix[1] ?? 0) * y : (matrix[2] ?? 0) * x + (matrix[3] ?? 0) * y;
      });
    const a = turn(gaussian(2000, 2, 7), [1, 0.8, 0, 0.3]);
    const b = turn(gaussian(2000, 2, 8), [0.5, 0, 1.5, 2]);
    const [one, two] = [fitGaussian(a, 2), fitGaussian(b, 2)];
    const m = product(one.covariance, two.covariance, 2);
    const determinant = (m[0] ?? 0) * (m[3] ?? 0) - (m[1] ?? 0) * (m[2] ?? 0);
    const trace = ({ covariance }: typeof one) => (covariance[0] ?? 0) + (covariance[3] ?? 0);
    const means = one.mean.reduce((sum, value, i) => sum + (value - (two.mean[i] ?? 0)) ** 2, 0);
    const root = Math.sqrt((m[0] ?? 0) + (m[3] ?? 0) + 2 * Math.sqrt(determinant));
    expect(frechetDistance(a, b, 2)).toBeCloseTo(means + trace(one) + trace(two) - 2 * root, 9);
  });

  it("is symmetric, and falls to its floor as samples grow", () => {
    const other = gaussian(3000, 3, 2);
    expect(frechetDistance(cloud, other, 3)).toBeCloseTo(frechetDistance(other, cloud, 3), 9);
    const few = frechetDistance(gaussian(50, 3, 3), gaussian(50, 3, 4), 3);
    expect(few).toBeGreaterThan(5 * frechetDistance(cloud, other, 3));
  });

  it("takes a single point repeated for a Gaussian without spread", () => {
    const point = Float64Array.from({ length: 300 }, () => 0);
    const spread = fitGaussian(cloud, 3);
    const trace = [0, 4, 8].reduce((sum, at) => sum + (spread.covariance[at] ?? 0), 0);
    const means = spread.mean.reduce((sum, value) => sum + value ** 2, 0);
    expect(frechetDistance(point, cloud, 3)).toBeCloseTo(trace + means, 9);
  });
});
