/**
 * Matrix products with a side of one or two, for which packing into 4×8 tiles would compute mostly padding: a network's last and first
 * layers. C = op(A)·op(B) as in gemm.ts, which calls these; each says whether it took the product. `bias` may be 0.
 */
import { multiplyAdd } from "./arithmetic";

/** Stores one element of C. */
// @ts-ignore: decorator
@inline
function finish(target: usize, value: f32, bias: usize, accumulate: i32): void {
  if (accumulate) value += load<f32>(target);
  if (bias) value += load<f32>(bias);
  store<f32>(target, value);
}

// @ts-ignore: decorator
@inline
function total(s: v128): f32 {
  return (f32x4.extract_lane(s, 0) + f32x4.extract_lane(s, 2)) + (f32x4.extract_lane(s, 1) + f32x4.extract_lane(s, 3));
}

/** Columns of B that lie in one piece: rows of A times one or two of them. */
function multiplyColumns(
  a: usize, b: usize, c: usize, m: i32, n: i32, k: i32, lda: i32, columnBytes: usize, ldc: i32, bias: usize, accumulate: i32,
): void {
  for (let j = 0; j < n; j++) {
    const column = b + <usize>j * columnBytes;
    const biasHere = bias ? bias + (<usize>j << 2) : 0;
    for (let i = 0; i < m; i++) {
      let x = a + (<usize>(i * lda) << 2), y = column;
      let s = f32x4.splat(0), t = f32x4.splat(0);
      let rest = k;
      for (; rest >= 8; rest -= 8) {
        s = multiplyAdd(v128.load(x), v128.load(y), s);
        t = multiplyAdd(v128.load(x, 16), v128.load(y, 16), t);
        x += 32;
        y += 32;
      }
      let sum = total(f32x4.add(s, t));
      for (; rest > 0; rest--) {
        sum += load<f32>(x) * load<f32>(y);
        x += 4;
        y += 4;
      }
      finish(c + (<usize>(i * ldc + j) << 2), sum, biasHere, accumulate);
    }
  }
}

/** B stored [k, 2]: its two columns are told apart on the way. */
function multiplyPairs(
  a: usize, b: usize, c: usize, m: i32, k: i32, lda: i32, ldc: i32, bias: usize, accumulate: i32,
): void {
  for (let i = 0; i < m; i++) {
    let x = a + (<usize>(i * lda) << 2), y = b;
    let s = f32x4.splat(0), t = f32x4.splat(0);
    let rest = k;
    for (; rest >= 4; rest -= 4) {
      const four = v128.load(x), low = v128.load(y), high = v128.load(y, 16);
      s = multiplyAdd(four, v128.shuffle<f32>(low, high, 0, 2, 4, 6), s);
      t = multiplyAdd(four, v128.shuffle<f32>(low, high, 1, 3, 5, 7), t);
      x += 16;
      y += 32;
    }
    let left = total(s), right = total(t);
    for (; rest > 0; rest--) {
      left += load<f32>(x) * load<f32>(y);
      right += load<f32>(x) * load<f32>(y, 4);
      x += 4;
      y += 8;
    }
    const target = c + (<usize>(i * ldc) << 2);
    finish(target, left, bias, accumulate);
    finish(target + 4, right, bias ? bias + 4 : 0, accumulate);
  }
}

/**
 * Σ_p factor[p]·row[p] of `width` columns: one row (or column) of C. Rows lie `rowBytes` apart, factors `factorBytes`, elements of C
 * `stepBytes`, of the bias `biasBytes`. `tile` is 64 bytes of scratch.
 */
function combineRows(
  factors: usize, factorBytes: usize, rows: usize, rowBytes: usize, k: i32, width: i32,
  c: usize, stepBytes: usize, bias: usize, biasBytes: usize, accumulate: i32, tile: usize,
): void {
  for (let at = 0; at < width; at += 16) {
    const here = min(16, width - at);
    let row = rows + (<usize>at << 2), factor = factors;
    if (here == 16) {
      let s0 = f32x4.splat(0), s1 = f32x4.splat(0), s2 = f32x4.splat(0), s3 = f32x4.splat(0);
      for (let p = 0; p < k; p++) {
        const x = v128.load32_splat(factor);
        s0 = multiplyAdd(x, v128.load(row), s0);
        s1 = multiplyAdd(x, v128.load(row, 16), s1);
        s2 = multiplyAdd(x, v128.load(row, 32), s2);
        s3 = multiplyAdd(x, v128.load(row, 48), s3);
        factor += factorBytes;
        row += rowBytes;
      }
      v128.store(tile, s0);
      v128.store(tile, s1, 16);
      v128.store(tile, s2, 32);
      v128.store(tile, s3, 48);
    } else {
      for (let i = 0; i < here; i++) {
        let s = f32x4.splat(0);
        for (let p = 0; p < k; p++) {
          const offset = <usize>p * rowBytes + (<usize>i << 2);
          s = multiplyAdd(v128.load32_splat(factor + <usize>p * factorBytes), v128.load32_splat(row + offset), s);
        }
        v128.store_lane<f32>(tile + (<usize>i << 2), s, 0);
      }
    }
    for (let i = 0; i < here; i++) {
      finish(c, load<f32>(tile + (<usize>i << 2)), bias, accumulate);
      c += stepBytes;
      bias += biasBytes;
    }
  }
}

/** C = a column of A times a row of B, or two of each. n is a multiple of four. */
function multiplyShallow(
  a: usize, b: usize, c: usize, m: i32, n: i32, k: i32, rowBytes: usize, ldb: i32, ldc: i32, bias: usize, accumulate: i32,
): void {
  const second = b + (<usize>ldb << 2), bytes = <usize>n << 2;
  for (let i = 0; i < m; i++) {
    const x = v128.load32_splat(a);
    const y = k == 2 ? v128.load32_splat(a, 4) : x;
    const target = c + (<usize>(i * ldc) << 2);
    for (let at: usize = 0; at < bytes; at += 16) {
      let s = multiplyAdd(x, v128.load(b + at), f32x4.splat(0));
      if (k == 2) s = multiplyAdd(y, v128.load(second + at), s);
      if (accumulate) s = f32x4.add(s, v128.load(target + at));
      if (bias) s = f32x4.add(s, v128.load(bias + at));
      v128.store(target + at, s);
    }
    a += rowBytes;
  }
}

/** Computes the product if it is narrow; otherwise false. Arguments as gemm's. */
export function multiplyNarrow(
  a: usize, b: usize, c: usize, m: i32, n: i32, k: i32, transposeA: i32, transposeB: i32, lda: i32, ldb: i32, ldc: i32,
  bias: usize, accumulate: i32, tile: usize,
): bool {
  const bytesA = <usize>lda << 2, bytesB = <usize>ldb << 2;
  if (n <= 2 && !transposeA) {
    if (transposeB || ldb == 1) {
      multiplyColumns(a, b, c, m, n, k, lda, transposeB ? bytesB : 4, ldc, bias, accumulate);
      return true;
    }
    if (n == 2 && ldb == 2) {
      multiplyPairs(a, b, c, m, k, lda, ldc, bias, accumulate);
      return true;
    }
  }
  if (n <= 2 && transposeA) {
    for (let j = 0; j < n; j++) {
      const factors = b + (transposeB ? <usize>j * bytesB : <usize>j << 2);
      const biasHere = bias ? bias + (<usize>j << 2) : 0;
      combineRows(factors, transposeB ? 4 : bytesB, a, bytesA, k, m, c + (<usize>j << 2), <usize>ldc << 2, biasHere, 0, accumulate, tile);
    }
    return true;
  }
  if (m <= 2 && !transposeB) {
    for (let i = 0; i < m; i++) {
      const factors = a + (transposeA ? <usize>i << 2 : <usize>i * bytesA);
      combineRows(factors, transposeA ? bytesA : 4, b, bytesB, k, n, c + (<usize>(i * ldc) << 2), 4, bias, bias ? 4 : 0, accumulate, tile);
    }
    return true;
  }
  if (k <= 2 && (n & 3) == 0 && (k == 1 ? !transposeB || ldb == 1 : !transposeA && !transposeB)) {
    multiplyShallow(a, b, c, m, n, k, transposeA ? 4 : bytesA, ldb, ldc, bias, accumulate);
    return true;
  }
  return false;
}
