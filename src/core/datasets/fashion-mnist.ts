/** Fashion-MNIST, pictures of clothes (Xiao, Rasul, Vollgraf 2017), 28 × 28 grey. */
import type { ImageDataset } from "./types";

export const fashionMnist: ImageDataset = {
  kind: "images",
  id: "fashion-mnist",
  name: "Fashion-MNIST",
  description: "60,000 pictures of clothes and shoes: soft shades and textures, harder than digits' bare strokes.",
  shape: [28, 28, 1],
  classes: ["T-shirt", "trousers", "pullover", "dress", "coat", "sandal", "shirt", "sneaker", "bag", "ankle boot"],
  trainCount: 60_000,
  testCount: 10_000,
  path: "data/fashion-mnist",
  classifier: { file: "classifiers/fashion-mnist.bin", accuracy: 0.9033 },
  valueRange: [-1, 1],
  origin: {
    source: "Zalando Research, as in Debian's package dataset-fashion-mnist",
    license: "MIT",
    sha256: "4f15c4453491cfe2ebf0f56158a473e142b79d4a44e1f4ee268ab729de3c411b",
    bytes: 30_728_173,
  },
};
