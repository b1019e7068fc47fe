/** The operations of a network as plain loops over double-precision arrays: what kernels and gradients are checked against. */

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
  readonly dilationHeight?: number;
  readonly dilationWidth?: number;
  readonly padTop: number;
  readonly padLeft: number;
}

/** Calls back for every product in a convolution, with flat indices into image, filter and result. */
function eachProduct(s: ConvolutionShape, visit: (image: number, filter: number, result: number) => void): void {
  const { dilationHeight = 1, dilationWidth = 1 } = s;
  for (let n = 0; n < s.batch; n++)
    for (let oy = 0; oy < s.outHeight; oy++)
      for (let ox = 0; ox < s.outWidth; ox++)
        for (let ky = 0; ky < s.filterHeight; ky++)
          for (let kx = 0; kx < s.filterWidth; kx++) {
            const iy = oy * s.strideHeight - s.padTop + ky * dilationHeight;
            const ix = ox * s.strideWidth - s.padLeft + kx * dilationWidth;
            if (iy < 0 || ix < 0 || iy >= s.inHeight || ix >= s.inWidth) continue;
            for (let c = 0; c < s.inChannels; c++)
              for (let o = 0; o < s.outChannels; o++)
                visit(
                  ((n * s.inHeight + iy) * s.inWidth + ix) * s.inChannels + c,
                  ((ky * s.filterWidth + kx) * s.inChannels + c) * s.outChannels + o,
                  ((n * s.outHeight + oy) * s.outWidth + ox) * s.outChannels + o,
                );
          }
}

/** [batch, outHeight, outWidth, outChannels] */
export function convolve(image: readonly number[], filter: readonly number[], s: ConvolutionShape): number[] {
  const result = new Array<number>(s.batch * s.outHeight * s.outWidth * s.outChannels).fill(0);
  eachProduct(s, (i, f, r) => {
    result[r] = (result[r] ?? 0) + (image[i] ?? 0) * (filter[f] ?? 0);
  });
  return result;
}

/** The transposed convolution: what `convolve` does to gradients of its image. [batch, inHeight, inWidth, inChannels] */
export function convolveTransposed(dy: readonly number[], filter: readonly number[], s: ConvolutionShape): number[] {
  const result = new Array<number>(s.batch * s.inHeight * s.inWidth * s.inChannels).fill(0);
  eachProduct(s, (i, f, r) => {
    result[i] = (result[i] ?? 0) + (dy[r] ?? 0) * (filter[f] ?? 0);
  });
  return result;
}

/** What `convolve` does to gradients of its filter. [filterHeight, filterWidth, inChannels, outChannels] */
export function filterGradient(image: readonly number[], dy: readonly number[], s: ConvolutionShape): number[] {
  const result = new Array<number>(s.filterHeight * s.filterWidth * s.inChannels * s.outChannels).fill(0);
  eachProduct(s, (i, f, r) => {
    result[f] = (result[f] ?? 0) + (image[i] ?? 0) * (dy[r] ?? 0);
  });
  return result;
}

/** op(a)·op(b), [m, n]. A transposed operand is stored [k, m] or [n, k]. */
export function multiply(
  a: readonly number[],
  b: readonly number[],
  m: number,
  n: number,
  k: number,
  transposeA = false,
  transposeB = false,
): number[] {
  const result: number[] = [];
  for (let i = 0; i < m; i++)
    for (let j = 0; j < n; j++) {
      let sum = 0;
      for (let p = 0; p < k; p++)
        sum += (a[transposeA ? p * m + i : i * k + p] ?? 0) * (b[transposeB ? j * k + p : p * n + j] ?? 0);
      result.push(sum);
    }
  return result;
}

/** (x - mean) / √(variance + ε) within each group; `group(i)` names the group of element i. */
export function normalise(x: readonly number[], group: (index: number) => number, epsilon: number): number[] {
  const sums = new Map<number, { count: number; sum: number; squares: number }>();
  for (const [i, value] of x.entries()) {
    const s = sums.get(group(i)) ?? { count: 0, sum: 0, squares: 0 };
    sums.set(group(i), { count: s.count + 1, sum: s.sum + value, squares: s.squares + value * value });
  }
  return x.map((value, i) => {
    const { count, sum, squares } = sums.get(group(i)) ?? { count: 1, sum: 0, squares: 0 };
    const mean = sum / count;
    return (value - mean) / Math.sqrt(squares / count - mean * mean + epsilon);
  });
}

/** Every pixel `factor` × `factor` times. */
export function repeatPixels(
  x: readonly number[],
  shape: readonly [number, number, number, number],
  factor: number,
): number[] {
  const [batch, height, width, channels] = shape;
  const result: number[] = [];
  for (let n = 0; n < batch; n++)
    for (let y = 0; y < height * factor; y++)
      for (let i = 0; i < width * factor; i++)
        for (let c = 0; c < channels; c++)
          result.push(x[((n * height + Math.floor(y / factor)) * width + Math.floor(i / factor)) * channels + c] ?? 0);
  return result;
}
