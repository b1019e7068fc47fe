/**
 * Sharpness of images: how steeply brightness changes from pixel to pixel, on average. A model that hedges between images that it cannot
 * tell apart, as a VAE with a Gaussian likelihood does, blurs, and reads less than the data. Noise reads more.
 *
 * Noise floor: two real samples read a ratio of 1, up to a scatter on the order of 1/sqrt(n).
 */
import type { MetricInfo } from "./info";
import { type Points, requireRows } from "./points";

/** [height, width, channels] of one image; row-major. */
export type ImageShape = readonly [height: number, width: number, channels: number];

/**
 * The mean magnitude of the brightness gradient, by differences to the right and lower neighbour, over all pixels that have both; in data
 * units a pixel. Channels are averaged to a brightness first.
 * @param images [n, height * width * channels], at least one
 */
export function sharpness(images: Points, shape: ImageShape): number {
  const [height, width, channels] = shape;
  const rows = requireRows(images, height * width * channels, 1, "Sharpness");
  const brightness = new Float64Array(height * width);
  let sum = 0;
  for (let row = 0; row < rows; row++) {
    readBrightness(images, row, channels, brightness);
    for (let y = 0; y + 1 < height; y++) {
      for (let x = 0; x + 1 < width; x++) {
        const here = brightness[y * width + x] ?? 0;
        const right = (brightness[y * width + x + 1] ?? 0) - here;
        const below = (brightness[(y + 1) * width + x] ?? 0) - here;
        sum += Math.sqrt(right * right + below * below);
      }
    }
  }
  return sum / (rows * (height - 1) * (width - 1));
}

/** Writes the mean of an image's channels to `out` [height * width]. */
export function readBrightness(images: Points, row: number, channels: number, out: Float64Array): void {
  const first = row * out.length * channels;
  for (let i = 0; i < out.length; i++) {
    let sum = 0;
    for (let c = 0; c < channels; c++) sum += images[first + i * channels + c] ?? 0;
    out[i] = sum / channels;
  }
}

/** The fakes' sharpness over the reals'; NaN for reals that are all of one brightness. */
export function sharpnessRatio(fakes: Points, reals: Points, shape: ImageShape): number {
  const reference = sharpness(reals, shape);
  return reference > 0 ? sharpness(fakes, shape) / reference : Number.NaN;
}

export const sharpnessRatioInfo: MetricInfo = {
  name: "Sharpness relative to the reals",
  unit: "ratio",
  definition:
    "Mean steepness of brightness in generated images over that in real ones: 1 is as sharp as the data, less is blurred, more is noisy.",
  direction: "reference",
  floor: "1 for two real samples, up to sampling noise.",
  source: "Definition: mean gradient magnitude",
};
