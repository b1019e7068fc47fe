/**
 * The operands of products as matrices: stored matrices, and the implicit ones of convolutions, of which no image of patches is ever
 * stored. NHWC images, filters [height, width, inChannels, outChannels]. Text of loads only; the products are product.ts.
 */

/** Expressions for an operand's numbers in memory. */
export interface Read {
  /** f32 at an index (u32). */
  one(index: string): string;
  /** vec4<f32> of the four numbers from an index on, which is a multiple of four. */
  four(index: string): string;
}

/** How A (outer is the row) or B (outer is the column) of a product is read. */
export interface ImplicitMatrix {
  /** The index whose neighbours are neighbours in memory. */
  readonly along: "outer" | "depth";
  /** Numbers that a load gives: four neighbours along that index, from a multiple of four on, or one. */
  readonly width: 1 | 4;
  /** WGSL statements that return f32 or vec4<f32> for `batch`, `outer` and `depth` (u32), which are within bounds. */
  body(read: Read): string;
}

/** The same, with the numbers in their place. */
export interface Matrix extends Pick<ImplicitMatrix, "along" | "width"> {
  readonly text: string;
}

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

const widthOf = (length: number): 1 | 4 => (length % 4 === 0 ? 4 : 1);
const zeroOf = (width: 1 | 4): string => (width === 4 ? "vec4<f32>()" : "0.0f");
const load = (read: Read, width: 1 | 4, index: string): string =>
  `return ${width === 4 ? read.four(index) : read.one(index)};`;

/**
 * A matrix in memory.
 * @param outer its rows (of A) or columns (of B)
 * @param depthFirst stored as [depth, outer], else as [outer, depth]
 * @param batched one matrix behind the other for each batch, else the same for all
 */
export function storedMatrix(outer: number, depth: number, depthFirst: boolean, batched = false): ImplicitMatrix {
  const width = widthOf(depthFirst ? outer : depth);
  const place = depthFirst ? `depth * ${outer}u + outer` : `outer * ${depth}u + depth`;
  const index = batched ? `batch * ${outer * depth}u + ${place}` : place;
  return { along: depthFirst ? "outer" : "depth", width, body: (read) => load(read, width, index) };
}

/** x as [pixels of the result, taps · input channels], the pixels being `pixel` and taps and channels `tap`. */
function seen(s: ConvolutionShape, pixel: string, tap: string, width: 1 | 4, read: Read): string {
  return `let cell = ${tap} / ${s.inChannels}u;
  let image = ${pixel} / ${s.outHeight * s.outWidth}u;
  // Unsigned: what would be negative is far outside.
  let y = ((${pixel} / ${s.outWidth}u) % ${s.outHeight}u) * ${s.strideHeight}u + cell / ${s.filterWidth}u - ${s.padTop}u;
  let x = (${pixel} % ${s.outWidth}u) * ${s.strideWidth}u + cell % ${s.filterWidth}u - ${s.padLeft}u;
  if (y >= ${s.inHeight}u || x >= ${s.inWidth}u) { return ${zeroOf(width)}; }
  ${load(read, width, `((image * ${s.inHeight}u + y) * ${s.inWidth}u + x) * ${s.inChannels}u + ${tap} % ${s.inChannels}u`)}`;
}

/** x as [pixels of the result, taps · input channels]: the convolution is its product with the filter. */
export function patches(s: ConvolutionShape): ImplicitMatrix {
  const width = widthOf(s.inChannels);
  return { along: "depth", width, body: (read) => seen(s, "outer", "depth", width, read) };
}

/** The same, transposed: its product with dy is the filter's gradient. */
export function patchesTransposed(s: ConvolutionShape): ImplicitMatrix {
  const width = widthOf(s.inChannels);
  return { along: "outer", width, body: (read) => seen(s, "depth", "outer", width, read) };
}

/**
 * A stride divides dx, the gradient of a convolution's input, into phases (row and column modulo the stride): batches of the product, each
 * a convolution of stride 1 with the taps that meet it, so that nothing is multiplied by the zeros between the pixels of dy.
 */
export interface Phases {
  readonly count: number;
  /** Pixels of a phase, down and across; the last may lie outside dx where the stride does not divide it. */
  readonly rows: number;
  readonly cols: number;
  /** Taps of a phase, down and across; the last may lie outside the filter. */
  readonly tapsDown: number;
  readonly tapsAcross: number;
}

export function phasesOf(s: ConvolutionShape): Phases {
  return {
    count: s.strideHeight * s.strideWidth,
    rows: Math.ceil(s.inHeight / s.strideHeight),
    cols: Math.ceil(s.inWidth / s.strideWidth),
    tapsDown: Math.ceil(s.filterHeight / s.strideHeight),
    tapsAcross: Math.ceil(s.filterWidth / s.strideWidth),
  };
}

/**
 * The tap of the filter and the shift of dy that a phase's depth stands for. Pixel y of dx meets tap ky and pixel oy of dy when
 * y + pad = oy · stride + ky. With y = row · stride + phase: ky = (phase + pad) mod stride + stride · t, and
 * oy = row + ⌊(phase + pad) / stride⌋ - t.
 */
const phaseTaps = (s: ConvolutionShape, { tapsAcross }: Phases): string =>
  `let tap = depth / ${s.outChannels}u;
  let shift = vec2<u32>(batch / ${s.strideWidth}u + ${s.padTop}u, batch % ${s.strideWidth}u + ${s.padLeft}u);
  let stride = vec2<u32>(${s.strideHeight}u, ${s.strideWidth}u);
  let back = vec2<u32>(tap / ${tapsAcross}u, tap % ${tapsAcross}u);
  let position = shift % stride + stride * back;
  let channel = depth % ${s.outChannels}u;`;

/** dy as [pixels of a phase, its taps · output channels]. */
export function gradientPatches(s: ConvolutionShape): ImplicitMatrix {
  const width = widthOf(s.outChannels);
  const phases = phasesOf(s);
  return {
    along: "depth",
    width,
    body: (read) => `${phaseTaps(s, phases)}
  if (position.x >= ${s.filterHeight}u || position.y >= ${s.filterWidth}u) { return ${zeroOf(width)}; }
  let row = (outer / ${phases.cols}u) % ${phases.rows}u;
  // Unsigned: what would be negative is far outside.
  let pixel = vec2<u32>(row, outer % ${phases.cols}u) + shift / stride - back;
  if (pixel.x >= ${s.outHeight}u || pixel.y >= ${s.outWidth}u) { return ${zeroOf(width)}; }
  let image = outer / ${phases.rows * phases.cols}u;
  ${load(read, width, `((image * ${s.outHeight}u + pixel.x) * ${s.outWidth}u + pixel.y) * ${s.outChannels}u + channel`)}`,
  };
}

/** The filter as [input channels, a phase's taps · output channels]. */
export function filterOfPhase(s: ConvolutionShape): ImplicitMatrix {
  const width = widthOf(s.outChannels);
  return {
    along: "depth",
    width,
    body: (read) => `${phaseTaps(s, phasesOf(s))}
  if (position.x >= ${s.filterHeight}u || position.y >= ${s.filterWidth}u) { return ${zeroOf(width)}; }
  ${load(read, width, `((position.x * ${s.filterWidth}u + position.y) * ${s.inChannels}u + outer) * ${s.outChannels}u + channel`)}`,
  };
}
