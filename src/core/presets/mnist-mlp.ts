/** Handwritten digits by fully connected networks, small enough for a laptop without a GPU. */
import { DEFAULT_CONFIG, withChanges } from "../config";
import { adam, both, CONSTANT, stackLayers } from "./recipes";
import type { Preset } from "./types";

const latentSize = 64;
const { generator, discriminator } = stackLayers("mlp-small", "mnist", latentSize);

/** The small fully connected networks on digits. */
export const mnistMlpConfig = withChanges(DEFAULT_CONFIG, {
  schedule: CONSTANT,
  dataset: "mnist",
  latent: { size: latentSize, prior: "normal" },
  batchSize: 64,
  networks: { generator, discriminator },
  players: both({ optimizer: adam(2e-4) }),
});

export const mnistMlp: Preset = {
  id: "mnist-mlp",
  name: "Digits, small MLP",
  group: "images",
  shows: "Digits by plain dense layers: quick steps, grainy pictures.",
  lesson:
    "Noise turns into blobs and blobs into strokes, but a dense layer does not know which pixels are neighbours: edges stay grainy and specks remain, however long it trains. Compare with the DCGAN, whose steps cost more and whose strokes are smooth.",
  steps: 4_000,
  config: mnistMlpConfig,
};
