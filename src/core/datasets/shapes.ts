/** Coloured shapes, 16 × 16, each drawn from factors that are known: kind, place, size, hue. How: cli/data/shapes.ts. */
import type { ImageDataset } from "./types";

export const shapes: ImageDataset = {
  kind: "images",
  id: "shapes",
  name: "Coloured shapes",
  description:
    "A disc, square or triangle of some place, size and hue. All that differs is known, so one can see whether a direction in latent space has found it.",
  shape: [16, 16, 3],
  classes: ["disc", "square", "triangle"],
  attributes: [
    { name: "x", range: [5, 11] }, // pixels from the left edge to the centre
    { name: "y", range: [5, 11] }, // pixels from the top edge
    { name: "size", range: [2, 4.5] }, // half width, pixels
    { name: "hue", range: [0, 360] }, // degrees
  ],
  trainCount: 20_000,
  testCount: 2_000,
  path: "data/shapes",
  classifier: { file: "classifiers/shapes.bin", accuracy: 0.9995 },
  valueRange: [-1, 1],
  origin: {
    source: "Drawn by this project's own script",
    license: "MIT",
    sha256: "f2fd9d4a9628b57f62730ef013fe81929e3f184741f7d3c35677466aecfe36cb",
    bytes: 1_311_011,
  },
};
