/**
 * Convolution, its input gradient (which is also the transposed convolution) and its filter gradient as implicit matrix products: no image of
 * patches is ever stored. NHWC images, filters [height, width, inChannels, outChannels], dilation 1. The generator is tiled-product.ts.
 */
import type { GpuPlan, Hook } from "./program";
import { chooseTile, type TileChoice } from "./tile";
import { tiledProduct } from "./tiled-product";

/** As tf.backend_util.computeConv2DInfo gives it. */
export interface ConvolutionShape {
  readonly batch: number;
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
  readonly padTop: number;
  readonly padLeft: number;
}

export interface ConvolutionOptions {
  /** A bias [channels of the result], added to every pixel. */
  readonly bias?: boolean;
  /** The result is added to what is there. */
  readonly accumulate?: boolean;
  /** Runs after bias and accumulation: row is the pixel and col the channel (of a filter gradient: [filter row and column, in], out). */
  readonly epilogue?: Hook;
  /** Instead of chooseTile's. */
  readonly choice?: TileChoice;
}

/** Loads by fours where the channels, which are neighbours in memory, divide so. */
const loadsOf = (channels: number) =>
  channels % 4 === 0
    ? ({ width: 4, type: "vec4<f32>", zero: "vec4<f32>()", at: (index: string) => `(${index}) / 4u` } as const)
    : ({ width: 1, type: "f32", zero: "0.0", at: (index: string) => index } as const);

const shapeLabel = (s: ConvolutionShape): string =>
  `${s.batch}×${s.inHeight}×${s.inWidth}×${s.inChannels} * ${s.filterHeight}×${s.filterWidth}×${s.outChannels}`;

/**
 * y [batch, outHeight, outWidth, outChannels] = x * filter.
 * Operands: x [batch, inHeight, inWidth, inChannels], filter, [bias [outChannels]], [extra inputs], y, [extra outputs].
 */
export function convolution(s: ConvolutionShape, options: ConvolutionOptions = {}): GpuPlan {
  const m = s.batch * s.outHeight * s.outWidth;
  const n = s.outChannels;
  const k = s.filterHeight * s.filterWidth * s.inChannels;
  const image = loadsOf(s.inChannels);
  const filter = loadsOf(s.outChannels);
  return tiledProduct({
    label: `convolution ${shapeLabel(s)}`,
    m,
    n,
    k,
    batch: 1,
    choice: options.choice ?? chooseTile(m, n, k),
    a: {
      buffer: { name: "x", kind: "read", type: `array<${image.type}>` },
      along: "depth",
      width: image.width,
      load: `fn loadA(batch: u32, outer: u32, depth: u32) -> ${image.type} {
  let tap = depth / ${s.inChannels}u;
  return seenBy(outer, tap / ${s.filterWidth}u, tap % ${s.filterWidth}u, depth % ${s.inChannels}u);
}
${seenByFunction(s, image)}`,
    },
    b: {
      buffer: { name: "weights", kind: "read", type: `array<${filter.type}>` },
      along: "outer",
      width: filter.width,
      load: `fn loadB(batch: u32, outer: u32, depth: u32) -> ${filter.type} {
  return weights[${filter.at(`depth * ${n}u + outer`)}];
}`,
    },
    size: m * n,
    columns: n,
    place: `fn place(batch: u32, row: u32, col: u32) -> u32 { return row * ${n}u + col; }`,
    ...sharedOptions(options),
  });
}

/**
 * dx [batch, inHeight, inWidth, inChannels], what the convolution does to gradients dy of its result; as a layer, the transposed convolution.
 * A stride divides dx into phases (row and column modulo the stride), each a convolution of stride 1 with the taps that meet it, so nothing
 * is multiplied by the zeros between the pixels of dy.
 * Operands: dy [batch, outHeight, outWidth, outChannels], filter, [bias [inChannels]], [extra inputs], dx, [extra outputs].
 */
export function convolutionInputGradient(s: ConvolutionShape, options: ConvolutionOptions = {}): GpuPlan {
  const { strideHeight, strideWidth } = s;
  const phases = strideHeight * strideWidth;
  const rows = Math.ceil(s.inHeight / strideHeight);
  const cols = Math.ceil(s.inWidth / strideWidth);
  const tapsX = Math.ceil(s.filterWidth / strideWidth);
  const m = s.batch * rows * cols;
  const n = s.inChannels;
  const k = Math.ceil(s.filterHeight / strideHeight) * tapsX * s.outChannels;
  const channels = loadsOf(s.outChannels);
  // Pixel y of dx meets tap ky and pixel oy of dy when y + pad = oy · stride + ky. With y = row · stride + phase:
  // ky = (phase + pad) mod stride + stride · t, and oy = row + ⌊(phase + pad) / stride⌋ - t.
  const taps = `let tap = depth / ${s.outChannels}u;
  let shift = vec2<u32>(batch / ${strideWidth}u + ${s.padTop}u, batch % ${strideWidth}u + ${s.padLeft}u);
  let stride = vec2<u32>(${strideHeight}u, ${strideWidth}u);
  let back = vec2<u32>(tap / ${tapsX}u, tap % ${tapsX}u);
  let position = shift % stride + stride * back;
  let channel = depth % ${s.outChannels}u;`;
  return tiledProduct({
    label: `convolution's input gradient ${shapeLabel(s)}`,
    m,
    n,
    k,
    batch: phases,
    choice: options.choice ?? chooseTile(m, n, k, phases),
    a: {
      buffer: { name: "dy", kind: "read", type: `array<${channels.type}>` },
      along: "depth",
      width: channels.width,
      load: `fn loadA(batch: u32, outer: u32, depth: u32) -> ${channels.type} {
  ${taps}
  let row = (outer / ${cols}u) % ${rows}u;
  // Unsigned: what would be negative is far outside.
  let pixel = vec2<u32>(row, outer % ${cols}u) + shift / stride - back;
  if (position.x >= ${s.filterHeight}u || position.y >= ${s.filterWidth}u) { return ${channels.zero}; }
  if (pixel.x >= ${s.outHeight}u || pixel.y >= ${s.outWidth}u) { return ${channels.zero}; }
  let image = outer / ${rows * cols}u;
  return dy[${channels.at(`((image * ${s.outHeight}u + pixel.x) * ${s.outWidth}u + pixel.y) * ${s.outChannels}u + channel`)}];
}`,
    },
    b: {
      buffer: { name: "weights", kind: "read", type: `array<${channels.type}>` },
      along: "depth",
      width: channels.width,
      load: `fn loadB(batch: u32, outer: u32, depth: u32) -> ${channels.type} {
  ${taps}
  if (position.x >= ${s.filterHeight}u || position.y >= ${s.filterWidth}u) { return ${channels.zero}; }
  return weights[${channels.at(`((position.x * ${s.filterWidth}u + position.y) * ${n}u + outer) * ${s.outChannels}u + channel`)}];
}`,
    },
    size: s.batch * s.inHeight * s.inWidth * n,
    columns: n,
    place: `fn place(batch: u32, row: u32, col: u32) -> u32 {
  let y = ((row / ${cols}u) % ${rows}u) * ${strideHeight}u + batch / ${strideWidth}u;
  let x = (row % ${cols}u) * ${strideWidth}u + batch % ${strideWidth}u;
  if (y >= ${s.inHeight}u || x >= ${s.inWidth}u) { return 0xffffffffu; }
  return (((row / ${rows * cols}u) * ${s.inHeight}u + y) * ${s.inWidth}u + x) * ${n}u + col;
}`,
    ...sharedOptions(options),
  });
}

/**
 * dw [filterHeight, filterWidth, inChannels, outChannels], what the convolution does to gradients of its filter. The depth is every pixel of
 * every image, so it is split over the whole GPU and the parts are added in a second pass.
 * Operands: x, dy, [bias], [extra inputs], dw, [extra outputs].
 */
export function convolutionFilterGradient(s: ConvolutionShape, options: ConvolutionOptions = {}): GpuPlan {
  const m = s.filterHeight * s.filterWidth * s.inChannels;
  const n = s.outChannels;
  const k = s.batch * s.outHeight * s.outWidth;
  const image = loadsOf(s.inChannels);
  const gradient = loadsOf(s.outChannels);
  return tiledProduct({
    label: `convolution's filter gradient ${shapeLabel(s)}`,
    m,
    n,
    k,
    batch: 1,
    choice: options.choice ?? chooseTile(m, n, k),
    a: {
      buffer: { name: "x", kind: "read", type: `array<${image.type}>` },
      along: "outer",
      width: image.width,
      load: `fn loadA(batch: u32, outer: u32, depth: u32) -> ${image.type} {
  let tap = outer / ${s.inChannels}u;
  return seenBy(depth, tap / ${s.filterWidth}u, tap % ${s.filterWidth}u, outer % ${s.inChannels}u);
}
${seenByFunction(s, image)}`,
    },
    b: {
      buffer: { name: "dy", kind: "read", type: `array<${gradient.type}>` },
      along: "outer",
      width: gradient.width,
      load: `fn loadB(batch: u32, outer: u32, depth: u32) -> ${gradient.type} {
  return dy[${gradient.at(`depth * ${n}u + outer`)}];
}`,
    },
    size: m * n,
    columns: n,
    place: `fn place(batch: u32, row: u32, col: u32) -> u32 { return row * ${n}u + col; }`,
    ...sharedOptions(options),
  });
}

/** `fn seenBy(pixel, ky, kx, channel)`: what tap (ky, kx) of the filter sees of x at a pixel of the result; zero in the padding. */
function seenByFunction(s: ConvolutionShape, { type, zero, at }: ReturnType<typeof loadsOf>): string {
  return `fn seenBy(pixel: u32, ky: u32, kx: u32, channel: u32) -> ${type} {
  let image = pixel / ${s.outHeight * s.outWidth}u;
  // Unsigned: what would be negative is far outside.
  let y = ((pixel / ${s.outWidth}u) % ${s.outHeight}u) * ${s.strideHeight}u + ky - ${s.padTop}u;
  let x0 = (pixel % ${s.outWidth}u) * ${s.strideWidth}u + kx - ${s.padLeft}u;
  if (y >= ${s.inHeight}u || x0 >= ${s.inWidth}u) { return ${zero}; }
  return x[${at(`((image * ${s.inHeight}u + y) * ${s.inWidth}u + x0) * ${s.inChannels}u + channel`)}];
}`;
}

const sharedOptions = ({ bias = false, accumulate = false, epilogue }: ConvolutionOptions) => ({
  bias,
  accumulate,
  epilogue,
});
