/** Emoji in colour, 32 × 32: little of each of very many things. How they were made: cli/data/emoji.ts. */
import type { ImageDataset } from "./types";

export const emoji: ImageDataset = {
  kind: "images",
  id: "emoji",
  name: "Emoji",
  description:
    "3,786 emoji: faces, flags, food, animals, tools. The hard set: few pictures, and hardly two of a kind. Expect colours and outlines, not things.",
  shape: [32, 32, 3],
  classes: [
    "Smileys & Emotion",
    "People & Body",
    "Component",
    "Animals & Nature",
    "Food & Drink",
    "Travel & Places",
    "Activities",
    "Objects",
    "Symbols",
    "Flags",
  ],
  trainCount: 3_486,
  testCount: 300,
  path: "data/emoji",
  valueRange: [-1, 1],
  classifier: { file: "classifiers/emoji.bin", accuracy: 0.8633 },
  origin: {
    source: "Noto Emoji by Google, from emoji-datasource-google 16.0.0, on white, at half size",
    license: "Apache 2.0",
    sha256: "4e5460cefcb5804b65236657cad06c8bee0b6e17a5507aa703358e484e7d2532",
    bytes: 2_482_357,
  },
};
