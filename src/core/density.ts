/**
 * Densities on the line, for figure 1 of Goodfellow et al. 2014: a kernel density and a histogram of samples, and a density
 * seen through noise. Estimates for the eye; the metrics that compare runs are in core/metrics, D* in optimum.ts.
 */
import { sheatherJonesBandwidth } from "./bandwidth";

/** sigmoid(logit): D's probability that a sample is real. */
export function sigmoid(logit: number): number {
  return 1 / (1 + Math.exp(-logit)); // exp overflows to Infinity, and 1 / Infinity is the right 0
}

/** The i-th of `count` evenly spaced points over [-extent, extent], ends included. */
export function gridPoint(i: number, count: number, extent: number): number {
  return count < 2 ? 0 : -extent + (2 * extent * i) / (count - 1);
}

/**
 * Gaussian kernel density of `samples` at `count` evenly spaced points over [-extent, extent], per data unit. Samples
 * outside count as mass that is not in the picture, so the integral over the interval may be below 1.
 * @param bandwidth standard deviation of the kernel, data units; never narrower than the grid's spacing, which could
 * not show it
 */
export function kernelDensity(
  samples: ArrayLike<number>,
  extent: number,
  count: number,
  bandwidth = sheatherJonesBandwidth(samples),
): Float64Array {
  const spacing = (2 * extent) / (count - 1);
  const width = Math.max(bandwidth, spacing);
  const reach = Math.ceil((4 * width) / spacing); // beyond four standard deviations a kernel is invisible
  // Samples are shared out between their two neighbours on the grid, so the cost does not grow with samples × points.
  const mass = new Float64Array(count + 2 * reach);
  for (let i = 0; i < samples.length; i++) {
    const position = ((samples[i] ?? Number.NaN) + extent) / spacing + reach;
    if (!(position >= 0 && position < mass.length - 1)) continue; // the negation also leaves out NaN
    const cell = Math.floor(position);
    const share = position - cell;
    mass[cell] = (mass[cell] ?? 0) + 1 - share;
    mass[cell + 1] = (mass[cell + 1] ?? 0) + share;
  }
  const kernel = Float64Array.from({ length: 2 * reach + 1 }, (_, k) =>
    Math.exp(-0.5 * (((k - reach) * spacing) / width) ** 2),
  );
  let area = 0;
  for (const k of kernel) area += k * spacing;
  const scale = 1 / (area * Math.max(1, samples.length));
  return Float64Array.from({ length: count }, (_, i) => {
    let sum = 0;
    for (let k = 0; k <= 2 * reach; k++) sum += (kernel[k] ?? 0) * (mass[i + k] ?? 0);
    return sum * scale;
  });
}

/** Histogram of samples in `bins` equal bins over [-extent, extent], per data unit; samples outside are not drawn but count. */
export function histogramDensity(samples: ArrayLike<number>, extent: number, bins: number): Float64Array {
  const width = (2 * extent) / bins;
  const heights = new Float64Array(bins);
  const unit = 1 / (Math.max(1, samples.length) * width);
  for (let i = 0; i < samples.length; i++) {
    const bin = Math.floor(((samples[i] ?? Number.NaN) + extent) / width);
    if (bin >= 0 && bin < bins) heights[bin] = (heights[bin] ?? 0) + unit;
  }
  return heights;
}

/** The density of x + ε at `count` evenly spaced points over [-extent, extent], ε ~ N(0, sigma²) independent of x. */
export function noisedDensity(
  density: (x: number) => number,
  sigma: number,
  extent: number,
  count: number,
): Float64Array {
  if (sigma === 0) return Float64Array.from({ length: count }, (_, i) => density(gridPoint(i, count, extent)));
  // As many points to a standard deviation as the sum needs to be exact to the eye.
  const steps = 8;
  const nodes = Array.from({ length: 8 * steps + 1 }, (_, k) => (k - 4 * steps) / steps);
  const weights = nodes.map((z) => Math.exp(-0.5 * z * z));
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  return Float64Array.from({ length: count }, (_, i) => {
    const x = gridPoint(i, count, extent);
    return nodes.reduce((sum, z, k) => sum + (weights[k] ?? 0) * density(x - sigma * z), 0) / total;
  });
}
