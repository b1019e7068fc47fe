/** A GAN that collapses: the fakes gather on few clusters and chase from one to the next. */
import { DEFAULT_CONFIG } from "../config";
import { adam, stackLayers } from "./recipes";
import type { Preset } from "./types";

const layers = stackLayers("toy", "grid", 2);

export const modeCollapse: Preset = {
  id: "mode-collapse",
  name: "Mode collapse",
  summary:
    "G finds a few clusters that fool D and puts everything there; D catches up, and the whole crowd moves on. Watch D's heat map chase the fakes around, while G's loss tells you nothing of it.",
  steps: 6_000,
  config: {
    ...DEFAULT_CONFIG,
    dataset: "grid",
    generator: { layers: layers.generator, initializer: "he", optimizer: adam(2e-3, 0.9), ema: 0 },
    discriminator: { layers: layers.discriminator, initializer: "he", optimizer: adam(1e-3, 0.9) },
  },
};
