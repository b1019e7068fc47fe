/** Figure 1 of Goodfellow et al. 2014, alive: one Gaussian on the line, uniform z, small tanh networks. */
import type { LayerSpec } from "../architecture/layers";
import { DEFAULT_CONFIG } from "../config";
import { adam } from "./recipes";
import type { Preset } from "./types";

const layers: LayerSpec[] = [
  { type: "dense", units: 32, activation: "tanh" },
  { type: "dense", units: 16, activation: "tanh" },
  { type: "dense", units: 1 },
];

export const gaussian1dPreset: Preset = {
  id: "gaussian-1d",
  name: "One Gaussian (figure 1)",
  summary:
    "Watch the generated bell slide under the real one while D tilts to push it there. Where the two agree, D can only say one half: the curve D flattens at ½.",
  steps: 3_000,
  config: {
    ...DEFAULT_CONFIG,
    dataset: "gaussian-1d",
    latent: { size: 1, prior: "uniform" },
    generator: { layers, initializer: "glorot", optimizer: adam(1e-3), ema: 0 },
    discriminator: { layers, initializer: "glorot", optimizer: adam(1e-3) },
  },
};
