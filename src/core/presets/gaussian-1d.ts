/** Figure 1 of Goodfellow et al. 2014, alive: one Gaussian on the line, uniform z, small smooth networks. */
import type { LayerSpec } from "../architecture/layers";
import { DEFAULT_CONFIG, withChanges } from "../config";
import { adam, both } from "./recipes";
import type { Preset } from "./types";

const steps = 3_000;

// Smooth activations draw smooth densities: every kink of a leaky ReLU in G is a jump in p_g.
const layers: LayerSpec[] = [
  { type: "dense", units: 64, activation: "swish" },
  { type: "dense", units: 64, activation: "swish" },
  { type: "dense", units: 1 },
];

export const gaussian1dPreset: Preset = {
  id: "gaussian-1d",
  name: "One Gaussian",
  group: "first-steps",
  shows: "Figure 1 of the 2014 paper, alive: two bells slide into one.",
  lesson:
    "Watch the generated bell slide under the real one while D tilts to push it there. Where the two agree, D can only say one half: the curve D flattens at ½.",
  steps,
  config: withChanges(DEFAULT_CONFIG, {
    dataset: "gaussian-1d",
    latent: { size: 1, prior: "uniform" },
    batchSize: 256,
    networks: both({ layers, initializer: "he" }),
    players: {
      generator: { optimizer: adam(1e-3, 0, 0.99) },
      discriminator: { optimizer: adam(3e-3, 0, 0.99) },
    },
    schedule: { type: "linear", steps, finalRatio: 0.01 },
  }),
};
