/** Vectors made orthogonal and of length 1, in place. Numbers only. */

/**
 * Gram and Schmidt's process, modified, on the columns of a matrix, or on its rows where there are fewer of those.
 * @param matrix row-major [rows, columns]; vectors in general position, as random ones are
 * @returns the same array
 */
export function orthonormalize(matrix: Float64Array, rows: number, columns: number): Float64Array {
  const tall = rows >= columns;
  const [vectors, length] = tall ? [columns, rows] : [rows, columns];
  const [step, stride] = tall ? [1, columns] : [columns, 1]; // from vector to vector, from element to element
  const dot = (a: number, b: number) => {
    let sum = 0;
    for (let i = 0; i < length; i++) sum += (matrix[a + i * stride] ?? 0) * (matrix[b + i * stride] ?? 0);
    return sum;
  };
  for (let v = 0; v < vectors; v++) {
    const own = v * step;
    for (let u = 0; u < v; u++) {
      const other = u * step;
      const share = dot(own, other);
      for (let i = 0; i < length; i++) {
        matrix[own + i * stride] = (matrix[own + i * stride] ?? 0) - share * (matrix[other + i * stride] ?? 0);
      }
    }
    const norm = Math.sqrt(dot(own, own));
    for (let i = 0; i < length; i++) matrix[own + i * stride] = (matrix[own + i * stride] ?? 0) / norm;
  }
  return matrix;
}
