/** Line faces by DiceBear's generator: one for each seed 0, 1, 2, ..., without those that were there before. */
import { createHash } from "node:crypto";
import { lineFaces } from "../../core/datasets/line-faces";
import { type DiceBear, PACKAGES, type Renderer } from "./faces";
import { installNpm } from "./packages";
import type { LabelledImages, Splits } from "./write-image-set";

const SIDE = 32;
/** Drawn so many times as large, then averaged: lines as fine as these would break otherwise. */
const FINE = 4;
/** The part of the design's 980 units that heads fill. */
const VIEW = "80 50 800 800";

export async function makeLineFaces(folder: string): Promise<Splits> {
  const load = installNpm([...PACKAGES, "@dicebear/lorelei@9.4.3"], folder);
  const { createAvatar } = await load<DiceBear>("@dicebear/core");
  const { Resvg } = await load<Renderer>("@resvg/resvg-js");
  const style = await load<unknown>("@dicebear/lorelei");
  const seen = new Set<string>();
  let seed = 0;
  const next = (): { readonly pixels: Uint8Array; readonly known: Readonly<Record<string, unknown>> } => {
    for (;;) {
      const avatar = createAvatar(style, { seed: String(seed++), glassesProbability: 25, beardProbability: 10 });
      const svg = avatar.toString().replace('viewBox="0 0 980 980"', `viewBox="${VIEW}"`);
      const options = { fitTo: { mode: "width", value: SIDE * FINE }, background: "#ffffff" };
      const pixels = ink(new Resvg(svg, options).render().pixels);
      const sum = createHash("sha256").update(pixels).digest("hex");
      if (seen.has(sum)) continue;
      seen.add(sum);
      return { pixels, known: avatar.toJson().extra };
    }
  };
  const take = (count: number): LabelledImages => {
    const all = Array.from({ length: count }, next);
    const column = (value: (known: Readonly<Record<string, unknown>>) => number) =>
      Uint8Array.from(all, ({ known }) => value(known));
    return {
      labels: column((known) => (String(known.mouth).startsWith("happy") ? 0 : 1)),
      attributes: [
        column((known) => Number(String(known.head).slice(-1)) - 1),
        column((known) => (known.glasses === undefined ? 0 : 1)),
        column((known) => (known.beard === undefined ? 0 : 1)),
      ],
      pixels: Buffer.concat(all.map(({ pixels }) => pixels)),
    };
  };
  return { train: take(lineFaces.trainCount), test: take(lineFaces.testCount) };
}

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
