/** Handwritten digits by fully connected networks, small enough for a laptop without a GPU. */
import { DEFAULT_CONFIG } from "../config";
import { adam, CONSTANT, stackLayers } from "./recipes";
import type { Preset } from "./types";

const latentSize = 64;
const layers = stackLayers("mlp-small", "mnist", latentSize);

export const mnistMlp: Preset = {
  id: "mnist-mlp",
  name: "Digits, small MLP",
  group: "images",
  shows: "Digits by plain dense layers: quick steps, grainy pictures.",
  lesson:
    "Noise turns into blobs, blobs into strokes, strokes into digits, within a few minutes without a GPU. Each picture keeps its own latent: watch one of them change its mind about which digit it is.",
  steps: 4_000,
  config: {
    ...DEFAULT_CONFIG,
    schedule: CONSTANT,
    dataset: "mnist",
    latent: { size: latentSize, prior: "normal" },
    batchSize: 64,
    generator: { layers: layers.generator, initializer: "glorot", optimizer: adam(2e-4), ema: 0 },
    discriminator: { layers: layers.discriminator, initializer: "glorot", optimizer: adam(2e-4) },
  },
};
