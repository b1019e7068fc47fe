/** The fully connected GAN of courses ("VanillaGAN"), layer for layer and with its optimiser. */
import { DEFAULT_CONFIG, withChanges } from "../config";
import { adam, both, CONSTANT, stackLayers } from "./recipes";
import type { Preset } from "./types";

const latentSize = 100;
const { generator, discriminator } = stackLayers("mlp-batch-norm", "mnist", latentSize);

export const mnistMlpBatchNorm: Preset = {
  id: "mnist-mlp-batch-norm",
  name: "Digits, MLP + batch norm",
  group: "images",
  shows: "The fully connected GAN that courses build: three wide layers and batch norm in G.",
  lesson:
    "Batch norm in G lets three wide layers train from the first step, and dropout keeps D from being sure of itself: most samples can be read as digits at the end, with the specks that dense layers leave. Open G's layers and take batch norm away, or D's dropout, to see what each of them does.",
  steps: 3_000,
  config: withChanges(DEFAULT_CONFIG, {
    schedule: CONSTANT,
    dataset: "mnist",
    latent: { size: latentSize, prior: "normal" },
    batchSize: 64,
    networks: { generator, discriminator },
    players: both({ optimizer: adam(2e-4) }),
  }),
};
