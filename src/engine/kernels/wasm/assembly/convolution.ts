/**
 * 2-D convolution and both its gradients, images [batch, height, width, channels], filters [height, width, in, out].
 *
 * Each is a matrix product with the "patches" matrix: one row per output pixel, one column per (ky, kx, channel) that pixel sees
 * (Chellapilla, Puri and Simard 2006). Patches are written for a few output rows at a time, so that they stay in the second-level cache
 * and scratch stays small. TensorFlow.js's transposed convolution is the input gradient.
 */
import { gemm, gemmScratchBytes } from "./gemm";

/** Patches of this many bytes are made at a time (at least one output row). */
const PATCH_BYTES: i32 = 512 * 1024;

/** The geometry of one call. Globals, because nothing here is called twice at once and a struct would need an allocator. */
let batch: i32 = 0, inHeight: i32 = 0, inWidth: i32 = 0, inChannels: i32 = 0;
let outHeight: i32 = 0, outWidth: i32 = 0, outChannels: i32 = 0;
let filterHeight: i32 = 0, filterWidth: i32 = 0;
let strideHeight: i32 = 1, strideWidth: i32 = 1, dilationHeight: i32 = 1, dilationWidth: i32 = 1;
let padTop: i32 = 0, padLeft: i32 = 0;

/** Sets the geometry for the next convolution. Padding may be anything: "same" and explicit padding differ only in these numbers. */
export function setConvolution(
  batchSize: i32, ih: i32, iw: i32, ic: i32, oh: i32, ow: i32, oc: i32, kh: i32, kw: i32,
  sh: i32, sw: i32, dh: i32, dw: i32, top: i32, left: i32,
): void {
  batch = batchSize;
  inHeight = ih; inWidth = iw; inChannels = ic;
  outHeight = oh; outWidth = ow; outChannels = oc;
  filterHeight = kh; filterWidth = kw;
  strideHeight = sh; strideWidth = sw; dilationHeight = dh; dilationWidth = dw;
  padTop = top; padLeft = left;
}

// @ts-ignore: decorator
@inline
function patchLength(): i32 {
  return filterHeight * filterWidth * inChannels;
}

/** Output rows (of all images, counted through) whose patches are made at a time. */
function rowsAtATime(): i32 {
  const rows = PATCH_BYTES / max(1, outWidth * patchLength() * 4);
  return min(max(1, rows), batch * outHeight);
}

/** A 1×1 convolution with unit stride and no padding: the image is its own patches matrix. */
function isPointwise(): bool {
  return filterHeight == 1 && filterWidth == 1 && strideHeight == 1 && strideWidth == 1 && padTop == 0 && padLeft == 0 &&
    outHeight == inHeight && outWidth == inWidth;
}

// @ts-ignore: decorator
@inline
function patchBytes(): usize {
  return isPointwise() ? 0 : (<usize>(rowsAtATime() * outWidth * patchLength()) << 2);
}

/** Bytes of scratch for any of the three convolutions with the geometry set. */
export function convolutionScratchBytes(): usize {
  const pixels = isPointwise() ? batch * outHeight * outWidth : rowsAtATime() * outWidth;
  const length = patchLength();
  const forward = gemmScratchBytes(pixels, outChannels, length);
  const input = gemmScratchBytes(pixels, length, outChannels);
  const filter = gemmScratchBytes(length, outChannels, pixels);
  return patchBytes() + max(forward, max(input, filter)) + 64;
}

/** y = conv(x, filter) (+ bias[outChannels], when it is not 0). */
export function convolutionForward(x: usize, filter: usize, bias: usize, y: usize, scratch: usize): void {
  const length = patchLength();
  if (isPointwise()) {
    const pixels = batch * outHeight * outWidth;
    gemm(x, filter, y, pixels, outChannels, length, 0, 0, length, outChannels, outChannels, bias, 0, scratch);
    return;
  }
  const rest = scratch + patchBytes();
  const step = rowsAtATime(), rows = batch * outHeight;
  for (let row = 0; row < rows; row += step) {
    const count = min(step, rows - row);
    const target = y + (<usize>(row * outWidth * outChannels) << 2);
    gatherPatches(x, scratch, row, count);
    gemm(scratch, filter, target, count * outWidth, outChannels, length, 0, 0, length, outChannels, outChannels, bias, 0, rest);
  }
}

/** dx: the gradient with respect to x of sum(dy · conv(x, filter)). Overwrites all of dx. */
export function convolutionInputGradient(dy: usize, filter: usize, dx: usize, scratch: usize): void {
  const length = patchLength();
  if (isPointwise()) {
    const pixels = batch * outHeight * outWidth;
    gemm(dy, filter, dx, pixels, length, outChannels, 0, 1, outChannels, outChannels, length, 0, 0, scratch);
    return;
  }
  memory.fill(dx, 0, <usize>(batch * inHeight * inWidth * inChannels) << 2);
  const rest = scratch + patchBytes();
  const step = rowsAtATime(), rows = batch * outHeight;
  for (let row = 0; row < rows; row += step) {
    const count = min(step, rows - row);
    const source = dy + (<usize>(row * outWidth * outChannels) << 2);
    gemm(source, filter, scratch, count * outWidth, length, outChannels, 0, 1, outChannels, outChannels, length, 0, 0, rest);
    scatterPatches(scratch, dx, row, count);
  }
}

/** dw: the gradient with respect to the filter of sum(dy · conv(x, filter)). Overwrites all of dw. */
export function convolutionFilterGradient(x: usize, dy: usize, dw: usize, scratch: usize): void {
  convolutionFilterColumns(x, dy, dw, 0, outChannels, scratch);
}

/** The same for `columns` output channels from `first` on: what one of several threads computes. */
export function convolutionFilterColumns(x: usize, dy: usize, dw: usize, first: i32, columns: i32, scratch: usize): void {
  const length = patchLength();
  dy += <usize>first << 2;
  dw += <usize>first << 2;
  if (isPointwise()) {
    const pixels = batch * outHeight * outWidth;
    gemm(x, dy, dw, length, columns, pixels, 1, 0, length, outChannels, outChannels, 0, 0, scratch);
    return;
  }
  const rest = scratch + patchBytes();
  const step = rowsAtATime(), rows = batch * outHeight;
  for (let row = 0; row < rows; row += step) {
    const count = min(step, rows - row);
    const source = dy + (<usize>(row * outWidth * outChannels) << 2);
    gatherPatches(x, scratch, row, count);
    gemm(scratch, source, dw, length, columns, count * outWidth, 1, 0, length, outChannels, outChannels, 0, i32(row > 0), rest);
  }
}

/** Writes the patches of `count` output rows from `row` on; what lies outside the image is zero. */
function gatherPatches(x: usize, patches: usize, row: i32, count: i32): void {
  const rowFloats = filterWidth * inChannels;
  for (let r = row; r < row + count; r++) {
    const image = x + (<usize>((r / outHeight) * inHeight * inWidth * inChannels) << 2);
    const top = (r % outHeight) * strideHeight - padTop;
    for (let ox = 0; ox < outWidth; ox++) {
      const left = ox * strideWidth - padLeft;
      for (let ky = 0; ky < filterHeight; ky++) {
        const iy = top + ky * dilationHeight;
        if (iy < 0 || iy >= inHeight) {
          patches = clear(patches, rowFloats);
          continue;
        }
        const line = image + (<usize>(iy * inWidth * inChannels) << 2);
        if (dilationWidth == 1) {
          // The columns inside the image are one run of memory, with zeros before and after.
          const from = min(max(0, -left), filterWidth), to = max(from, min(filterWidth, inWidth - left));
          patches = clear(patches, from * inChannels);
          patches = copy(patches, line + (<usize>((left + from) * inChannels) << 2), (to - from) * inChannels);
          patches = clear(patches, (filterWidth - to) * inChannels);
        } else {
          for (let kx = 0; kx < filterWidth; kx++) {
            const ix = left + kx * dilationWidth;
            const inside = ix >= 0 && ix < inWidth;
            patches = inside ? copy(patches, line + (<usize>(ix * inChannels) << 2), inChannels) : clear(patches, inChannels);
          }
        }
      }
    }
  }
}

/** Adds patches back to where `gatherPatches` took them from. */
function scatterPatches(patches: usize, dx: usize, row: i32, count: i32): void {
  for (let r = row; r < row + count; r++) {
    const image = dx + (<usize>((r / outHeight) * inHeight * inWidth * inChannels) << 2);
    const top = (r % outHeight) * strideHeight - padTop;
    for (let ox = 0; ox < outWidth; ox++) {
      const left = ox * strideWidth - padLeft;
      for (let ky = 0; ky < filterHeight; ky++) {
        const iy = top + ky * dilationHeight;
        const line = image + (<usize>(iy * inWidth * inChannels) << 2);
        if (iy >= 0 && iy < inHeight) {
          if (dilationWidth == 1) {
            const from = min(max(0, -left), filterWidth), to = max(from, min(filterWidth, inWidth - left));
            const skip = <usize>(from * inChannels) << 2;
            add(line + (<usize>((left + from) * inChannels) << 2), patches + skip, (to - from) * inChannels);
          } else {
            for (let kx = 0; kx < filterWidth; kx++) {
              const ix = left + kx * dilationWidth;
              if (ix >= 0 && ix < inWidth) {
                add(line + (<usize>(ix * inChannels) << 2), patches + (<usize>(kx * inChannels) << 2), inChannels);
              }
            }
          }
        }
        patches += <usize>(filterWidth * inChannels) << 2;
      }
    }
  }
}

// Runs are often a handful of floats, for which memory.copy and memory.fill (calls out of WebAssembly) cost more than the work.

// @ts-ignore: decorator
@inline
function clear(target: usize, floats: i32): usize {
  for (; floats >= 4; floats -= 4) {
    v128.store(target, f32x4.splat(0));
    target += 16;
  }
  for (; floats > 0; floats--) {
    store<f32>(target, 0);
    target += 4;
  }
  return target;
}

// @ts-ignore: decorator
@inline
function copy(target: usize, source: usize, floats: i32): usize {
  for (; floats >= 4; floats -= 4) {
    v128.store(target, v128.load(source));
    target += 16;
    source += 16;
  }
  for (; floats > 0; floats--) {
    store<f32>(target, load<f32>(source));
    target += 4;
    source += 4;
  }
  return target;
}

// @ts-ignore: decorator
@inline
function add(target: usize, source: usize, floats: i32): void {
  for (; floats >= 4; floats -= 4) {
    v128.store(target, f32x4.add(v128.load(target), v128.load(source)));
    target += 16;
    source += 16;
  }
  for (; floats > 0; floats--) {
    store<f32>(target, load<f32>(target) + load<f32>(source));
    target += 4;
    source += 4;
  }
}
