/** A GAN that collapses: a slow D, and fakes that gather in one place and move on together. */
import { DEFAULT_CONFIG } from "../config";
import { adam, stackLayers } from "./recipes";
import type { Preset } from "./types";

const latentSize = 16;
const layers = stackLayers("toy", "ring", latentSize);
const beta1 = 0.9; // Adam's own default, more momentum than GANs bear

export const modeCollapse: Preset = {
  id: "mode-collapse",
  name: "Mode collapse",
  group: "failures",
  shows: "Everything G makes gathers in one place, and moves on together.",
  lesson:
    "G finds one place that fools D and puts everything there; the slow D catches up, and the whole crowd moves on. Watch D's heat map chase the fakes around the ring, while G's loss tells you nothing of it.",
  steps: 3_000,
  config: {
    ...DEFAULT_CONFIG,
    latent: { size: latentSize, prior: "normal" },
    generator: { layers: layers.generator, initializer: "he", optimizer: adam(2e-3, beta1), ema: 0 },
    discriminator: { layers: layers.discriminator, initializer: "he", optimizer: adam(1e-4, beta1) },
  },
};
