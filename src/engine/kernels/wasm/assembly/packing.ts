/**
 * Operands of the matrix product as the register tiles read them: panels of a few rows of A or eight columns of B, one step of the sum
 * after the other, from start to end. The product itself is gemm.ts.
 */

/** Columns of a panel of B. */
export const PANEL_COLUMNS: i32 = 8;
/** Columns of B that are packed at a time: a cache line of each row, and what is packed is used at once. */
export const GROUP_COLUMNS: i32 = 16;
/** Rows of the tallest panel of A. */
export const MOST_ROWS: i32 = 6;

/** B stored [k, n]: panels of eight columns, each `depth` rows of eight, the last one padded with zeros. */
export function packB(b: usize, target: usize, columns: i32, depth: i32, ldb: i32): void {
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
  for (let j = 0; j < columns; j += PANEL_COLUMNS) {
    let source = b + (<usize>j << 2);
    const width = columns - j;
    if (width >= PANEL_COLUMNS) {
      for (let p = 0; p < depth; p++) {
        v128.store(target, v128.load(source));
        v128.store(target, v128.load(source, 16), 16);
        source += stride;
        target += 32;
      }
    } else {
      for (let p = 0; p < depth; p++) {
        for (let x = 0; x < PANEL_COLUMNS; x++) {
          store<f32>(target + (<usize>x << 2), x < width ? load<f32>(source + (<usize>x << 2)) : 0);
        }
        source += stride;
        target += 32;
      }
    }
  }
}

/** B stored [n, k]: the same panels, through 4×4 transposes. */
export function packTransposedB(b: usize, target: usize, columns: i32, depth: i32, ldb: i32): void {
  const stride = <usize>ldb << 2;
  for (let j = 0; j < columns; j += PANEL_COLUMNS) {
    const source = b + <usize>j * stride;
    const width = columns - j;
    let p = 0;
    if (width >= PANEL_COLUMNS) {
      for (; p + 4 <= depth; p += 4) {
        const from = source + (<usize>p << 2);
        transpose4(from, stride, target, 32);
        transpose4(from + 4 * stride, stride, target + 16, 32);
        target += 128;
      }
    }
    for (; p < depth; p++) {
      for (let x = 0; x < PANEL_COLUMNS; x++) {
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

/** Reads two rows of four floats, writes them as four columns. */
// @ts-ignore: decorator
@inline
function transpose2(source: usize, stride: usize, target: usize, targetStride: usize): void {
  const r0 = v128.load(source), r1 = v128.load(source + stride);
  const low = v128.shuffle<f32>(r0, r1, 0, 4, 1, 5), high = v128.shuffle<f32>(r0, r1, 2, 6, 3, 7);
  v128.store64_lane(target, low, 0);
  v128.store64_lane(target + targetStride, low, 1);
  v128.store64_lane(target + 2 * targetStride, high, 0);
  v128.store64_lane(target + 3 * targetStride, high, 1);
}

/** One panel of A stored [m, k]: `height` rows (4 or 6), of which `rows` are there and the others zero. */
export function packPanel(a: usize, target: usize, height: i32, rows: i32, depth: i32, lda: i32): void {
  const stride = <usize>lda << 2, row = <usize>height << 2;
  let p = 0;
  if (rows == height) {
    for (; p + 4 <= depth; p += 4) {
      const from = a + (<usize>p << 2);
      transpose4(from, stride, target, row);
      if (height == MOST_ROWS) transpose2(from + 4 * stride, stride, target + 16, row);
      target += 4 * row;
    }
  }
  for (; p < depth; p++) {
    for (let x = 0; x < height; x++) {
      store<f32>(target + (<usize>x << 2), x < rows ? load<f32>(a + <usize>x * stride + (<usize>p << 2)) : 0);
    }
    target += row;
  }
}

/** Four panels of four rows of A stored [k, m]: a cache line of each row. */
export function packTransposedPanels4(a: usize, target: usize, depth: i32, lda: i32): void {
  const stride = <usize>lda << 2, panel = <usize>depth << 4;
  for (let p = 0; p < depth; p++) {
    v128.store(target, v128.load(a));
    v128.store(target + panel, v128.load(a, 16));
    v128.store(target + 2 * panel, v128.load(a, 32));
    v128.store(target + 3 * panel, v128.load(a, 48));
    a += stride;
    target += 16;
  }
}

/** Two panels of six rows of A stored [k, m]. */
export function packTransposedPanels6(a: usize, target: usize, depth: i32, lda: i32): void {
  const stride = <usize>lda << 2, panel = <usize>(depth * MOST_ROWS) << 2;
  for (let p = 0; p < depth; p++) {
    const middle = v128.load(a, 16);
    const second = target + panel, last = v128.load(a, 32);
    v128.store(target, v128.load(a));
    v128.store64_lane(target, middle, 0, 16);
    v128.store(second, v128.shuffle<f32>(middle, last, 2, 3, 4, 5));
    v128.store64_lane(second, last, 1, 16);
    a += stride;
    target += <usize>MOST_ROWS << 2;
  }
}

/** One panel of A stored [k, m], as packPanel. */
export function packTransposedPanel(a: usize, target: usize, height: i32, rows: i32, depth: i32, lda: i32): void {
  const stride = <usize>lda << 2;
  for (let p = 0; p < depth; p++) {
    if (rows == height) {
      v128.store(target, v128.load(a));
      if (height == MOST_ROWS) store<u64>(target, load<u64>(a, 16), 16);
    } else {
      for (let x = 0; x < height; x++) {
        store<f32>(target + (<usize>x << 2), x < rows ? load<f32>(a + (<usize>x << 2)) : 0);
      }
    }
    a += stride;
    target += <usize>height << 2;
  }
}
