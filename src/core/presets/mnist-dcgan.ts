/** Handwritten digits by a small DCGAN: the first images that a newcomer meets. */
import { DEFAULT_CONFIG, type ExperimentConfig } from "../config";
import { adam, CONSTANT, stackLayers } from "./recipes";
import type { Preset } from "./types";

const latentSize = 64;
const layers = stackLayers("dcgan-small", "mnist", latentSize);

/** A small DCGAN with the default's loss: what images begin with. A faster G than D helps batch norm early. */
export const dcganStart: ExperimentConfig = {
  ...DEFAULT_CONFIG,
  schedule: CONSTANT,
  dataset: "mnist",
  latent: { size: latentSize, prior: "normal" },
  batchSize: 64,
  generator: { layers: layers.generator, initializer: "dcgan", optimizer: adam(1e-3), ema: 0.995 },
  discriminator: { layers: layers.discriminator, initializer: "dcgan", optimizer: adam(4e-4) },
};

const optimizer = adam(1e-3, 0, 0.99); // no momentum: the penalties' gradients are noisy

export const mnistDcgan: Preset = {
  id: "mnist-dcgan",
  name: "Digits, DCGAN",
  group: "images",
  shows: "Handwritten digits from noise, by convolutions.",
  lesson:
    "Noise turns into blobs, blobs into strokes, strokes into digits: convolutions know that neighbouring pixels belong together, so strokes come out smooth. D compares each fake with a real, two penalties keep it from becoming steep, and what you see is the average of G over its last few hundred steps, which is calmer than G itself.",
  steps: 1_800,
  config: {
    ...dcganStart,
    loss: "relativistic",
    penalties: { clip: 0, wganGp: 0, dragan: 0, r1: 0.5, r2: 0.5 },
    generator: { ...dcganStart.generator, optimizer },
    discriminator: { ...dcganStart.discriminator, optimizer },
  },
};
