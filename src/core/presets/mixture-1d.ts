/** Three bells on the line with R1: the smallest target on which G has to tear the noise apart. */
import { withChanges } from "../config";
import { gaussian1dPreset } from "./gaussian-1d";
import type { Preset } from "./types";

export const mixture1dPreset: Preset = {
  id: "mixture-1d",
  name: "Three Gaussians",
  group: "shapes",
  shows: "One bell becomes three, each as full as the others.",
  lesson:
    "Watch the one generated bell part into three: G must be steep where it crosses the gaps, or fakes are left in them. R1 keeps D's curve gentle there, so that no bell is abandoned for another.",
  steps: 3_000,
  config: withChanges(gaussian1dPreset.config, {
    dataset: "mixture-1d",
    latent: { size: 1, prior: "normal" },
    batchSize: 128,
    model: { penalties: { r1: 0.1 } },
  }),
};
