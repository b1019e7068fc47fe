/** Handwritten digits by a small DCGAN: the first images that a newcomer meets. */
import { withDataset } from "../architecture/adapt";
import { DEFAULT_CONFIG, withChanges } from "../config";
import { adam, both } from "./recipes";
import type { Preset } from "./types";

/** A small DCGAN with the default's loss: what images begin with. A faster G than D helps batch norm early. */
export const dcganStart = withDataset(DEFAULT_CONFIG, "mnist");

const optimizer = adam(1e-3, 0, 0.99); // no momentum: the penalties' gradients are noisy

export const mnistDcgan: Preset = {
  id: "mnist-dcgan",
  name: "Digits, DCGAN",
  group: "images",
  shows: "Handwritten digits from noise, by convolutions.",
  lesson:
    "Noise turns into blobs, blobs into strokes, strokes into digits: convolutions know that neighbouring pixels belong together, so strokes come out smooth. D compares each fake with a real, two penalties keep it from becoming steep, and what you see is the average of G over its last few hundred steps, which is calmer than G itself.",
  steps: 1_300, // two to three and a half minutes on two cores without a GPU
  config: withChanges(dcganStart, {
    model: { loss: "relativistic", penalties: { r1: 0.5, r2: 0.5 } },
    players: both({ optimizer }),
  }),
};
