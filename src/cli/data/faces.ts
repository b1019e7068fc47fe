/** Pixel faces: DiceBear's style pixel-art. */
import { BACKGROUND, CLOTHES, faces16, HAIR_COLOURS, SKINS } from "../../core/datasets/faces";
import { type AvatarStyle, type Known, makeAvatars } from "./dicebear";
import type { Splits } from "./write-image-set";

const SIDE = 16;

const PIXEL_ART: AvatarStyle = {
  name: "pixel-art",
  options: { backgroundColor: [BACKGROUND] },
  width: SIDE, // the design is squares on a grid of 16: every square is a pixel, whole
  pixels(rgba) {
    const pixels = new Uint8Array(SIDE * SIDE * 3);
    for (let i = 0; i < SIDE * SIDE; i++) pixels.set(rgba.subarray(4 * i, 4 * i + 3), 3 * i);
    return pixels;
  },
  label: (known) => group(HAIR_COLOURS, known.hairColor),
  attributes: attributesOf,
};

export const makeFaces = (folder: string): Promise<Splits> => makeAvatars(faces16, PIXEL_ART, folder);

function attributesOf(known: Known): number[] {
  const glasses = String(known.glasses ?? "");
  return [
    String(known.hair).startsWith("long") ? 1 : 0,
    glasses === "" ? 0 : glasses.startsWith("light") ? 1 : 2,
    known.hat === undefined ? 0 : 1,
    known.beard === undefined ? 0 : 1,
    String(known.mouth).startsWith("happy") ? 0 : 1,
    indexOf(SKINS, known.skinColor),
    group(CLOTHES, known.clothingColor),
  ];
}

/** Which group a colour, "#rrggbb", belongs to. */
function group(groups: Readonly<Record<string, readonly string[]>>, colour: unknown): number {
  const found = Object.values(groups).findIndex((shades) => shades.includes(String(colour).slice(1)));
  if (found < 0) throw new Error(`The colour ${colour} has no name.`);
  return found;
}

function indexOf(shades: readonly string[], colour: unknown): number {
  return group(Object.fromEntries(shades.map((shade) => [shade, [shade]])), colour);
}
