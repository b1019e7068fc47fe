/** Handwritten digits by a small DCGAN. */
import { DEFAULT_CONFIG } from "../config";
import { adam, CONSTANT, stackLayers } from "./recipes";
import type { Preset } from "./types";

const latentSize = 64;
const layers = stackLayers("dcgan-small", "mnist", latentSize);

export const mnistDcgan: Preset = {
  id: "mnist-dcgan",
  name: "Digits, DCGAN",
  group: "images",
  shows: "Handwritten digits from noise, by convolutions.",
  lesson:
    "Convolutions know that neighbouring pixels belong together, so strokes come out smooth where the fully connected G leaves specks. A step costs more, but fewer are needed: watch digits form within a thousand.",
  steps: 2_000,
  config: {
    ...DEFAULT_CONFIG,
    schedule: CONSTANT,
    dataset: "mnist",
    latent: { size: latentSize, prior: "normal" },
    batchSize: 64,
    generator: { layers: layers.generator, initializer: "dcgan", optimizer: adam(2e-4), ema: 0 },
    discriminator: { layers: layers.discriminator, initializer: "dcgan", optimizer: adam(2e-4) },
  },
};
