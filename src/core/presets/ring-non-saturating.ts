/** The experiment a newcomer meets: a ring of eight Gaussians and the loss that everybody uses. */
import { DEFAULT_CONFIG } from "../config";
import type { Preset } from "./types";

export const ringNonSaturating: Preset = {
  id: "ring-non-saturating",
  name: "Ring of 8",
  group: "first-steps",
  shows: "Noise flies out to eight clusters, by the GAN of 2014.",
  lesson:
    "Watch the orange fakes fly out to the eight blue clusters, and D's two losses drift towards the point where it can only guess. Count the clusters at the end: a plain GAN often forgets one or two, and may trade one for another.",
  steps: 6_000,
  config: DEFAULT_CONFIG,
};
