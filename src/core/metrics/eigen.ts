/** Eigenvalues and eigenvectors of symmetric matrices, and their square root. Small dense matrices; no statistics. */
import { finish, type Pieces } from "../pieces";
import { normals, STREAMS } from "../rng";

/** A symmetric matrix taken apart: matrix = Σ values[k] · v_k v_kᵀ. */
export interface Eigen {
  /** In no particular order. */
  readonly values: Float64Array;
  /** Row-major [n, n]; row k is v_k, of length 1. */
  readonly vectors: Float64Array;
}

/** Sweeps converge quadratically: matrices of hundreds of rows take fewer than ten. */
const MAX_SWEEPS = 60;
/** Off-diagonal mass, as a share of the whole, that no longer matters to double precision. */
const NEGLIGIBLE = 1e-30;

/**
 * Jacobi's cyclic method, a sweep over all pairs of rows at a time, so that whoever must not stop for long can rest in between.
 *
 * @param matrix symmetric, row-major [n, n]; it is left as it is
 * @throws RangeError when the matrix is not square, or holds what is not finite
 * @see Golub and Van Loan, Matrix Computations, 4th edition, algorithm 8.5.3
 */
export function* eigenSweeps(matrix: Float64Array, n: number): Pieces<Eigen> {
  if (matrix.length !== n * n) throw new RangeError(`${matrix.length} numbers are no matrix of ${n} × ${n}.`);
  if (!matrix.every(Number.isFinite)) throw new RangeError("A matrix to be taken apart holds what is not finite.");
  const a = matrix.slice();
  const vectors = new Float64Array(n * n);
  for (let i = 0; i < n; i++) vectors[i * n + i] = 1;
  const total = a.reduce((sum, value) => sum + value * value, 0);
  for (let sweep = 0; sweep < MAX_SWEEPS && offDiagonal(a, n) > NEGLIGIBLE * total; sweep++) {
    for (let p = 0; p < n; p++) for (let q = p + 1; q < n; q++) rotate(a, vectors, n, p, q);
    yield;
  }
  return { values: Float64Array.from({ length: n }, (_, i) => a[i * n + i] ?? 0), vectors };
}

/** The same in one go. */
export const symmetricEigen = (matrix: Float64Array, n: number): Eigen => finish(eigenSweeps(matrix, n));

/** Up to so many rows Jacobi's method takes no longer than the iteration below. */
const WHOLE_UP_TO = 64;
/** Vectors iterated beside those that are wanted: convergence depends on the gap behind them. */
const EXTRA = 8;
const MAX_ITERATIONS = 40;
/** Relative change of the eigenvalues that no longer shows. */
const SETTLED = 1e-5;

/**
 * The `count` largest eigenvalues of a symmetric positive semi-definite matrix with their vectors, largest first. Beyond a few dozen
 * rows by orthogonal iteration with Rayleigh and Ritz's projection, from a start that is always the same.
 *
 * @param matrix symmetric, row-major [n, n]; it is left as it is
 * @throws RangeError when the matrix is not square, or holds what is not finite
 * @see Golub and Van Loan, Matrix Computations, 4th edition, section 8.2.4
 */
export function leadingEigen(matrix: Float64Array, n: number, count: number): Eigen {
  const wanted = Math.min(n, count);
  if (n <= WHOLE_UP_TO) return largest(symmetricEigen(matrix, n), n, wanted);
  const block = Math.min(n, wanted + EXTRA);
  let basis: Float64Array = Float64Array.from(normals(new Float32Array(block * n), 1, STREAMS.metric, 0));
  let before: Float64Array = Float64Array.from({ length: wanted }, () => Number.NaN);
  for (let iteration = 0; ; iteration++) {
    orthonormalRows(basis, block, n);
    const image = product(basis, matrix, block, n, n); // the matrix is its own transpose
    const found = largest(symmetricEigen(symmetricProduct(basis, image, block, n), block), block, block);
    const ritz = product(found.vectors, basis, block, block, n);
    const settled = before.every((value, i) => Math.abs(value - (found.values[i] ?? 0)) <= SETTLED * Math.abs(value));
    if (settled || iteration === MAX_ITERATIONS) {
      return { values: found.values.slice(0, wanted), vectors: ritz.slice(0, wanted * n) };
    }
    before = found.values.slice(0, wanted);
    basis = product(found.vectors, image, block, block, n);
  }
}

/** The `count` largest of the values with their vectors, largest first. */
function largest({ values, vectors }: Eigen, n: number, count: number): Eigen {
  const order = [...values.keys()].sort((a, b) => (values[b] ?? 0) - (values[a] ?? 0)).slice(0, count);
  const rows = new Float64Array(count * n);
  for (const [i, k] of order.entries()) rows.set(vectors.subarray(k * n, (k + 1) * n), i * n);
  return { values: Float64Array.from(order, (k) => values[k] ?? 0), vectors: rows };
}

/** [rows, inner] · [inner, columns]. */
function product(a: Float64Array, b: Float64Array, rows: number, inner: number, columns: number): Float64Array {
  const out = new Float64Array(rows * columns);
  for (let i = 0; i < rows; i++) {
    for (let k = 0; k < inner; k++) {
      const factor = a[i * inner + k] ?? 0;
      if (factor === 0) continue;
      for (let j = 0; j < columns; j++) {
        out[i * columns + j] = (out[i * columns + j] ?? 0) + factor * (b[k * columns + j] ?? 0);
      }
    }
  }
  return out;
}

/** a · bᵀ [rows, rows] of matrices [rows, n], where that is symmetric but for rounding; of one with itself, its Gram matrix. */
export function symmetricProduct(a: ArrayLike<number>, b: ArrayLike<number>, rows: number, n: number): Float64Array {
  const out = new Float64Array(rows * rows);
  for (let i = 0; i < rows; i++) {
    for (let j = 0; j <= i; j++) {
      let sum = 0;
      for (let k = 0; k < n; k++) sum += (a[i * n + k] ?? 0) * (b[j * n + k] ?? 0);
      out[i * rows + j] = sum;
      out[j * rows + i] = sum;
    }
  }
  return out;
}

/** Gram and Schmidt's process, modified, on rows; one that the others span is left as zeros. */
function orthonormalRows(matrix: Float64Array, rows: number, n: number): void {
  for (let i = 0; i < rows; i++) {
    const own = matrix.subarray(i * n, (i + 1) * n);
    for (let j = 0; j < i; j++) {
      const other = matrix.subarray(j * n, (j + 1) * n);
      const share = own.reduce((sum, value, k) => sum + value * (other[k] ?? 0), 0);
      for (let k = 0; k < n; k++) own[k] = (own[k] ?? 0) - share * (other[k] ?? 0);
    }
    const norm = Math.sqrt(own.reduce((sum, value) => sum + value * value, 0));
    for (let k = 0; k < n; k++) own[k] = norm > 0 ? (own[k] ?? 0) / norm : 0;
  }
}

/** The square root of a positive semi-definite matrix from its parts; what rounding made negative counts as zero. */
export function rootOf({ values, vectors }: Eigen): Float64Array {
  const n = values.length;
  const root = new Float64Array(n * n);
  for (let k = 0; k < n; k++) {
    const scale = Math.sqrt(Math.max(0, values[k] ?? 0));
    for (let i = 0; i < n; i++) {
      const left = scale * (vectors[k * n + i] ?? 0);
      for (let j = 0; j < n; j++) root[i * n + j] = (root[i * n + j] ?? 0) + left * (vectors[k * n + j] ?? 0);
    }
  }
  return root;
}

/** Sum of squares above the diagonal. */
function offDiagonal(a: Float64Array, n: number): number {
  let sum = 0;
  for (let p = 0; p < n; p++) for (let q = p + 1; q < n; q++) sum += (a[p * n + q] ?? 0) ** 2;
  return sum;
}

/** Turns rows and columns p and q so that a[p, q] becomes zero. */
function rotate(a: Float64Array, vectors: Float64Array, n: number, p: number, q: number): void {
  const apq = a[p * n + q] ?? 0;
  if (apq === 0) return;
  const tau = ((a[q * n + q] ?? 0) - (a[p * n + p] ?? 0)) / (2 * apq);
  const t = (tau < 0 ? -1 : 1) / (Math.abs(tau) + Math.sqrt(1 + tau * tau)); // the smaller angle
  const c = 1 / Math.sqrt(1 + t * t);
  const s = t * c;
  for (let k = 0; k < n; k++) {
    const [akp, akq] = [a[k * n + p] ?? 0, a[k * n + q] ?? 0];
    a[k * n + p] = c * akp - s * akq;
    a[k * n + q] = s * akp + c * akq;
  }
  for (let k = 0; k < n; k++) {
    const [apk, aqk] = [a[p * n + k] ?? 0, a[q * n + k] ?? 0];
    a[p * n + k] = c * apk - s * aqk;
    a[q * n + k] = s * apk + c * aqk;
    const [vp, vq] = [vectors[p * n + k] ?? 0, vectors[q * n + k] ?? 0];
    vectors[p * n + k] = c * vp - s * vq;
    vectors[q * n + k] = s * vp + c * vq;
  }
}
