/**
 * The tile of a convolution without patches: it reads what its pixels see from the image itself, which has its padding around it. For
 * images of few channels, whose patches take as long to write and to pack as to multiply. Which images those are, and the rows of tiles: convolution.ts.
 */
import { multiplyAdd } from "./arithmetic";

/**
 * Pixels and channels of the result that a tile has. Six pixels are slower, where they are faster in the product of packed panels: there are
 * not enough registers for as many addresses.
 */
export const DIRECT_PIXELS: i32 = 4;
export const DIRECT_CHANNELS: i32 = 8;

/**
 * Four neighbouring pixels of y, eight channels of each, stored. Every sum goes through the window row by row, as the product with patches does.
 * @param source the first pixel's window; windows lie `pixel` bytes apart and their rows `line`, of which there are `rows`, each `bytes` long
 * @param filter its rows, one for each number of a window, lie `stride` bytes apart, and so do the pixels of y
 */
export function convolveTile(
  source: usize, pixel: usize, line: usize, rows: i32, bytes: usize, filter: usize, stride: usize, y: usize,
): void {
  let c00 = f32x4.splat(0), c01 = f32x4.splat(0), c10 = f32x4.splat(0), c11 = f32x4.splat(0);
  let c20 = f32x4.splat(0), c21 = f32x4.splat(0), c30 = f32x4.splat(0), c31 = f32x4.splat(0);
  const second = 2 * pixel, third = 3 * pixel;
  for (; rows > 0; rows--) {
    const end = source + bytes;
    for (let a = source; a < end; a += 4) {
      const b0 = v128.load(filter), b1 = v128.load(filter, 16);
      let x = v128.load32_splat(a);
      c00 = multiplyAdd(x, b0, c00); c01 = multiplyAdd(x, b1, c01);
      x = v128.load32_splat(a + pixel);
      c10 = multiplyAdd(x, b0, c10); c11 = multiplyAdd(x, b1, c11);
      x = v128.load32_splat(a + second);
      c20 = multiplyAdd(x, b0, c20); c21 = multiplyAdd(x, b1, c21);
      x = v128.load32_splat(a + third);
      c30 = multiplyAdd(x, b0, c30); c31 = multiplyAdd(x, b1, c31);
      filter += stride;
    }
    source += line;
  }
  v128.store(y, c00); v128.store(y, c01, 16); y += stride;
  v128.store(y, c10); v128.store(y, c11, 16); y += stride;
  v128.store(y, c20); v128.store(y, c21, 16); y += stride;
  v128.store(y, c30); v128.store(y, c31, 16);
}
