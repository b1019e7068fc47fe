/** The pictures that a person has added, as the set that they will be. Keeps what each came from, so that size and crop can change. */
import { errorSentence } from "../../core/errors";
import type { Collected, Crop, NamedFile, PictureSettings } from "../protocol-pictures";
import { makePicture } from "./make";
import { findSources, type Source, type Wrong } from "./sources";

/** Pictures that the page shows beforehand. */
const PREVIEWS = 48;
/** Pictures decoded at once. */
const AT_ONCE = 8;
/** Names of wrong files that the page is told. */
const MOST_TOLD = 200;

interface Picture {
  readonly source: Source;
  crop?: Crop;
  pixels: Uint8Array; // [side, side, channels]
}

export class Collection {
  #pictures: Picture[] = [];
  #wrong: Wrong[] = [];
  #settings: PictureSettings | null = null;
  readonly #onProgress: (done: number, total: number) => void;

  constructor(onProgress: (done: number, total: number) => void) {
    this.#onProgress = onProgress;
  }

  async add(files: readonly NamedFile[], settings: PictureSettings): Promise<Collected> {
    if (this.#pictures.length > 0 && !same(this.#settings, settings)) await this.change(settings);
    this.#settings = settings;
    const { sources, wrong } = await findSources(files);
    this.#wrong.push(...wrong);
    await this.#some(sources, async (source) => {
      try {
        const pixels = await makePicture(source, settings, undefined);
        return () => this.#pictures.push({ source, pixels });
      } catch (error) {
        const reason = errorSentence(error);
        return () => this.#wrong.push({ path: source.path, reason });
      }
    });
    return this.collected();
  }

  async change(settings: PictureSettings): Promise<Collected> {
    this.#settings = settings;
    await this.#some(this.#pictures, async (picture) => {
      const pixels = await makePicture(picture.source, settings, picture.crop);
      return () => {
        picture.pixels = pixels;
      };
    });
    return this.collected();
  }

  /** Works on items a few at a time, as decoding waits for the browser; what each gives is done in their order. */
  async #some<T>(items: readonly T[], work: (item: T) => Promise<() => void>): Promise<void> {
    this.#onProgress(0, items.length);
    for (let first = 0; first < items.length; first += AT_ONCE) {
      const some = items.slice(first, first + AT_ONCE);
      for (const done of await Promise.all(some.map(work))) done();
      this.#onProgress(first + some.length, items.length);
    }
  }

  async crop(index: number, crop: Crop): Promise<Collected> {
    const picture = this.#pictures[index];
    if (picture !== undefined && this.#settings !== null) {
      picture.crop = crop;
      picture.pixels = await makePicture(picture.source, this.#settings, crop);
    }
    return this.collected();
  }

  /** @throws Error where there is no such picture */
  original(index: number): Promise<ImageBitmap> {
    const picture = this.#pictures[index];
    if (picture === undefined) throw new Error("There is no such picture.");
    return picture.source.open();
  }

  clear(): void {
    this.#pictures = [];
    this.#wrong = [];
  }

  collected(): Collected {
    const side = this.#settings?.side ?? 32;
    const some = this.#pictures.slice(0, PREVIEWS);
    const { labels, names } = this.labels();
    const counts = names.map(() => 0);
    for (const label of labels) counts[label] = (counts[label] ?? 0) + 1;
    return {
      count: this.#pictures.length,
      classes: names.map((name, i) => ({ name, count: counts[i] ?? 0 })),
      wrong: this.#wrong.slice(0, MOST_TOLD),
      preview: rgba(
        some.map(({ pixels }) => pixels),
        side,
      ),
      previews: some.length,
      side,
    };
  }

  /** Classes in the order of their names, numbers as numbers; one class where there is nothing to tell them apart. */
  labels(): { readonly labels: Uint8Array; readonly names: readonly string[] } {
    const all = [...new Set(this.#pictures.map(({ source }) => source.label))];
    const names = all.length > 255 ? [""] : all.sort((a, b) => a.localeCompare(b, "en", { numeric: true }));
    const index = new Map(names.map((name, i) => [name, i]));
    return {
      labels: Uint8Array.from(this.#pictures, ({ source }) => index.get(source.label) ?? 0),
      names: names.map((name) => (name === "" ? "pictures" : name)),
    };
  }

  /** All pixels [count, side, side, channels]. */
  pixels(): Uint8Array {
    const size = this.#pictures[0]?.pixels.length ?? 0;
    const out = new Uint8Array(size * this.#pictures.length);
    for (const [i, { pixels }] of this.#pictures.entries()) out.set(pixels, i * size);
    return out;
  }

  get settings(): PictureSettings | null {
    return this.#settings;
  }
}

const same = (a: PictureSettings | null, b: PictureSettings) => JSON.stringify(a) === JSON.stringify(b);

/** Pictures of one or three channels as RGBA bytes. */
export function rgba(pictures: readonly Uint8Array[], side: number): Uint8ClampedArray<ArrayBuffer> {
  const out = new Uint8ClampedArray(4 * side * side * pictures.length);
  for (const [k, pixels] of pictures.entries()) {
    const channels = pixels.length / (side * side);
    for (let i = 0; i < side * side; i++) {
      const to = 4 * (k * side * side + i);
      for (let c = 0; c < 3; c++) out[to + c] = pixels[i * channels + Math.min(c, channels - 1)] ?? 0;
      out[to + 3] = 255;
    }
  }
  return out;
}
