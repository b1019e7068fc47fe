/**
 * Avatars by DiceBear's generator: one for each seed 0, 1, 2, ..., without those that were there before. Not what a style draws, nor what
 * is known of its avatars: faces.ts and line-faces.ts.
 */
import { createHash } from "node:crypto";
import type { ImageDataset } from "../../core/datasets";
import { installNpm } from "./packages";
import type { LabelledImages, Splits } from "./write-image-set";

/** What @dicebear/core exports, as far as it is used here. */
interface DiceBear {
  createAvatar(
    style: unknown,
    options: Readonly<Record<string, unknown>>,
  ): { toString(): string; toJson(): { readonly extra: Known } };
}

/** What @resvg/resvg-js exports, as far as it is used here. */
interface Renderer {
  readonly Resvg: new (
    svg: string,
    options: Readonly<Record<string, unknown>>,
  ) => { render(): { readonly pixels: Uint8Array } };
}

/** What the generator says of an avatar: its parts and colours by name. */
export type Known = Readonly<Record<string, unknown>>;

export interface AvatarStyle {
  /** Its npm package is @dicebear/NAME, of the same version as the generator. */
  readonly name: string;
  /** For the generator, beside the seed. */
  readonly options: Known;
  /** Pixels a side at which it is drawn. */
  readonly width: number;
  /** On what, where the design has no ground of its own. */
  readonly background?: string;
  /** The drawing before it is rendered. */
  crop?(svg: string): string;
  /** An image of the set from the drawing's pixels [width, width, 4]. */
  pixels(rgba: Uint8Array): Uint8Array;
  label(known: Known): number;
  /** In the order of the set's attributes. */
  attributes(known: Known): readonly number[];
}

const VERSION = "9.4.3";

/** @param folder an empty one, for the packages */
export async function makeAvatars(dataset: ImageDataset, style: AvatarStyle, folder: string): Promise<Splits> {
  const { name, width, background, crop = (svg) => svg } = style;
  const packages = [`@dicebear/core@${VERSION}`, "@resvg/resvg-js@2.6.2", `@dicebear/${name}@${VERSION}`];
  const load = installNpm(packages, folder);
  const { createAvatar } = await load<DiceBear>("@dicebear/core");
  const { Resvg } = await load<Renderer>("@resvg/resvg-js");
  const design = await load<unknown>(`@dicebear/${name}`);
  const options = { fitTo: { mode: "width", value: width }, ...(background === undefined ? {} : { background }) };
  const seen = new Set<string>();
  let seed = 0;
  const next = (): { readonly pixels: Uint8Array; readonly known: Known } => {
    for (;;) {
      const avatar = createAvatar(design, { seed: String(seed++), ...style.options });
      const pixels = style.pixels(new Resvg(crop(avatar.toString()), options).render().pixels);
      const sum = createHash("sha256").update(pixels).digest("hex");
      if (seen.has(sum)) continue;
      seen.add(sum);
      return { pixels, known: avatar.toJson().extra };
    }
  };
  const take = (count: number): LabelledImages => {
    const all = Array.from({ length: count }, next);
    const rows = all.map(({ known }) => style.attributes(known));
    return {
      labels: Uint8Array.from(all, ({ known }) => style.label(known)),
      attributes: (dataset.attributes ?? []).map((_, i) => Uint8Array.from(rows, (row) => row[i] ?? 255)),
      pixels: Buffer.concat(all.map(({ pixels }) => pixels)),
    };
  };
  return { train: take(dataset.trainCount), test: take(dataset.testCount) };
}
