/** The saturating loss against a strong D: the failure that section 3 of Goodfellow et al. 2014 warns of. */
import { DEFAULT_CONFIG } from "../config";
import { adam } from "./recipes";
import type { Preset } from "./types";

export const vanishingGradient: Preset = {
  id: "vanishing-gradient",
  name: "Vanishing gradient",
  group: "failures",
  shows: "Two losses, one start: one stays where it is, the other finds the clusters.",
  lesson:
    "The fakes begin as a speck in the middle, far from every real, and D takes five quick steps to each of G's: it soon rejects all of them, and there the minimax loss is flat, so watch G's gradient norm fall by powers of ten while the fakes stand still. Press Compare: the non-saturating loss, from the same weights, keeps a slope and leaves the middle.",
  steps: 1_500,
  config: {
    ...DEFAULT_CONFIG,
    loss: "minimax",
    discriminatorSteps: 5,
    generator: {
      ...DEFAULT_CONFIG.generator,
      initializer: "glorot", // smaller weights than He's: the first fakes lie close together, with nothing real among them
      optimizer: { type: "sgd", learningRate: 2e-3 }, // as slow as its gradient is small; Adam would divide by the gradient's size
    },
    discriminator: { ...DEFAULT_CONFIG.discriminator, optimizer: adam(2e-3) },
  },
};
