/** How wide the kernels of a density estimate on the line should be. Estimates from samples; the density is in density.ts. */

import { ascendingSorter } from "./metrics/ascending";

/** What both rules begin with: a measure of spread that tails do not rule, and how many samples were finite. */
function spreadOf(samples: ArrayLike<number>): { readonly sorted: Float64Array; readonly scale: number } {
  const finite = new Float64Array(samples.length);
  let many = 0;
  for (let i = 0; i < samples.length; i++) {
    const x = samples[i] ?? Number.NaN;
    if (Number.isFinite(x)) finite[many++] = x;
  }
  const sorted = ascendingSorter(many)(finite.subarray(0, many));
  const n = sorted.length;
  if (n < 2) return { sorted, scale: 0 };
  let mean = 0;
  for (const x of sorted) mean += x / n;
  let variance = 0;
  for (const x of sorted) variance += (x - mean) ** 2 / (n - 1);
  const quartiles = (sorted[Math.floor(0.75 * n)] ?? 0) - (sorted[Math.floor(0.25 * n)] ?? 0);
  // Quartiles in one spot (half of the samples there) would hide the other half: then the deviation alone counts.
  return { sorted, scale: quartiles > 0 ? Math.min(Math.sqrt(variance), quartiles / 1.34) : Math.sqrt(variance) };
}

/**
 * Silverman's rule of thumb for the width of a Gaussian kernel, 0.9 · min(s, IQR / 1.34) · n^(-1/5), data units. Right for one
 * bump, several times too wide for several. 0 for samples that are all equal.
 * @see Silverman 1986, Density estimation for statistics and data analysis, equation 3.31
 */
export function silvermanBandwidth(samples: ArrayLike<number>): number {
  const { sorted, scale } = spreadOf(samples);
  return sorted.length < 2 ? 0 : 0.9 * scale * sorted.length ** -0.2;
}

/** Bins in which samples are counted, so that the cost does not grow with pairs of samples. */
const BINS = 400;

/** Beyond this many squared standard deviations a kernel's derivatives are nothing. */
const FAR = 60;

/**
 * The width of a Gaussian kernel that solves Sheather and Jones' equation, data units: the curvature of the density, on which the
 * best width depends, is estimated from the samples themselves, so that several narrow bumps get narrow kernels.
 * 0 for samples that are all equal.
 * @see Sheather and Jones 1991, A reliable data-based bandwidth selection method, section 3
 */
export function sheatherJonesBandwidth(samples: ArrayLike<number>): number {
  const { sorted, scale } = spreadOf(samples);
  const n = sorted.length;
  const range = (sorted[n - 1] ?? 0) - (sorted[0] ?? 0);
  if (n < 2 || scale === 0 || range === 0) return 0;
  const width = (1.01 * range) / BINS;
  const pairs = pairsByDistance(sorted, width);

  /** Sum over all pairs, and each sample with itself, of a derivative of the kernel: ∫ f⁽ʳ⁾ f, up to its sign. */
  const functional = (order: 4 | 6, h: number): number => {
    let sum = 0;
    for (let k = 0; k < BINS; k++) {
      const u = ((k * width) / h) ** 2;
      if (u > FAR) break;
      const hermite = order === 4 ? u * u - 6 * u + 3 : u ** 3 - 15 * u * u + 45 * u - 15;
      sum += (pairs[k] ?? 0) * hermite * Math.exp(-0.5 * u);
    }
    return (2 * sum + n * (order === 4 ? 3 : -15)) / (n * (n - 1) * h ** (order + 1) * Math.sqrt(2 * Math.PI));
  };
  const curvature = functional(4, 1.24 * scale * n ** (-1 / 7));
  const slope = -functional(6, 1.23 * scale * n ** (-1 / 9));
  const widest = 1.144 * scale * n ** -0.2;
  if (!(curvature / slope > 0)) return widest; // a handful of samples: nothing to estimate derivatives from
  const pilot = 1.357 * (curvature / slope) ** (1 / 7);
  const excess = (h: number): number => {
    const inner = functional(4, pilot * h ** (5 / 7));
    return inner > 0 ? (2 * Math.sqrt(Math.PI) * n * inner) ** -0.2 - h : 1;
  };
  let [low, high] = [0.01 * widest, widest];
  if (excess(high) > 0) return widest;
  for (let i = 0; i < 30; i++) {
    const middle = Math.sqrt(low * high);
    if (excess(middle) > 0) low = middle;
    else high = middle;
  }
  return Math.sqrt(low * high);
}

/** How many pairs of samples are k bins apart, for each k. */
function pairsByDistance(sorted: Float64Array, width: number): Float64Array {
  const counts = new Float64Array(BINS);
  const from = sorted[0] ?? 0;
  for (const x of sorted) {
    const bin = Math.min(BINS - 1, Math.floor((x - from) / width));
    counts[bin] = (counts[bin] ?? 0) + 1;
  }
  const pairs = new Float64Array(BINS);
  for (let i = 0; i < BINS; i++) {
    const here = counts[i] ?? 0;
    if (here === 0) continue;
    pairs[0] = (pairs[0] ?? 0) + (here * (here - 1)) / 2;
    for (let j = 0; j < i; j++) pairs[i - j] = (pairs[i - j] ?? 0) + here * (counts[j] ?? 0);
  }
  return pairs;
}
