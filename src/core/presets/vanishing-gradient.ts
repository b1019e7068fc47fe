/** The saturating loss against a strong D: the failure that section 3 of Goodfellow et al. 2014 warns of. */
import { DEFAULT_CONFIG } from "../config";
import { adam } from "./recipes";
import type { Preset } from "./types";

export const vanishingGradient: Preset = {
  id: "vanishing-gradient",
  name: "Vanishing gradient",
  summary:
    "D takes five steps to each of G's and soon rejects every fake; there the minimax loss is flat, so watch G's gradient norm fall and the fakes stand still. Press Compare: the non-saturating loss, from the same weights, still has a slope to follow.",
  steps: 2_000,
  config: {
    ...DEFAULT_CONFIG,
    loss: "minimax",
    discriminatorSteps: 5,
    generator: { ...DEFAULT_CONFIG.generator, optimizer: adam(2e-4) },
    discriminator: { ...DEFAULT_CONFIG.discriminator, optimizer: adam(2e-3) },
  },
};
