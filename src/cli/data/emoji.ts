/** Emoji from the npm package emoji-datasource-google: 64 × 64 with transparency, here on white and at half size. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { type DecodedPng, decode } from "fast-png";
import { emoji } from "../../core/datasets/emoji";
import { random, STREAMS } from "../../core/rng";
import { fetchNpm } from "./packages";
import type { LabelledImages, Splits } from "./write-image-set";

const SHA512 = "ZRexfzs7MVoLnmzZmNsO4TKhnAJp5D++Vm6PpUpH/jEQQlemp3l88CjZ+DoZ2faM9R4QxZkOPJCoT8DlPhfQ3A==";
const SIDE = 32;
/** Colours are rounded to so many steps a channel: nobody sees it at this size, and the file is half as large. */
const STEPS = 32;

interface Entry {
  readonly image: string;
  readonly category: string;
  readonly skin_variations?: Readonly<Record<string, { readonly image: string }>>;
}

export function makeEmoji(folder: string): Splits {
  const data = join(fetchNpm("emoji-datasource-google@16.0.0", SHA512, folder, []), "package");
  const entries = JSON.parse(readFileSync(join(data, "emoji.json"), "utf8")) as Entry[];
  const all = entries.flatMap(({ image, category, skin_variations: variants = {} }) =>
    [image, ...Object.values(variants).map((variant) => variant.image)].map((file) => ({ file, category })),
  );
  shuffle(all);
  const images = all.map(({ file, category }) => ({
    label: emoji.classes.indexOf(category),
    pixels: onWhite(decode(readFileSync(join(data, "img/google/64", file)))),
  }));
  const part = (from: number, count: number): LabelledImages => {
    const some = images.slice(from, from + count);
    return {
      labels: Uint8Array.from(some, ({ label }) => label),
      attributes: [],
      pixels: Buffer.concat(some.map(({ pixels }) => pixels)),
    };
  };
  return { train: part(0, emoji.trainCount), test: part(emoji.trainCount, emoji.testCount) };
}

/** So that both splits have of everything. */
function shuffle<T>(items: T[]): void {
  const r = random(1, STREAMS.shuffle, 0);
  for (let i = items.length - 1; i > 0; i--) {
    const j = r.integer(i + 1);
    const [a, b] = [items[i], items[j]];
    if (a === undefined || b === undefined) continue;
    items[i] = b;
    items[j] = a;
  }
}

/** Each pixel is the mean of four, in front of white. */
function onWhite(image: DecodedPng): Uint8Array {
  const { width } = image;
  if (width !== 2 * SIDE) throw new Error(`An emoji is ${width} pixels wide, not ${2 * SIDE}.`);
  const out = new Uint8Array(SIDE * SIDE * 3);
  for (let i = 0; i < SIDE * SIDE; i++) {
    const corner = 2 * Math.floor(i / SIDE) * width + 2 * (i % SIDE);
    const four = [corner, corner + 1, corner + width, corner + width + 1].map((at) => colourAt(image, at));
    for (let c = 0; c < 3; c++) {
      const mean = four.reduce((sum, { rgb, alpha }) => sum + alpha * (rgb[c] ?? 0) + (1 - alpha) * 255, 0) / 4;
      out[3 * i + c] = Math.round((Math.round((mean / 255) * (STEPS - 1)) * 255) / (STEPS - 1));
    }
  }
  return out;
}

/** The colour of a pixel, and its opacity from 0 to 1, whatever kind of PNG it is. */
function colourAt({ data, channels, palette }: DecodedPng, at: number): { rgb: readonly number[]; alpha: number } {
  const values = palette?.[data[at] ?? 0] ?? Array.from(data.subarray(channels * at, channels * (at + 1)));
  const [first = 0, second = 255] = values;
  if (values.length < 3) return { rgb: [first, first, first], alpha: second / 255 };
  return { rgb: values.slice(0, 3), alpha: (values[3] ?? 255) / 255 };
}
