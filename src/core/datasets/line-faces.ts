/** Faces drawn in ink, 32 × 32 grey. What is known of them; how they were made: cli/data/line-faces.ts. */
import type { ImageDataset } from "./types";

export const lineFaces: ImageDataset = {
  kind: "images",
  id: "line-faces",
  name: "Line faces",
  description:
    "10,000 faces in ink: heavy black hair beside lines one pixel wide. Hair comes first, eyes and mouths last.",
  shape: [32, 32, 1],
  classes: ["happy", "sad"],
  attributes: [
    { name: "head", values: ["1", "2", "3", "4"] },
    { name: "glasses", values: ["none", "glasses"] },
    { name: "beard", values: ["none", "beard"] },
  ],
  trainCount: 10_000,
  testCount: 1_000,
  path: "data/line-faces",
  valueRange: [-1, 1],
  classifier: { file: "classifiers/line-faces.bin", accuracy: 1 },
  inPlace: true,
  origin: {
    source: "Lorelei by Lisa Wischofsky, drawn by @dicebear/lorelei 9.4.3 from the seeds 0, 1, 2, ...",
    license: "CC0 1.0 (public domain)",
    sha256: "b89b40f3c32ff072974953fab47972600ae08531802c31df6d990ab0527f3545",
    bytes: 2_497_772,
  },
};
