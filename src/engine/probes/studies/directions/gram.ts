/** Directions as eigenvectors of a Gram matrix of latent space. */
import type { Direction } from "../../../../core/latent-space/directions";
import { leadingEigen, symmetricProduct } from "../../../../core/metrics/eigen";

/** Products of all pairs of rows: [rows, rows], of a matrix [rows, columns]. */
export const gramOf = (matrix: ArrayLike<number>, rows: number): Float64Array =>
  symmetricProduct(matrix, matrix, rows, matrix.length / rows);

/** The sum of the diagonal. */
export const traceOf = (gram: Float64Array, size: number): number =>
  Array.from({ length: size }, (_, i) => gram[i * size + i] ?? 0).reduce((a, b) => a + b, 0);

/** The leading eigenvectors, each with its eigenvalue's share of all. */
export function gramDirections(gram: Float64Array, size: number, count: number): readonly Direction[] {
  const total = traceOf(gram, size);
  const { values, vectors } = leadingEigen(gram, size, count);
  return Array.from(values, (value, k) => ({
    vector: Float32Array.from(vectors.subarray(k * size, (k + 1) * size)),
    share: total > 0 ? value / total : Number.NaN,
    name: null,
  }));
}
