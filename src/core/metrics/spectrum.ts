/**
 * The radial power spectrum of images: how much of their contrast is at which coarseness, whatever the direction. Blur has too little at
 * high frequencies; so have, a little, all networks that upsample (Durall et al. 2020, "Watch your up-convolution").
 *
 * Noise floor: two real samples differ by a few hundredths of a decade.
 */
import type { MetricInfo } from "./info";
import { type Points, requireRows } from "./points";
import { type ImageShape, readBrightness } from "./sharpness";

/**
 * Mean power at frequencies of 0, 1, 2, ... waves per image (the radius rounded), up to half the shorter side; |F|² / pixels² of the plain
 * two-dimensional Fourier transform of each image's brightness, averaged over the ring and over images.
 * @param images [n, height * width * channels], at least one
 */
export function radialSpectrum(images: Points, shape: ImageShape): Float64Array {
  const [height, width, channels] = shape;
  const rows = requireRows(images, height * width * channels, 1, "A power spectrum");
  const radii = Math.floor(Math.min(height, width) / 2) + 1;
  const [power, counts] = [new Float64Array(radii), new Float64Array(radii)];
  const [across, down] = [waves(width), waves(height)];
  const brightness = new Float64Array(height * width);
  // Columns 0 ... width / 2 of the transform say all: the brightness is real.
  const half = Math.floor(width / 2) + 1;
  const [re, im] = [new Float64Array(height * half), new Float64Array(height * half)];
  for (let row = 0; row < rows; row++) {
    readBrightness(images, row, channels, brightness);
    for (let y = 0; y < height; y++) {
      for (let u = 0; u < half; u++) {
        let [a, b] = [0, 0];
        for (let x = 0; x < width; x++) {
          const value = brightness[y * width + x] ?? 0;
          const at = (u * x) % width;
          a += value * (across.cos[at] ?? 0);
          b -= value * (across.sin[at] ?? 0);
        }
        re[y * half + u] = a;
        im[y * half + u] = b;
      }
    }
    for (let v = 0; v < height; v++) {
      for (let u = 0; u < half; u++) {
        const radius = Math.round(Math.hypot(u, Math.min(v, height - v)));
        if (radius >= radii) continue;
        let [a, b] = [0, 0];
        for (let y = 0; y < height; y++) {
          const [c, s] = [down.cos[(v * y) % height] ?? 0, down.sin[(v * y) % height] ?? 0];
          const [p, q] = [re[y * half + u] ?? 0, im[y * half + u] ?? 0];
          a += p * c + q * s;
          b += q * c - p * s;
        }
        const twice = u === 0 || 2 * u === width ? 1 : 2; // its mirror image, which is not computed
        power[radius] = (power[radius] ?? 0) + (twice * (a * a + b * b)) / (height * width) ** 2;
        counts[radius] = (counts[radius] ?? 0) + twice;
      }
    }
  }
  return power.map((sum, radius) => sum / Math.max(1, counts[radius] ?? 1));
}

function waves(count: number): { readonly cos: Float64Array; readonly sin: Float64Array } {
  const angle = (_: unknown, i: number) => (2 * Math.PI * i) / count;
  const angles = Array.from({ length: count }, angle);
  return { cos: Float64Array.from(angles, Math.cos), sin: Float64Array.from(angles, Math.sin) };
}

/** How far apart two spectra are: mean absolute difference of their logarithms to base 10, the mean brightness (radius 0) left out. */
export function spectrumDistance(a: ArrayLike<number>, b: ArrayLike<number>): number {
  let sum = 0;
  for (let radius = 1; radius < a.length; radius++) {
    sum += Math.abs(Math.log10(Math.max(a[radius] ?? 0, TINY)) - Math.log10(Math.max(b[radius] ?? 0, TINY)));
  }
  return sum / (a.length - 1);
}

/** Keeps an image of one brightness, which has no power at all, from having no logarithm. */
const TINY = 1e-12;

export const spectrumDistanceInfo: MetricInfo = {
  name: "Distance of power spectra",
  unit: "decades",
  definition:
    "How far the generated images' contrast at each coarseness is from the data's, on average: 1 is a factor of ten. Blurred images miss fine detail.",
  direction: "lower",
  floor: "A few hundredths, between two real samples.",
  source: "Durall et al. 2020, section 3.1 (radially averaged power spectrum)",
};
