/**
 * Single-precision matrix product C = op(A)·op(B), row-major, in 128-bit SIMD.
 *
 * The usual three loops of a BLAS (Goto and van de Geijn, "Anatomy of high-performance matrix multiplication", 2008): both operands are
 * packed into panels that the register tile reads from start to end, so a transpose costs nothing but a different packing loop.
 * No memory of its own: the caller hands in `gemmScratchBytes(...)` bytes of scratch. No static data either, since it would land in the heap
 * of TensorFlow.js, whose memory this module shares.
 */

import { multiplyAdd } from "./arithmetic";
import { multiplyNarrow } from "./narrow";

/** Rows and columns of the register tile: 12 accumulators + 2 of B + 1 of A = the 15 vector registers a browser leaves free on x64. */
const TILE_ROWS: i32 = 6;
const TILE_COLUMNS: i32 = 8;
/** Depth of a packed block: a 384×8 panel of B and a 6×384 panel of A (12 KiB + 9 KiB) share the first-level cache. */
const BLOCK_DEPTH: i32 = 384;
/** Rows of a packed block of A: 96×384 floats, 144 KiB, stay in the second-level cache. A multiple of TILE_ROWS. */
const BLOCK_ROWS: i32 = 96;
/** Columns of a packed block of B. A multiple of TILE_COLUMNS. */
const BLOCK_COLUMNS: i32 = 2048;

/** What becomes of C: overwritten, or flags: added to, the bias row added. */
const OVERWRITE: i32 = 0;
const ACCUMULATE: i32 = 1;
const ADD_BIAS: i32 = 2;

// @ts-ignore: decorator
@inline
function roundUp(value: i32, multiple: i32): i32 {
  return ((value + multiple - 1) / multiple) * multiple;
}

/** Bytes of scratch that `gemm` needs for a product of this size. */
export function gemmScratchBytes(m: i32, n: i32, k: i32): usize {
  const depth = min(k, BLOCK_DEPTH);
  const rows = min(roundUp(m, TILE_ROWS), BLOCK_ROWS);
  const columns = min(roundUp(n, TILE_COLUMNS), BLOCK_COLUMNS);
  return <usize>(4 * (depth * (rows + columns) + TILE_ROWS * TILE_COLUMNS) + 64);
}

/**
 * C[m×n] = op(A)[m×k] · op(B)[k×n] (+ bias[n] or + C).
 * `lda`, `ldb`, `ldc` are the row lengths, in floats, of the matrices as stored. `bias` may be 0. With `accumulate` the product is added to C.
 */
export function gemm(
  a: usize, b: usize, c: usize, m: i32, n: i32, k: i32,
  transposeA: i32, transposeB: i32, lda: i32, ldb: i32, ldc: i32,
  bias: usize, accumulate: i32, scratch: usize,
): void {
  if (multiplyNarrow(a, b, c, m, n, k, transposeA, transposeB, lda, ldb, ldc, bias, accumulate, scratch)) return;
  const maximumDepth = min(k, BLOCK_DEPTH);
  const tile = scratch;
  const packedA = tile + <usize>(TILE_ROWS * TILE_COLUMNS * 4);
  const packedB = packedA + <usize>(min(roundUp(m, TILE_ROWS), BLOCK_ROWS) * maximumDepth * 4);
  for (let column = 0; column < n; column += BLOCK_COLUMNS) {
    const columns = min(n - column, BLOCK_COLUMNS);
    for (let start = 0; start < k; start += BLOCK_DEPTH) {
      const depth = min(k - start, BLOCK_DEPTH);
      // The bias joins the finished sum, as if it were added afterwards.
      const isLast = start + depth == k;
      const mode = (start > 0 || accumulate != 0 ? ACCUMULATE : OVERWRITE) | (bias != 0 && isLast ? ADD_BIAS : OVERWRITE);
      if (transposeB) packTransposedB(b + (<usize>(column * ldb + start) << 2), packedB, columns, depth, ldb);
      else packB(b + (<usize>(start * ldb + column) << 2), packedB, columns, depth, ldb);
      for (let row = 0; row < m; row += BLOCK_ROWS) {
        const rows = min(m - row, BLOCK_ROWS);
        if (transposeA) packTransposedA(a + (<usize>(start * lda + row) << 2), packedA, rows, depth, lda);
        else packA(a + (<usize>(row * lda + start) << 2), packedA, rows, depth, lda);
        for (let j = 0; j < columns; j += TILE_COLUMNS) {
          const panelB = packedB + (<usize>(j * depth) << 2);
          const width = columns - j;
          const biasHere = bias + (<usize>(column + j) << 2);
          for (let i = 0; i < rows; i += TILE_ROWS) {
            const panelA = packedA + (<usize>(i * depth) << 2);
            const height = rows - i;
            const target = c + (<usize>((row + i) * ldc + column + j) << 2);
            if (height >= TILE_ROWS && width >= TILE_COLUMNS) {
              multiplyTile(panelA, panelB, depth, target, <usize>ldc << 2, biasHere, mode);
            } else {
              multiplyTile(panelA, panelB, depth, tile, <usize>(TILE_COLUMNS * 4), 0, OVERWRITE);
              storeEdge(tile, target, min(height, TILE_ROWS), min(width, TILE_COLUMNS), ldc, biasHere, mode);
            }
          }
        }
      }
    }
  }
}

/** Copies the part of a whole tile that lies inside C. */
function storeEdge(tile: usize, c: usize, rows: i32, columns: i32, ldc: i32, bias: usize, mode: i32): void {
  for (let i = 0; i < rows; i++) {
    for (let j = 0; j < columns; j++) {
      const target = c + (<usize>(i * ldc + j) << 2);
      let value = load<f32>(tile + (<usize>(i * TILE_COLUMNS + j) << 2));
      if (mode & ACCUMULATE) value += load<f32>(target);
      if (mode & ADD_BIAS) value += load<f32>(bias + (<usize>j << 2));
      store<f32>(target, value);
    }
  }
}

// @ts-ignore: decorator
@inline
function storeRow(target: usize, left: v128, right: v128, bias: usize, mode: i32): void {
  if (mode & ACCUMULATE) {
    left = f32x4.add(left, v128.load(target));
    right = f32x4.add(right, v128.load(target, 16));
  }
  if (mode & ADD_BIAS) {
    left = f32x4.add(left, v128.load(bias));
    right = f32x4.add(right, v128.load(bias, 16));
  }
  v128.store(target, left);
  v128.store(target, right, 16);
}

/** One 6×8 tile: `depth` outer products of a column of six and a row of eight, two a turn. `stride` is C's row length in bytes. */
function multiplyTile(a: usize, b: usize, depth: i32, c: usize, stride: usize, bias: usize, mode: i32): void {
  let c00 = f32x4.splat(0), c01 = f32x4.splat(0), c10 = f32x4.splat(0), c11 = f32x4.splat(0);
  let c20 = f32x4.splat(0), c21 = f32x4.splat(0), c30 = f32x4.splat(0), c31 = f32x4.splat(0);
  let c40 = f32x4.splat(0), c41 = f32x4.splat(0), c50 = f32x4.splat(0), c51 = f32x4.splat(0);
  let b0: v128, b1: v128, x: v128;
  const end = b + (<usize>depth << 5), endOfPairs = b + (<usize>(depth & ~1) << 5);
  while (b < endOfPairs) {
    b0 = v128.load(b); b1 = v128.load(b, 16);
    x = v128.load32_splat(a);
    c00 = multiplyAdd(x, b0, c00); c01 = multiplyAdd(x, b1, c01);
    x = v128.load32_splat(a, 4);
    c10 = multiplyAdd(x, b0, c10); c11 = multiplyAdd(x, b1, c11);
    x = v128.load32_splat(a, 8);
    c20 = multiplyAdd(x, b0, c20); c21 = multiplyAdd(x, b1, c21);
    x = v128.load32_splat(a, 12);
    c30 = multiplyAdd(x, b0, c30); c31 = multiplyAdd(x, b1, c31);
    x = v128.load32_splat(a, 16);
    c40 = multiplyAdd(x, b0, c40); c41 = multiplyAdd(x, b1, c41);
    x = v128.load32_splat(a, 20);
    c50 = multiplyAdd(x, b0, c50); c51 = multiplyAdd(x, b1, c51);
    b0 = v128.load(b, 32); b1 = v128.load(b, 48);
    x = v128.load32_splat(a, 24);
    c00 = multiplyAdd(x, b0, c00); c01 = multiplyAdd(x, b1, c01);
    x = v128.load32_splat(a, 28);
    c10 = multiplyAdd(x, b0, c10); c11 = multiplyAdd(x, b1, c11);
    x = v128.load32_splat(a, 32);
    c20 = multiplyAdd(x, b0, c20); c21 = multiplyAdd(x, b1, c21);
    x = v128.load32_splat(a, 36);
    c30 = multiplyAdd(x, b0, c30); c31 = multiplyAdd(x, b1, c31);
    x = v128.load32_splat(a, 40);
    c40 = multiplyAdd(x, b0, c40); c41 = multiplyAdd(x, b1, c41);
    x = v128.load32_splat(a, 44);
    c50 = multiplyAdd(x, b0, c50); c51 = multiplyAdd(x, b1, c51);
    a += 48;
    b += 64;
  }
  if (b < end) {
    b0 = v128.load(b); b1 = v128.load(b, 16);
    x = v128.load32_splat(a);
    c00 = multiplyAdd(x, b0, c00); c01 = multiplyAdd(x, b1, c01);
    x = v128.load32_splat(a, 4);
    c10 = multiplyAdd(x, b0, c10); c11 = multiplyAdd(x, b1, c11);
    x = v128.load32_splat(a, 8);
    c20 = multiplyAdd(x, b0, c20); c21 = multiplyAdd(x, b1, c21);
    x = v128.load32_splat(a, 12);
    c30 = multiplyAdd(x, b0, c30); c31 = multiplyAdd(x, b1, c31);
    x = v128.load32_splat(a, 16);
    c40 = multiplyAdd(x, b0, c40); c41 = multiplyAdd(x, b1, c41);
    x = v128.load32_splat(a, 20);
    c50 = multiplyAdd(x, b0, c50); c51 = multiplyAdd(x, b1, c51);
  }
  storeRow(c, c00, c01, bias, mode); c += stride;
  storeRow(c, c10, c11, bias, mode); c += stride;
  storeRow(c, c20, c21, bias, mode); c += stride;
  storeRow(c, c30, c31, bias, mode); c += stride;
  storeRow(c, c40, c41, bias, mode); c += stride;
  storeRow(c, c50, c51, bias, mode);
}

/** B stored [k, n]: panels of eight columns, each `depth` rows of eight, the last one padded with zeros. */
function packB(b: usize, target: usize, columns: i32, depth: i32, ldb: i32): void {
  const stride = <usize>ldb << 2;
  for (let j = 0; j < columns; j += TILE_COLUMNS) {
    let source = b + (<usize>j << 2);
    const width = columns - j;
    if (width >= TILE_COLUMNS) {
      for (let p = 0; p < depth; p++) {
        v128.store(target, v128.load(source));
        v128.store(target, v128.load(source, 16), 16);
        source += stride;
        target += 32;
      }
    } else {
      for (let p = 0; p < depth; p++) {
        for (let x = 0; x < TILE_COLUMNS; x++) {
          store<f32>(target + (<usize>x << 2), x < width ? load<f32>(source + (<usize>x << 2)) : 0);
        }
        source += stride;
        target += 32;
      }
    }
  }
}

/** B stored [n, k]: the same panels, through 4×4 transposes. */
function packTransposedB(b: usize, target: usize, columns: i32, depth: i32, ldb: i32): void {
  const stride = <usize>ldb << 2;
  for (let j = 0; j < columns; j += TILE_COLUMNS) {
    const source = b + <usize>j * stride;
    const width = columns - j;
    let p = 0;
    if (width >= TILE_COLUMNS) {
      for (; p + 4 <= depth; p += 4) {
        const from = source + (<usize>p << 2);
        transpose4(from, stride, target, 32);
        transpose4(from + 4 * stride, stride, target + 16, 32);
        target += 128;
      }
    }
    for (; p < depth; p++) {
      for (let x = 0; x < TILE_COLUMNS; x++) {
        store<f32>(target + (<usize>x << 2), x < width ? load<f32>(source + <usize>x * stride + (<usize>p << 2)) : 0);
      }
      target += 32;
    }
  }
}

/** Reads four rows of four floats, writes them as four columns. */
// @ts-ignore: decorator
@inline
function transpose4(source: usize, stride: usize, target: usize, targetStride: usize): void {
  const r0 = v128.load(source), r1 = v128.load(source + stride);
  const r2 = v128.load(source + 2 * stride), r3 = v128.load(source + 3 * stride);
  const low01 = v128.shuffle<f32>(r0, r1, 0, 4, 1, 5), high01 = v128.shuffle<f32>(r0, r1, 2, 6, 3, 7);
  const low23 = v128.shuffle<f32>(r2, r3, 0, 4, 1, 5), high23 = v128.shuffle<f32>(r2, r3, 2, 6, 3, 7);
  v128.store(target, v128.shuffle<f32>(low01, low23, 0, 1, 4, 5));
  v128.store(target + targetStride, v128.shuffle<f32>(low01, low23, 2, 3, 6, 7));
  v128.store(target + 2 * targetStride, v128.shuffle<f32>(high01, high23, 0, 1, 4, 5));
  v128.store(target + 3 * targetStride, v128.shuffle<f32>(high01, high23, 2, 3, 6, 7));
}

/** A stored [m, k]: panels of six rows, each `depth` columns of six, the last one padded with zeros. */
function packA(a: usize, target: usize, rows: i32, depth: i32, lda: i32): void {
  const stride = <usize>lda << 2;
  for (let i = 0; i < rows; i += TILE_ROWS) {
    const source = a + <usize>i * stride;
    const height = rows - i;
    let p = 0;
    if (height >= TILE_ROWS) {
      for (; p + 4 <= depth; p += 4) {
        const from = source + (<usize>p << 2);
        const r4 = v128.load(from + 4 * stride), r5 = v128.load(from + 5 * stride);
        const low = v128.shuffle<f32>(r4, r5, 0, 4, 1, 5), high = v128.shuffle<f32>(r4, r5, 2, 6, 3, 7);
        transpose4(from, stride, target, 24);
        v128.store_lane<u64>(target + 16, low, 0);
        v128.store_lane<u64>(target + 40, low, 1);
        v128.store_lane<u64>(target + 64, high, 0);
        v128.store_lane<u64>(target + 88, high, 1);
        target += 96;
      }
    }
    for (; p < depth; p++) {
      for (let x = 0; x < TILE_ROWS; x++) {
        store<f32>(target + (<usize>x << 2), x < height ? load<f32>(source + <usize>x * stride + (<usize>p << 2)) : 0);
      }
      target += 24;
    }
  }
}

/** A stored [k, m]: the same panels, copied row by row. */
function packTransposedA(a: usize, target: usize, rows: i32, depth: i32, lda: i32): void {
  const stride = <usize>lda << 2;
  for (let i = 0; i < rows; i += TILE_ROWS) {
    let source = a + (<usize>i << 2);
    const height = rows - i;
    if (height >= TILE_ROWS) {
      for (let p = 0; p < depth; p++) {
        v128.store(target, v128.load(source));
        store<u64>(target, load<u64>(source, 16), 16);
        source += stride;
        target += 24;
      }
    } else {
      for (let p = 0; p < depth; p++) {
        for (let x = 0; x < TILE_ROWS; x++) {
          store<f32>(target + (<usize>x << 2), x < height ? load<f32>(source + (<usize>x << 2)) : 0);
        }
        source += stride;
        target += 24;
      }
    }
  }
}
