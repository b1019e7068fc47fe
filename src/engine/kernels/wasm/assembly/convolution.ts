/**
 * 2-D convolution and both its gradients, images [batch, height, width, channels], filters [height, width, in, out].
 *
 * Each is a matrix product with the "patches" matrix: one row per output pixel, one column per (ky, kx, channel) that pixel sees
 * (Chellapilla, Puri and Simard 2006). Patches are written for a few output rows at a time, so that they stay in the second-level cache
 * and scratch stays small. TensorFlow.js's transposed convolution is the input gradient.
 *
 * An image of one to four channels, a network's first or last layer, has patches of so little that finding out which part of each lies
 * inside the image would take longer than the product. It is copied once with its padding around it, where no patch needs to ask; its
 * convolution makes none (direct.ts), to the same bits.
 */
import { convolveTile, DIRECT_CHANNELS, DIRECT_PIXELS } from "./direct";
import { gemm, gemmScratchBytes } from "./gemm";
import { add, clear, copy } from "./runs";

/** Patches of this many bytes are made at a time (at least one output row). */
const PATCH_BYTES: i32 = 512 * 1024;
/** The same for images of few channels: as much as the first-level cache holds beside what it is packed into. */
const SHALLOW_PATCH_BYTES: i32 = 16 * 1024;
const SHALLOW_CHANNELS: i32 = 4;

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

/** Output rows (of all images, counted through) whose patches of so many bytes are made at a time. */
function rowsAtATime(bytes: i32 = PATCH_BYTES): i32 {
  const rows = bytes / max(1, outWidth * patchLength() * 4);
  return min(max(1, rows), batch * outHeight);
}

/** Whether images are copied with their padding around them. */
function isShallow(): bool {
  return inChannels <= SHALLOW_CHANNELS && dilationWidth == 1 && dilationHeight == 1;
}

// @ts-ignore: decorator
@inline
function paddedHeight(): i32 {
  return (outHeight - 1) * strideHeight + filterHeight;
}

// @ts-ignore: decorator
@inline
function paddedWidth(): i32 {
  return (outWidth - 1) * strideWidth + filterWidth;
}

/** Bytes of one image with what its patches see around it. */
// @ts-ignore: decorator
@inline
function paddedBytes(): usize {
  return isShallow() ? (<usize>(paddedHeight() * paddedWidth() * inChannels) << 2) + 16 : 0;
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
  return patchBytes() + paddedBytes() + max(forward, max(input, filter)) + 64;
}

/** y = conv(x, filter) (+ bias[outChannels], when it is not 0). */
export function convolutionForward(x: usize, filter: usize, bias: usize, y: usize, scratch: usize): void {
  const length = patchLength();
  if (isPointwise()) {
    const pixels = batch * outHeight * outWidth;
    gemm(x, filter, y, pixels, outChannels, length, 0, 0, length, outChannels, outChannels, bias, 0, scratch);
    return;
  }
  const padded = scratch + patchBytes(), rest = padded + paddedBytes();
  if (isShallow() && outChannels % DIRECT_CHANNELS == 0 && outWidth >= DIRECT_PIXELS) {
    convolveDirectly(x, filter, bias, y, padded);
    return;
  }
  const step = rowsAtATime(isShallow() ? SHALLOW_PATCH_BYTES : PATCH_BYTES), rows = batch * outHeight;
  for (let row = 0; row < rows; row += step) {
    const count = min(step, rows - row);
    const target = y + (<usize>(row * outWidth * outChannels) << 2);
    gatherPatches(x, padded, scratch, row, count);
    gemm(scratch, filter, target, count * outWidth, outChannels, length, 0, 0, length, outChannels, outChannels, bias, 0, rest);
  }
}

/** A convolution without patches, of images of few channels. */
function convolveDirectly(x: usize, filter: usize, bias: usize, y: usize, padded: usize): void {
  const pixel = <usize>(strideWidth * inChannels) << 2, line = <usize>(paddedWidth() * inChannels) << 2;
  const window = <usize>(filterWidth * inChannels) << 2, stride = <usize>outChannels << 2;
  for (let image = 0; image < batch; image++) {
    copyIn(x + (<usize>(image * inHeight * inWidth * inChannels) << 2), padded);
    for (let oy = 0; oy < outHeight; oy++) {
      const first = padded + <usize>(oy * strideHeight) * line;
      for (let ox = 0; ox < outWidth; ox += DIRECT_PIXELS) {
        // What is too little for a tile at the end is computed with pixels before it, again.
        const at = min(ox, outWidth - DIRECT_PIXELS);
        const source = first + <usize>at * pixel, target = y + <usize>at * stride;
        for (let channel: usize = 0; channel < stride; channel += DIRECT_CHANNELS << 2) {
          convolveTile(source, pixel, line, filterHeight, window, filter + channel, stride, target + channel);
        }
      }
      if (bias) for (let ox = 0; ox < outWidth; ox++) add(y + <usize>ox * stride, bias, outChannels);
      y += <usize>outWidth * stride;
    }
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
  const shallow = isShallow();
  if (!shallow) memory.fill(dx, 0, <usize>(batch * inHeight * inWidth * inChannels) << 2);
  const padded = scratch + patchBytes(), rest = padded + paddedBytes();
  const step = rowsAtATime(shallow ? SHALLOW_PATCH_BYTES : PATCH_BYTES), rows = batch * outHeight;
  for (let row = 0; row < rows; row += step) {
    const count = min(step, rows - row);
    const source = dy + (<usize>(row * outWidth * outChannels) << 2);
    gemm(source, filter, scratch, count * outWidth, length, outChannels, 0, 1, outChannels, outChannels, length, 0, 0, rest);
    if (shallow) scatterShallow(scratch, padded, dx, row, count);
    else scatterPatches(scratch, dx, row, count);
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
  const padded = scratch + patchBytes(), rest = padded + paddedBytes();
  const step = rowsAtATime(), rows = batch * outHeight; // of which the order of the sum depends
  for (let row = 0; row < rows; row += step) {
    const count = min(step, rows - row);
    const source = dy + (<usize>(row * outWidth * outChannels) << 2);
    gatherPatches(x, padded, scratch, row, count);
    gemm(scratch, source, dw, length, columns, count * outWidth, 1, 0, length, outChannels, outChannels, 0, i32(row > 0), rest);
  }
}

/** Writes the patches of `count` output rows from `row` on; what lies outside the image is zero. */
function gatherPatches(x: usize, padded: usize, patches: usize, row: i32, count: i32): void {
  if (isShallow()) {
    gatherShallow(x, padded, patches, row, count);
    return;
  }
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

/** gatherPatches through a padded image: that of the first row is there already if an earlier call left it. */
function gatherShallow(x: usize, padded: usize, patches: usize, row: i32, count: i32): void {
  const rowFloats = filterWidth * inChannels, pixel = <usize>(strideWidth * inChannels) << 2;
  const line = <usize>(paddedWidth() * inChannels) << 2;
  for (let r = row; r < row + count; r++) {
    const top = r % outHeight;
    if (top == 0 || r == row) copyIn(x + (<usize>((r / outHeight) * inHeight * inWidth * inChannels) << 2), padded);
    let first = padded + <usize>(top * strideHeight) * line;
    for (let ox = 0; ox < outWidth; ox++) {
      let source = first;
      for (let ky = 0; ky < filterHeight; ky++) {
        if (rowFloats == 4) {
          v128.store(patches, v128.load(source));
          patches += 16;
        } else {
          patches = copy(patches, source, rowFloats);
        }
        source += line;
      }
      first += pixel;
    }
  }
}

/** scatterPatches through a padded image, which is copied out when its last row is done. */
function scatterShallow(patches: usize, padded: usize, dx: usize, row: i32, count: i32): void {
  const rowFloats = filterWidth * inChannels, pixel = <usize>(strideWidth * inChannels) << 2;
  const line = <usize>(paddedWidth() * inChannels) << 2;
  for (let r = row; r < row + count; r++) {
    const top = r % outHeight;
    if (top == 0) memory.fill(padded, 0, <usize>paddedHeight() * line);
    let first = padded + <usize>(top * strideHeight) * line;
    for (let ox = 0; ox < outWidth; ox++) {
      let target = first;
      for (let ky = 0; ky < filterHeight; ky++) {
        if (rowFloats == 4) v128.store(target, f32x4.add(v128.load(target), v128.load(patches)));
        else add(target, patches, rowFloats);
        patches += <usize>rowFloats << 2;
        target += line;
      }
      first += pixel;
    }
    if (top == outHeight - 1) copyOut(padded, dx + (<usize>((r / outHeight) * inHeight * inWidth * inChannels) << 2));
  }
}

/** Copies an image into the middle of its padding. What no patch sees of it is left out. */
function copyIn(image: usize, padded: usize): void {
  const width = paddedWidth(), height = paddedHeight();
  const before = min(padLeft, width), inside = max(0, min(inWidth, width - before));
  for (let y = 0; y < height; y++) {
    const iy = y - padTop;
    if (iy < 0 || iy >= inHeight) {
      padded = clear(padded, width * inChannels);
      continue;
    }
    padded = clear(padded, before * inChannels);
    padded = copy(padded, image + (<usize>(iy * inWidth * inChannels) << 2), inside * inChannels);
    padded = clear(padded, (width - before - inside) * inChannels);
  }
}

/** Copies an image out of its padding; zero where no patch sees it. */
function copyOut(padded: usize, image: usize): void {
  const width = paddedWidth(), height = paddedHeight();
  const before = min(padLeft, width), inside = max(0, min(inWidth, width - before));
  for (let iy = 0; iy < inHeight; iy++) {
    const y = iy + padTop;
    if (y >= height) {
      image = clear(image, inWidth * inChannels);
      continue;
    }
    image = copy(image, padded + (<usize>((y * width + before) * inChannels) << 2), inside * inChannels);
    image = clear(image, (inWidth - inside) * inChannels);
  }
}
