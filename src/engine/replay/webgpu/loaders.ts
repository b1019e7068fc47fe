/** How matrix products and convolutions read their operands as matrices. NHWC, filters HWIO. */
import type { Loader } from "./operations";

/** A matrix of `outer` × `depth`, stored so or the other way round. */
export function matrix(outer: number, depth: number, depthFirst: boolean): Loader {
  return depthFirst
    ? { along: "outer", body: (read) => `return ${read(`(depth * ${outer}u + outer)`)};` }
    : { along: "depth", body: (read) => `return ${read(`(outer * ${depth}u + depth)`)};` };
}

/** Shapes of a convolution from x [batch, inHeight, inWidth, inChannels] to y [batch, outHeight, outWidth, outChannels]. */
export interface ConvolutionShape {
  readonly inHeight: number;
  readonly inWidth: number;
  readonly inChannels: number;
  readonly outHeight: number;
  readonly outWidth: number;
  readonly outChannels: number;
  readonly filterHeight: number;
  readonly filterWidth: number;
  readonly strideHeight: number;
  readonly strideWidth: number;
  readonly dilationHeight: number;
  readonly dilationWidth: number;
  readonly padInfo: { readonly top: number; readonly left: number };
}

/** The input's number under a filter's tap: positions (b, oy, ox) and taps (ky, kx, c). */
const patchBody =
  (shape: ConvolutionShape, position: string, tap: string) =>
  (read: (index: string) => string): string => {
    const { inHeight, inWidth, inChannels, outHeight, outWidth, filterWidth } = shape;
    const { strideHeight, strideWidth, dilationHeight, dilationWidth, padInfo } = shape;
    const index = `(((${position} / ${outHeight * outWidth}u) * ${inHeight}u + u32(y)) * ${inWidth}u + u32(x)) * ${inChannels}u + ${tap} % ${inChannels}u`;
    return `let cell = ${tap} / ${inChannels}u;
  let y = i32(((${position} / ${outWidth}u) % ${outHeight}u) * ${strideHeight}u + (cell / ${filterWidth}u) * ${dilationHeight}u) - ${padInfo.top};
  let x = i32((${position} % ${outWidth}u) * ${strideWidth}u + (cell % ${filterWidth}u) * ${dilationWidth}u) - ${padInfo.left};
  if (y < 0 || x < 0 || y >= ${inHeight} || x >= ${inWidth}) { return 0.0f; }
  return ${read(`(${index})`)};`;
  };

/** x as [positions, taps · channels]: the convolution is its product with the filter. */
export const patches = (shape: ConvolutionShape): Loader => ({
  along: "depth",
  body: patchBody(shape, "outer", "depth"),
});

/** The same, transposed: its product with dy is the filter's gradient. */
export const patchesTransposed = (shape: ConvolutionShape): Loader => ({
  along: "outer",
  body: patchBody(shape, "depth", "outer"),
});

/** dy as [input positions, taps · output channels]: what each tap of the filter wrote from this input position. */
export function gradientPatches(shape: ConvolutionShape): Loader {
  const { inHeight, inWidth, outHeight, outWidth, outChannels, filterWidth } = shape;
  const { strideHeight, strideWidth, dilationHeight, dilationWidth, padInfo } = shape;
  return {
    along: "depth",
    body: (read) => {
      const index = `(((outer / ${inHeight * inWidth}u) * ${outHeight}u + u32(y)) * ${outWidth}u + u32(x)) * ${outChannels}u + depth % ${outChannels}u`;
      return `let cell = depth / ${outChannels}u;
  let high = i32((outer / ${inWidth}u) % ${inHeight}u) + ${padInfo.top} - i32((cell / ${filterWidth}u) * ${dilationHeight}u);
  let wide = i32(outer % ${inWidth}u) + ${padInfo.left} - i32((cell % ${filterWidth}u) * ${dilationWidth}u);
  let y = high / ${strideHeight};
  let x = wide / ${strideWidth};
  if (high < 0 || wide < 0 || y * ${strideHeight} != high || x * ${strideWidth} != wide || y >= ${outHeight} || x >= ${outWidth}) { return 0.0f; }
  return ${read(`(${index})`)};`;
    },
  };
}

/** A filter as [input channels, taps · output channels]. */
export const filterByInput = ({ inChannels, outChannels }: ConvolutionShape): Loader => ({
  along: "depth",
  body: (read) =>
    `return ${read(`(((depth / ${outChannels}u) * ${inChannels}u + outer) * ${outChannels}u + depth % ${outChannels}u)`)};`,
});
