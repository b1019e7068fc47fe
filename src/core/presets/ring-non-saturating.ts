/** The experiment a newcomer meets: a ring of eight Gaussians and the loss that everybody uses. */
import { DEFAULT_CONFIG } from "../config";
import type { Preset } from "./types";

export const ringNonSaturating: Preset = {
  id: "ring-non-saturating",
  name: "Ring of 8",
  group: "first-steps",
  shows: "Noise flies out to eight clusters, by the GAN of 2014.",
  lesson:
    "Watch the orange fakes spread out from the middle until each of the eight blue clusters has some, and then gather on them as the learning rates fall. Both losses come to rest near their dashed lines, 1.386 for D and 0.693 for G: D says about one half to reals and fakes alike, as it can only guess.",
  steps: 6_000,
  config: DEFAULT_CONFIG,
};
