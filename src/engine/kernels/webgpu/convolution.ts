/**
 * Convolution, its input gradient (which is also the transposed convolution) and its filter gradient as products of implicit matrices. NHWC
 * images, filters [height, width, inChannels, outChannels], dilation 1. Shapes only; the matrices are matrices.ts, the generator product.ts.
 */
import {
  type ConvolutionShape,
  filterOfPhase,
  gradientPatches,
  patches,
  patchesTransposed,
  phasesOf,
  storedMatrix,
} from "./matrices";
import { inRows, NOWHERE, type Product } from "./product";

/** y [batch, outHeight, outWidth, outChannels] = x * filter. Operands: x [batch, inHeight, inWidth, inChannels], filter, y. */
export function convolution(s: ConvolutionShape): Product {
  const m = s.batch * s.outHeight * s.outWidth;
  const n = s.outChannels;
  const k = s.filterHeight * s.filterWidth * s.inChannels;
  return { m, n, k, batch: 1, a: patches(s), b: storedMatrix(n, k, true), size: m * n, place: inRows(m, n) };
}

/**
 * dx [batch, inHeight, inWidth, inChannels], what the convolution does to gradients dy of its result; as a layer, the transposed convolution.
 * A batch of the product is a phase (matrices.ts). Operands: dy [batch, outHeight, outWidth, outChannels], filter, dx.
 */
export function convolutionInputGradient(s: ConvolutionShape): Product {
  const { count, rows, cols, tapsDown, tapsAcross } = phasesOf(s);
  const n = s.inChannels;
  return {
    m: s.batch * rows * cols,
    n,
    k: tapsDown * tapsAcross * s.outChannels,
    batch: count,
    a: gradientPatches(s),
    b: filterOfPhase(s),
    size: s.batch * s.inHeight * s.inWidth * n,
    place: `let y = ((row / ${cols}u) % ${rows}u) * ${s.strideHeight}u + batch / ${s.strideWidth}u;
  let x = (row % ${cols}u) * ${s.strideWidth}u + batch % ${s.strideWidth}u;
  if (y >= ${s.inHeight}u || x >= ${s.inWidth}u) { return ${NOWHERE}; }
  return (((row / ${rows * cols}u) * ${s.inHeight}u + y) * ${s.inWidth}u + x) * ${n}u + col;`,
  };
}

/**
 * dw [filterHeight, filterWidth, inChannels, outChannels], what the convolution does to gradients of its filter. The depth is every pixel of
 * every image. Operands: x, dy, dw.
 */
export function convolutionFilterGradient(s: ConvolutionShape): Product {
  const m = s.filterHeight * s.filterWidth * s.inChannels;
  const n = s.outChannels;
  const k = s.batch * s.outHeight * s.outWidth;
  return { m, n, k, batch: 1, a: patchesTransposed(s), b: storedMatrix(n, k, true), size: m * n, place: inRows(m, n) };
}
