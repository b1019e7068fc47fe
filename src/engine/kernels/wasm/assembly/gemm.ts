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

/**
 * Rows and columns of the register tile: 8 accumulators, 2 of B and 4 of A fit into the 15 vector registers that a browser uses on x64.
 * V8 loads all that a turn of the loop needs at its beginning, so a larger tile, or two steps a turn, would go through memory.
 */
const TILE_ROWS: i32 = 4;
const TILE_COLUMNS: i32 = 8;
/** Depth of a packed block: a 384×8 panel of B and a 4×384 panel of A (12 KiB + 6 KiB) share the first-level cache. */
const BLOCK_DEPTH: i32 = 384;
/** Floats of a packed block of A: 256 KiB, which stay in the second-level cache. */
const BLOCK_FLOATS: i32 = 65536;
/** Columns of B that are packed at a time: a cache line of each row, and what is packed is used at once. */
const GROUP_COLUMNS: i32 = 16;

/** What becomes of C: overwritten, or flags: added to, the bias row added. */
const OVERWRITE: i32 = 0;
const ACCUMULATE: i32 = 1;
const ADD_BIAS: i32 = 2;

// @ts-ignore: decorator
@inline
function roundUp(value: i32, multiple: i32): i32 {
  return ((value + multiple - 1) / multiple) * multiple;
}

/** Rows of a packed block of A. */
// @ts-ignore: decorator
@inline
function blockRows(m: i32, depth: i32): i32 {
  return min(roundUp(m, TILE_ROWS), max(TILE_ROWS, BLOCK_FLOATS / depth / TILE_ROWS * TILE_ROWS));
}

/** Bytes of scratch that `gemm` needs for a product of this size. */
export function gemmScratchBytes(m: i32, n: i32, k: i32): usize {
  const depth = max(1, min(k, BLOCK_DEPTH));
  // A last block may be less deep and have more rows, but no more floats; but for rounding up to a tile.
  const floatsOfA = min(max(blockRows(m, depth) * depth, BLOCK_FLOATS), roundUp(m, TILE_ROWS) * depth);
  return <usize>(4 * (floatsOfA + depth * GROUP_COLUMNS + TILE_ROWS * TILE_COLUMNS) + 64);
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
  const tile = scratch;
  const packedB = tile + <usize>(TILE_ROWS * TILE_COLUMNS * 4);
  const packedA = packedB + <usize>(min(k, BLOCK_DEPTH) * GROUP_COLUMNS * 4);
  for (let start = 0; start < k; start += BLOCK_DEPTH) {
    const depth = min(k - start, BLOCK_DEPTH);
    // The bias joins the finished sum, as if it were added afterwards.
    const isLast = start + depth == k;
    const mode = (start > 0 || accumulate != 0 ? ACCUMULATE : OVERWRITE) | (bias != 0 && isLast ? ADD_BIAS : OVERWRITE);
    const most = blockRows(m, depth);
    for (let row = 0; row < m; row += most) {
      const rows = min(m - row, most);
      if (transposeA) packTransposedA(a + (<usize>(start * lda + row) << 2), packedA, rows, depth, lda);
      else packA(a + (<usize>(row * lda + start) << 2), packedA, rows, depth, lda);
      for (let column = 0; column < n; column += GROUP_COLUMNS) {
        const columns = min(n - column, GROUP_COLUMNS);
        if (transposeB) packTransposedB(b + (<usize>(column * ldb + start) << 2), packedB, columns, depth, ldb);
        else packB(b + (<usize>(start * ldb + column) << 2), packedB, columns, depth, ldb);
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
    if (columns == TILE_COLUMNS) {
      const from = tile + (<usize>(i * TILE_COLUMNS) << 2);
      storeRow(c + (<usize>(i * ldc) << 2), v128.load(from), v128.load(from, 16), bias, mode);
      continue;
    }
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

/** One 4×8 tile: `depth` outer products of a column of four and a row of eight. `stride` is C's row length in bytes. */
function multiplyTile(a: usize, b: usize, depth: i32, c: usize, stride: usize, bias: usize, mode: i32): void {
  let c00 = f32x4.splat(0), c01 = f32x4.splat(0), c10 = f32x4.splat(0), c11 = f32x4.splat(0);
  let c20 = f32x4.splat(0), c21 = f32x4.splat(0), c30 = f32x4.splat(0), c31 = f32x4.splat(0);
  const end = b + (<usize>depth << 5);
  while (b < end) {
    const b0 = v128.load(b), b1 = v128.load(b, 16);
    let x = v128.load32_splat(a);
    c00 = multiplyAdd(x, b0, c00); c01 = multiplyAdd(x, b1, c01);
    x = v128.load32_splat(a, 4);
    c10 = multiplyAdd(x, b0, c10); c11 = multiplyAdd(x, b1, c11);
    x = v128.load32_splat(a, 8);
    c20 = multiplyAdd(x, b0, c20); c21 = multiplyAdd(x, b1, c21);
    x = v128.load32_splat(a, 12);
    c30 = multiplyAdd(x, b0, c30); c31 = multiplyAdd(x, b1, c31);
    a += 16;
    b += 32;
  }
  storeRow(c, c00, c01, bias, mode); c += stride;
  storeRow(c, c10, c11, bias, mode); c += stride;
  storeRow(c, c20, c21, bias, mode); c += stride;
  storeRow(c, c30, c31, bias, mode);
}

/** B stored [k, n]: panels of eight columns, each `depth` rows of eight, the last one padded with zeros. */
function packB(b: usize, target: usize, columns: i32, depth: i32, ldb: i32): void {
  const stride = <usize>ldb << 2, panel = <usize>depth << 5;
  if (columns == GROUP_COLUMNS) {
    let source = b, to = target;
    for (let p = 0; p < depth; p++) {
      v128.store(to, v128.load(source));
      v128.store(to, v128.load(source, 16), 16);
      const second = to + panel;
      v128.store(second, v128.load(source, 32));
      v128.store(second, v128.load(source, 48), 16);
      source += stride;
      to += 32;
    }
    return;
  }
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

/** A stored [m, k]: panels of four rows, each `depth` columns of four, the last one padded with zeros. */
function packA(a: usize, target: usize, rows: i32, depth: i32, lda: i32): void {
  const stride = <usize>lda << 2;
  for (let i = 0; i < rows; i += TILE_ROWS) {
    const source = a + <usize>i * stride;
    const height = rows - i;
    let p = 0;
    if (height >= TILE_ROWS) {
      for (; p + 4 <= depth; p += 4) {
        transpose4(source + (<usize>p << 2), stride, target, 16);
        target += 64;
      }
    }
    for (; p < depth; p++) {
      for (let x = 0; x < TILE_ROWS; x++) {
        store<f32>(target + (<usize>x << 2), x < height ? load<f32>(source + <usize>x * stride + (<usize>p << 2)) : 0);
      }
      target += 16;
    }
  }
}

/** A stored [k, m]: the same panels, copied row by row. */
function packTransposedA(a: usize, target: usize, rows: i32, depth: i32, lda: i32): void {
  const stride = <usize>lda << 2, panel = <usize>depth << 4;
  let i = 0;
  for (; i + 16 <= rows; i += 16) { // a cache line of each row
    let source = a + (<usize>i << 2), to = target;
    for (let p = 0; p < depth; p++) {
      v128.store(to, v128.load(source));
      v128.store(to + panel, v128.load(source, 16));
      v128.store(to + 2 * panel, v128.load(source, 32));
      v128.store(to + 3 * panel, v128.load(source, 48));
      source += stride;
      to += 16;
    }
    target += 4 * panel;
  }
  for (; i < rows; i += TILE_ROWS) {
    let source = a + (<usize>i << 2);
    const height = rows - i;
    for (let p = 0; p < depth; p++) {
      if (height >= TILE_ROWS) {
        v128.store(target, v128.load(source));
      } else {
        for (let x = 0; x < TILE_ROWS; x++) {
          store<f32>(target + (<usize>x << 2), x < height ? load<f32>(source + (<usize>x << 2)) : 0);
        }
      }
      source += stride;
      target += 16;
    }
  }
}
