/** Pixel faces: what is known of them, whatever their size. Where they lie and how they were made: cli/data/faces.ts. */
import type { Attribute, ImageDataset } from "./types";

/** Colours of hair by name, as the design has them; several shades share a name. */
export const HAIR_COLOURS = {
  black: ["28150a"],
  brown: ["603a14", "83623b"],
  reddish: ["611c17", "603015", "612616"],
  blond: ["cab188", "a78961"],
  red: ["bd1700"],
  green: ["91cb15"],
  blue: ["009bbd"],
} as const satisfies Record<string, readonly string[]>;

/** From light to dark. */
export const SKINS = ["ffdbac", "f5cfa0", "eac393", "e0b687", "cb9e6e", "b68655", "a26d3d", "8d5524"] as const;

export const CLOTHES = {
  blue: ["5bc0de", "428bca", "03396c"],
  green: ["88d8b0", "44c585", "00b159"],
  red: ["ff6f69", "d11141", "ae0001"],
  yellow: ["ffeead", "ffd969", "ffc425"],
} as const satisfies Record<string, readonly string[]>;

/** Behind every face: one colour, so that all that differs is the face. */
export const BACKGROUND = "b6e3f4";

const ATTRIBUTES: readonly Attribute[] = [
  { name: "hair", values: ["short", "long"] },
  { name: "glasses", values: ["none", "clear", "dark"] },
  { name: "hat", values: ["none", "hat"] },
  { name: "beard", values: ["none", "beard"] },
  { name: "mouth", values: ["happy", "sad"] },
  { name: "skin", values: ["1 (lightest)", "2", "3", "4", "5", "6", "7", "8 (darkest)"] },
  { name: "clothing", values: Object.keys(CLOTHES) },
];

/** Of the classifiers of either size, of the test images; at 16 pixels several hairs are of nearly one colour. */
const ACCURACY = { 16: 0.939, 32: 0.9775 } as const;

/** @param side pixels a side, 16 or twice that */
function faces(side: 16 | 32, id: string, description: string): ImageDataset {
  return {
    kind: "images",
    id,
    name: `Pixel faces, ${side} × ${side}`,
    description,
    shape: [side, side, 3],
    classes: Object.keys(HAIR_COLOURS),
    attributes: ATTRIBUTES,
    trainCount: 20_000,
    testCount: 2_000,
    path: "data/faces",
    classifier: { file: `classifiers/${id}.bin`, accuracy: ACCURACY[side] },
    enlarge: side / 16,
    valueRange: [-1, 1],
    origin: {
      source: "Pixel Art by DiceBear, drawn by @dicebear/pixel-art 9.4.3 from the seeds 0, 1, 2, ...",
      license: "CC0 1.0 (public domain)",
      sha256: "c55b591c596808eb58e29032f3b0a32f6bff9026fd1a87554f76eca5e7884b5b",
      bytes: 1_619_404,
    },
  };
}

export const faces16 = faces(
  16,
  "faces-16",
  "20,000 drawn faces in colour, no two alike: faces come within half a minute, hair, glasses and hats after that.",
);

export const faces32 = faces(
  32,
  "faces-32",
  "The same faces with four pixels for each one: nothing more to see, but G must learn to keep its squares even.",
);
