/** Directions as eigenvectors of a Gram matrix of latent space. */
import type { Direction } from "../../../../core/latent-space/directions";
import { leadingEigen } from "../../../../core/metrics/eigen";

/** Products of all pairs of rows: [rows, rows], of a matrix [rows, columns]. */
export function gramOf(matrix: ArrayLike<number>, rows: number): Float64Array {
  const columns = matrix.length / rows;
  const gram = new Float64Array(rows * rows);
  for (let i = 0; i < rows; i++) {
    for (let j = 0; j <= i; j++) {
      let sum = 0;
      for (let k = 0; k < columns; k++) sum += (matrix[i * columns + k] ?? 0) * (matrix[j * columns + k] ?? 0);
      gram[i * rows + j] = sum;
      gram[j * rows + i] = sum;
    }
  }
  return gram;
}

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
