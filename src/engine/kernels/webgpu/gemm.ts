/** Matrix products for WebGPU: C = op(A) · op(B). The generator is product.ts, the forms product-form.ts. */
import { storedMatrix } from "./matrices";
import { inRows, type Product } from "./product";

export interface GemmShape {
  readonly m: number;
  readonly n: number;
  readonly k: number;
  /** A is stored [k, m] instead of [m, k]. */
  readonly transposeA?: boolean;
  /** B is stored [n, k] instead of [k, n]. */
  readonly transposeB?: boolean;
  /** Independent products, one behind the other in each operand; where `shared`, that operand is the same for all. Default 1. */
  readonly batch?: number;
  readonly shared?: "a" | "b";
}

/**
 * C [batch, m, n] = op(A) · op(B), row-major floats. Operands: a [batch, m, k] or [batch, k, m], b [batch, k, n] or [batch, n, k], c.
 */
export function gemm({ m, n, k, transposeA = false, transposeB = false, batch = 1, shared }: GemmShape): Product {
  return {
    ...{ m, n, k, batch },
    a: storedMatrix(m, k, transposeA, shared !== "a" && batch > 1),
    b: storedMatrix(n, k, !transposeB, shared !== "b" && batch > 1),
    size: batch * m * n,
    place: inRows(m, n),
  };
}
