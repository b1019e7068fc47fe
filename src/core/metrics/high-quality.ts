/**
 * High-quality share: how much of what is generated lies near a mode. Says nothing about which mode: a generator stuck on one
 * point scores 1.
 *
 * Noise floor: a real sample reads P(chi-squared with `dimension` degrees <= 9), i.e. 1 - exp(-4.5) = 0.989 in 2-D, with a
 * binomial standard error of sqrt(p(1-p)/n). More than that means modes that are too narrow. In closed form: `expectedHighQuality`.
 */
import type { MetricInfo } from "./info";
import { HIGH_QUALITY_SIGMAS, type ModeHistogram } from "./mode-histogram";

/** P(|x| < 3) for a standard normal x: the error function at 3/sqrt(2), which JavaScript does not have. */
const WITHIN_THREE_SIGMA_1D = 0.9973002039367398;

/** Share of the points, 0 to 1, that lie within three standard deviations of their nearest mode. */
export function highQualityShare(histogram: ModeHistogram): number {
  return histogram.highQuality / histogram.total;
}

/**
 * The share that a perfect sampler of well-separated Gaussian modes reads: the chi-squared distribution function at 9,
 * from F(d+2) = F(d) - (x/2)^(d/2) exp(-x/2) / Gamma(d/2 + 1), starting at F(1) or F(0) = 1 (no coordinate, no miss).
 */
export function expectedHighQuality(dimension: number): number {
  const half = HIGH_QUALITY_SIGMAS ** 2 / 2;
  const odd = dimension % 2 === 1;
  let share = odd ? WITHIN_THREE_SIGMA_1D : 1;
  let degrees = odd ? 1 : 0;
  // (x/2)^(d/2) exp(-x/2) / Gamma(d/2 + 1); Gamma(3/2) = sqrt(pi)/2.
  let term = odd ? (Math.sqrt(half) * Math.exp(-half) * 2) / Math.sqrt(Math.PI) : Math.exp(-half);
  while (degrees < dimension) {
    share -= term;
    degrees += 2;
    term *= half / (degrees / 2);
  }
  return share;
}

export const highQualityInfo: MetricInfo = {
  name: "High-quality share",
  unit: "share, 0 to 1",
  definition:
    "Generated samples within three standard deviations of their nearest mode; a perfect 2-D sampler reads 0.989, and more means shrunken modes.",
  direction: "higher",
  floor: "A real sample reads 0.989 in 2-D (0.997 in 1-D).",
  source: "Lin et al. 2018 (PacGAN), section 4",
};
