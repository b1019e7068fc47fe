/**
 * Modes captured: how many modes of a known mixture the generator reaches. Not how evenly (reverse-kl.ts) or how well
 * (high-quality.ts).
 *
 * Noise floor: a perfect sampler of K equal modes with n points reads K unless n/K is small. At >= 20 points a mode is lost
 * by chance when n/K is near 20; with 2,500 points and 25 modes (100 expected) that is negligible. Obtained by counting a
 * real sample of the same size.
 */
import type { MetricInfo } from "./info";
import type { ModeHistogram } from "./mode-histogram";

/** Number of modes with at least `atLeast` high-quality points. */
export function modesCaptured(histogram: ModeHistogram, atLeast = 1): number {
  let modes = 0;
  for (const count of histogram.counts) if (count >= atLeast) modes++;
  return modes;
}

export const modesInfo: MetricInfo = {
  name: "Modes captured",
  unit: "modes",
  definition: "Modes that at least one generated sample hits within three standard deviations.",
  direction: "higher",
  floor: "A real sample of the same size hits all modes.",
  source: "Lin et al. 2018 (PacGAN), section 4",
};

export const modes20Info: MetricInfo = {
  name: "Modes captured (≥ 20 samples)",
  unit: "modes",
  definition: "Modes that at least twenty generated samples hit within three standard deviations: no lucky hits.",
  direction: "higher",
  floor: "A real sample hits all modes when it has clearly more than twenty points per mode.",
  source: "PacGAN's count, with a threshold against lucky hits",
};
