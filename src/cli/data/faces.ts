/** Pixel faces by DiceBear's generator: one for each seed 0, 1, 2, ..., without those that were there before. */
import { createHash } from "node:crypto";
import { BACKGROUND, CLOTHES, faces16, HAIR_COLOURS, SKINS } from "../../core/datasets/faces";
import { installNpm } from "./packages";
import type { LabelledImages, Splits } from "./write-image-set";

/** What @dicebear/core exports, as far as it is used here. */
export interface DiceBear {
  createAvatar(
    style: unknown,
    options: Readonly<Record<string, unknown>>,
  ): { toString(): string; toJson(): { readonly extra: Readonly<Record<string, unknown>> } };
}

/** What @resvg/resvg-js exports, as far as it is used here. */
export interface Renderer {
  readonly Resvg: new (
    svg: string,
    options: Readonly<Record<string, unknown>>,
  ) => { render(): { readonly pixels: Uint8Array } };
}

export const PACKAGES = ["@dicebear/core@9.4.3", "@resvg/resvg-js@2.6.2"] as const;

const SIDE = 16;

export async function makeFaces(folder: string): Promise<Splits> {
  const load = installNpm([...PACKAGES, "@dicebear/pixel-art@9.4.3"], folder);
  const { createAvatar } = await load<DiceBear>("@dicebear/core");
  const { Resvg } = await load<Renderer>("@resvg/resvg-js");
  const style = await load<unknown>("@dicebear/pixel-art");
  const seen = new Set<string>();
  let seed = 0;
  const next = (): { readonly pixels: Uint8Array; readonly known: Readonly<Record<string, unknown>> } => {
    for (;;) {
      const options = { seed: String(seed++), backgroundColor: [BACKGROUND] };
      const avatar = createAvatar(style, options);
      // The design is squares on a grid of 16: at this size every square is a pixel, whole.
      const rgba = new Resvg(avatar.toString(), { fitTo: { mode: "width", value: SIDE } }).render().pixels;
      const pixels = new Uint8Array(SIDE * SIDE * 3);
      for (let i = 0; i < SIDE * SIDE; i++) pixels.set(rgba.subarray(4 * i, 4 * i + 3), 3 * i);
      const sum = createHash("sha256").update(pixels).digest("hex");
      if (seen.has(sum)) continue;
      seen.add(sum);
      return { pixels, known: avatar.toJson().extra };
    }
  };
  const take = (count: number): LabelledImages => {
    const all = Array.from({ length: count }, next);
    const columns = all.map(({ known }) => attributesOf(known));
    const column = (i: number) => Uint8Array.from(columns, (values) => values[i] ?? 255);
    return {
      labels: Uint8Array.from(all, ({ known }) => group(HAIR_COLOURS, known.hairColor)),
      attributes: (faces16.attributes ?? []).map((_, i) => column(i)),
      pixels: Buffer.concat(all.map(({ pixels }) => pixels)),
    };
  };
  return { train: take(faces16.trainCount), test: take(faces16.testCount) };
}

/** In the order of the set's attributes. */
function attributesOf(known: Readonly<Record<string, unknown>>): number[] {
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
