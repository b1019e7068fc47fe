/**
 * Fréchet distance between two clouds of features, each taken as a Gaussian: |μ₁ − μ₂|² + tr(Σ₁ + Σ₂ − 2 (Σ₁^½ Σ₂ Σ₁^½)^½).
 * The formula of FID, but on the features of a small classifier of the same data, so that its values compare with each other and
 * with no published FID, which is on Inception's features.
 *
 * Noise floor: above 0, the more so the fewer samples there are for the features' number; obtained as the distance of test
 * images from training images, as many of each.
 */
import { finish, type Pieces } from "../pieces";
import { eigenSweeps, rootOf } from "./eigen";
import type { MetricInfo } from "./info";
import { type Points, requireRows } from "./points";

export interface GaussianFit {
  readonly mean: Float64Array; // [dimension]
  readonly covariance: Float64Array; // [dimension, dimension], of n - 1 degrees of freedom
}

/** A side that is compared with again and again: its covariance's root is taken once. */
export interface FrechetReference extends GaussianFit {
  readonly root: Float64Array;
}

/** Mean and covariance of a cloud [n, dimension]. @throws RangeError for fewer than two rows */
export function fitGaussian(points: Points, dimension: number): GaussianFit {
  const rows = requireRows(points, dimension, 2, "A covariance");
  const mean = new Float64Array(dimension);
  for (let i = 0; i < points.length; i++) mean[i % dimension] = (mean[i % dimension] ?? 0) + (points[i] ?? 0) / rows;
  const covariance = new Float64Array(dimension * dimension);
  const centred = new Float64Array(dimension);
  for (let row = 0; row < rows; row++) {
    for (let i = 0; i < dimension; i++) centred[i] = (points[row * dimension + i] ?? 0) - (mean[i] ?? 0);
    for (let i = 0; i < dimension; i++) {
      const left = (centred[i] ?? 0) / (rows - 1);
      if (left === 0) continue;
      for (let j = i; j < dimension; j++) {
        covariance[i * dimension + j] = (covariance[i * dimension + j] ?? 0) + left * (centred[j] ?? 0);
      }
    }
  }
  for (let i = 0; i < dimension; i++) {
    for (let j = 0; j < i; j++) covariance[i * dimension + j] = covariance[j * dimension + i] ?? 0;
  }
  return { mean, covariance };
}

/** The reals' side [n, dimension], in pieces of a few milliseconds. */
export function* frechetReference(reals: Points, dimension: number): Pieces<FrechetReference> {
  const fit = fitGaussian(reals, dimension);
  yield;
  return { ...fit, root: rootOf(yield* eigenSweeps(fit.covariance, dimension)) };
}

/**
 * The distance of a cloud [n, dimension] from the reference, in pieces of a few milliseconds.
 * @see Dowson and Landau 1982, equation 4; Heusel et al. 2017, equation 6
 */
export function* frechetPieces(fakes: Points, reference: FrechetReference): Pieces<number> {
  const dimension = reference.mean.length;
  const { mean, covariance } = fitGaussian(fakes, dimension);
  yield;
  const { root } = reference;
  const product = multiply(multiply(root, covariance, dimension), root, dimension);
  yield;
  const { values } = yield* eigenSweeps(symmetrized(product, dimension), dimension);
  const roots = values.reduce((sum, value) => sum + Math.sqrt(Math.max(0, value)), 0);
  let distance = -2 * roots;
  for (let i = 0; i < dimension; i++) {
    distance += ((mean[i] ?? 0) - (reference.mean[i] ?? 0)) ** 2;
    distance += (covariance[i * dimension + i] ?? 0) + (reference.covariance[i * dimension + i] ?? 0);
  }
  return Math.max(0, distance); // rounding may leave a hair below
}

/** The distance between two clouds, in one go. */
export function frechetDistance(fakes: Points, reals: Points, dimension: number): number {
  return finish(frechetPieces(fakes, finish(frechetReference(reals, dimension))));
}

function multiply(a: Float64Array, b: Float64Array, n: number): Float64Array {
  const out = new Float64Array(n * n);
  for (let i = 0; i < n; i++) {
    for (let k = 0; k < n; k++) {
      const left = a[i * n + k] ?? 0;
      for (let j = 0; j < n; j++) out[i * n + j] = (out[i * n + j] ?? 0) + left * (b[k * n + j] ?? 0);
    }
  }
  return out;
}

/** Without what rounding left between a product's two halves. */
function symmetrized(a: Float64Array, n: number): Float64Array {
  return a.map((value, at) => 0.5 * (value + (a[(at % n) * n + Math.floor(at / n)] ?? 0)));
}

export const frechetInfo: MetricInfo = {
  name: "Fréchet distance",
  unit: "squared units of the classifier's features",
  definition:
    "How far apart two clouds of features lie, both taken as Gaussians; the features are those of a small classifier of the same data, so this is not Inception FID and compares with no published one.",
  direction: "lower",
  floor: "What test images read against as many training images.",
  source: "Heusel et al. 2017, equation 6, on our own classifier's features",
};
