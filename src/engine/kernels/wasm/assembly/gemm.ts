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
import {
  GROUP_COLUMNS, MOST_ROWS, packB, packPanel, packTransposedB, packTransposedPanel, packTransposedPanels4, packTransposedPanels6, PANEL_COLUMNS,
} from "./packing";

/** Rows of the lower register tile, which is also what the taller one leaves at the end: 8 accumulators, 2 of B and 4 of A. */
const LOW_ROWS: i32 = 4;
const TILE_COLUMNS: i32 = PANEL_COLUMNS;
/** Rows of the register tile in use: 4 or 6. Which is faster depends on the machine; every sum is the same in both. */
let tileRows: i32 = LOW_ROWS;

/** Chooses the register tile of this instance of the module: 4 or 6 rows. No number depends on it. */
export function setTileRows(rows: i32): void {
  tileRows = rows;
}

/** Depth of a packed block: a 384×8 panel of B and a 4×384 panel of A (12 KiB + 6 KiB) share the first-level cache. */
const BLOCK_DEPTH: i32 = 384;
/** Floats of a packed block of A: 256 KiB, which stay in the second-level cache. */
const BLOCK_FLOATS: i32 = 65536;

/** What becomes of C: overwritten, or flags: added to, the bias row added. */
const OVERWRITE: i32 = 0;
const ACCUMULATE: i32 = 1;
const ADD_BIAS: i32 = 2;

// @ts-ignore: decorator
@inline
function roundUp(value: i32, multiple: i32): i32 {
  return ((value + multiple - 1) / multiple) * multiple;
}

/** Rows of a packed block of A, a multiple of the tile's. */
// @ts-ignore: decorator
@inline
function blockRows(m: i32, depth: i32, tile: i32): i32 {
  return min(roundUp(m, tile), max(tile, BLOCK_FLOATS / depth / tile * tile));
}

/** Bytes of scratch that `gemm` needs for a product of this size. */
export function gemmScratchBytes(m: i32, n: i32, k: i32): usize {
  const depth = max(1, min(k, BLOCK_DEPTH));
  // A last block may be less deep and have more rows, but no more floats; but for rounding up to a tile.
  const rows = roundUp(m, LOW_ROWS * MOST_ROWS); // whichever tile is in use when it is computed
  const floatsOfA = min(max(blockRows(m, depth, MOST_ROWS) * depth, BLOCK_FLOATS), rows * depth);
  return <usize>(4 * (floatsOfA + depth * GROUP_COLUMNS + MOST_ROWS * TILE_COLUMNS) + 64);
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
  const packedB = tile + <usize>(MOST_ROWS * TILE_COLUMNS * 4);
  const packedA = packedB + <usize>(min(k, BLOCK_DEPTH) * GROUP_COLUMNS * 4);
  const most = tileRows;
  for (let start = 0; start < k; start += BLOCK_DEPTH) {
    const depth = min(k - start, BLOCK_DEPTH);
    // The bias joins the finished sum, as if it were added afterwards.
    const isLast = start + depth == k;
    const mode = (start > 0 || accumulate != 0 ? ACCUMULATE : OVERWRITE) | (bias != 0 && isLast ? ADD_BIAS : OVERWRITE);
    const block = blockRows(m, depth, most);
    for (let row = 0; row < m; row += block) {
      const rows = min(m - row, block);
      if (transposeA) packTransposedA(a + (<usize>(start * lda + row) << 2), packedA, rows, depth, lda, most);
      else packA(a + (<usize>(row * lda + start) << 2), packedA, rows, depth, lda, most);
      for (let column = 0; column < n; column += GROUP_COLUMNS) {
        const columns = min(n - column, GROUP_COLUMNS);
        if (transposeB) packTransposedB(b + (<usize>(column * ldb + start) << 2), packedB, columns, depth, ldb);
        else packB(b + (<usize>(start * ldb + column) << 2), packedB, columns, depth, ldb);
        for (let j = 0; j < columns; j += TILE_COLUMNS) {
          const panelB = packedB + (<usize>(j * depth) << 2);
          const width = columns - j;
          const biasHere = bias + (<usize>(column + j) << 2);
          for (let i = 0; i < rows;) {
            const panelA = packedA + (<usize>(i * depth) << 2);
            const left = rows - i;
            const height = heightOf(left, most);
            const target = c + (<usize>((row + i) * ldc + column + j) << 2);
            const isWhole = left >= height && width >= TILE_COLUMNS;
            if (height == MOST_ROWS) {
              // This tile only stores: with more to do at its end, its sums would not stay in registers.
              if (isWhole && mode == OVERWRITE) {
                multiplyTallTile(panelA, panelB, depth, target, <usize>ldc << 2);
              } else {
                multiplyTallTile(panelA, panelB, depth, tile, <usize>(TILE_COLUMNS * 4));
                storeEdge(tile, target, min(left, height), min(width, TILE_COLUMNS), ldc, biasHere, mode);
              }
            } else if (isWhole) {
              multiplyTile(panelA, panelB, depth, target, <usize>ldc << 2, biasHere, mode);
            } else {
              multiplyTile(panelA, panelB, depth, tile, <usize>(TILE_COLUMNS * 4), 0, OVERWRITE);
              storeEdge(tile, target, min(left, height), min(width, TILE_COLUMNS), ldc, biasHere, mode);
            }
            i += height;
          }
        }
      }
    }
  }
}

/** Rows of the next panel when so many rows are left: what a low one holds is not padded to a tall one. */
// @ts-ignore: decorator
@inline
function heightOf(left: i32, most: i32): i32 {
  return left <= LOW_ROWS ? LOW_ROWS : most;
}

/** A stored [m, k] in panels from the first row on, the last one padded with zeros. */
function packA(a: usize, target: usize, rows: i32, depth: i32, lda: i32, most: i32): void {
  for (let i = 0; i < rows;) {
    const height = heightOf(rows - i, most);
    packPanel(a + (<usize>(i * lda) << 2), target, height, min(height, rows - i), depth, lda);
    target += <usize>(height * depth) << 2;
    i += height;
  }
}

/** A stored [k, m]: the same panels, copied row by row. */
function packTransposedA(a: usize, target: usize, rows: i32, depth: i32, lda: i32, most: i32): void {
  const together = most == LOW_ROWS ? 4 * LOW_ROWS : 2 * MOST_ROWS;
  let i = 0;
  for (; i + together <= rows; i += together) {
    const from = a + (<usize>i << 2);
    if (most == LOW_ROWS) packTransposedPanels4(from, target, depth, lda);
    else packTransposedPanels6(from, target, depth, lda);
    target += <usize>(together * depth) << 2;
  }
  while (i < rows) {
    const height = heightOf(rows - i, most);
    packTransposedPanel(a + (<usize>i << 2), target, height, min(height, rows - i), depth, lda);
    target += <usize>(height * depth) << 2;
    i += height;
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

/**
 * One 6×8 tile, stored. 12 accumulators, 2 of B and 1 of A are all of the 15 vector registers that V8 uses on x64: not one is left for
 * what is there already, nor for a bias.
 */
function multiplyTallTile(a: usize, b: usize, depth: i32, c: usize, stride: usize): void {
  let c00 = f32x4.splat(0), c01 = f32x4.splat(0), c10 = f32x4.splat(0), c11 = f32x4.splat(0);
  let c20 = f32x4.splat(0), c21 = f32x4.splat(0), c30 = f32x4.splat(0), c31 = f32x4.splat(0);
  let c40 = f32x4.splat(0), c41 = f32x4.splat(0), c50 = f32x4.splat(0), c51 = f32x4.splat(0);
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
    x = v128.load32_splat(a, 16);
    c40 = multiplyAdd(x, b0, c40); c41 = multiplyAdd(x, b1, c41);
    x = v128.load32_splat(a, 20);
    c50 = multiplyAdd(x, b0, c50); c51 = multiplyAdd(x, b1, c51);
    a += 24;
    b += 32;
  }
  v128.store(c, c00); v128.store(c, c01, 16); c += stride;
  v128.store(c, c10); v128.store(c, c11, 16); c += stride;
  v128.store(c, c20); v128.store(c, c21, 16); c += stride;
  v128.store(c, c30); v128.store(c, c31, 16); c += stride;
  v128.store(c, c40); v128.store(c, c41, 16); c += stride;
  v128.store(c, c50); v128.store(c, c51, 16);
}
