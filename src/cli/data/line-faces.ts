/** Line faces: DiceBear's style lorelei. */
import { lineFaces } from "../../core/datasets/line-faces";
import { type AvatarStyle, makeAvatars } from "./dicebear";
import type { Splits } from "./write-image-set";

const SIDE = 32;
/** Drawn so many times as large, then averaged: lines as fine as these would break otherwise. */
const FINE = 4;
/** The part of the design's 980 units that heads fill. */
const VIEW = "80 50 800 800";

const LORELEI: AvatarStyle = {
  name: "lorelei",
  options: { glassesProbability: 25, beardProbability: 10 },
  width: SIDE * FINE,
  background: "#ffffff",
  crop: (svg) => svg.replace('viewBox="0 0 980 980"', `viewBox="${VIEW}"`),
  pixels: ink,
  label: ({ mouth }) => (String(mouth).startsWith("happy") ? 0 : 1),
  attributes: ({ head, glasses, beard }) => [
    Number(String(head).slice(-1)) - 1,
    glasses === undefined ? 0 : 1,
    beard === undefined ? 0 : 1,
  ],
};

export const makeLineFaces = (folder: string): Promise<Splits> => makeAvatars(lineFaces, LORELEI, folder);

/** Black on white as ink: 0 is paper, 255 is ink, as in MNIST. Averages FINE² pixels each. */
function ink(rgba: Uint8Array): Uint8Array {
  const out = new Uint8Array(SIDE * SIDE);
  for (let i = 0; i < out.length; i++) {
    const [x, y] = [(i % SIDE) * FINE, Math.floor(i / SIDE) * FINE];
    let sum = 0;
    for (let k = 0; k < FINE * FINE; k++) {
      sum += rgba[4 * ((y + Math.floor(k / FINE)) * SIDE * FINE + x + (k % FINE))] ?? 0;
    }
    out[i] = 255 - Math.round(sum / FINE ** 2);
  }
  return out;
}
