/**
 * From files to pictures: images, archives of them, arrays. Says of every file that holds none why. Decodes nothing yet: a source
 * is opened when its picture is made.
 */
import { unzipSync } from "fflate";
import { MOST_PICTURES } from "../../core/datasets/own/pictures";
import { errorSentence } from "../../core/errors";
import { parseIdx } from "../../core/files/idx";
import { imagesOf } from "../../core/files/image-array";
import { NPY_MAGIC, parseNpy } from "../../core/files/npy";
import type { NamedFile } from "../protocol-pictures";

/** One picture to be. */
export interface Source {
  readonly path: string;
  /** Its class, a folder's name or a number; empty where it has none. */
  readonly label: string;
  open(): Promise<ImageBitmap>;
}

export interface Wrong {
  readonly path: string;
  readonly reason: string;
}

export interface Found {
  readonly sources: readonly Source[];
  readonly wrong: readonly Wrong[];
}

/** No picture for a set this small is larger, and unpacking must end. */
const MOST_BYTES = 64e6;
const MOST_UNPACKED_BYTES = 1e9;
/** Files of a size that arrays have. */
const MOST_ARRAY_BYTES = 512e6;

/** Files looked into at once: reading the beginning of one means asking the browser, which takes a while. */
const AT_ONCE = 16;

/** A file, or what an archive held in its place. */
interface Item {
  readonly path: string;
  readonly content: Blob | Uint8Array<ArrayBuffer>;
}

/** An array of pictures or of labels that was found, until they are put together. */
interface FoundArray {
  readonly path: string;
  readonly shape: readonly number[];
  readonly data: ArrayLike<number>;
}

/** Finds the pictures in files. Never throws: what cannot be used is in `wrong`. */
export async function findSources(files: readonly NamedFile[]): Promise<Found> {
  const sources: Source[] = [];
  const wrong: Wrong[] = [];
  const arrays: FoundArray[] = [];
  let items: readonly Item[] = files.map(({ path, file }) => ({ path, content: file }));
  // What archives hold comes after what lies beside them.
  while (items.length > 0) {
    const inside: Item[] = [];
    const visible = items.filter(({ path }) => !isHidden(path));
    for (let first = 0; first < visible.length; first += AT_ONCE) {
      const some = visible.slice(first, first + AT_ONCE);
      const starts = await Promise.all(some.map(startOf));
      for (const [i, item] of some.entries()) {
        try {
          await sort(item, starts[i] ?? null, { sources, arrays, inside });
        } catch (error) {
          wrong.push({ path: item.path, reason: errorSentence(error) });
        }
      }
    }
    items = inside;
  }
  const fromArrays = joinArrays(arrays);
  sources.push(...fromArrays.sources);
  wrong.push(...fromArrays.wrong);
  if (sources.length > MOST_PICTURES) {
    const left = sources.length - MOST_PICTURES;
    wrong.push({
      path: `${left} more`,
      reason: `A set has at most ${MOST_PICTURES} pictures; the first ones are used.`,
    });
    sources.length = MOST_PICTURES;
  }
  return { sources, wrong };
}

/** Puts an item where it belongs, by how it begins. @throws Error in a sentence where it is of no use */
async function sort(
  item: Item,
  start: Uint8Array | null,
  to: { readonly sources: Source[]; readonly arrays: FoundArray[]; readonly inside: Item[] },
): Promise<void> {
  const { path, content } = item;
  if (start === null) throw new Error("The file cannot be read.");
  if (start.length === 0) throw new Error("The file is empty.");
  if (begins(start, [0x50, 0x4b, 3, 4])) to.inside.push(...unzipped(path, await bytesOf(content)));
  else if (begins(start, [0x1f, 0x8b])) to.inside.push(await gunzipped(path, content));
  else if (begins(start, [0, 0, 8]) && (start[3] ?? 9) <= 4) {
    to.arrays.push({ path, ...parseIdx(await bytesOf(content)) });
  } else if (begins(start, NPY_MAGIC)) to.arrays.push({ path, ...parseNpy(await bytesOf(content)) });
  else if (isImage(start)) to.sources.push(imageSource(path, content));
  else throw new Error("This is no picture, archive or array that can be read here.");
}

/** The first bytes; null where they cannot be read. */
async function startOf({ content }: Item): Promise<Uint8Array | null> {
  if (content instanceof Uint8Array) return content.subarray(0, 16);
  try {
    return new Uint8Array(await content.slice(0, 16).arrayBuffer());
  } catch {
    return null;
  }
}

/** Files that systems put beside those of people. */
function isHidden(path: string): boolean {
  return path.split("/").some((part) => part.startsWith(".") || part === "__MACOSX" || part === "Thumbs.db");
}

const begins = (bytes: Uint8Array, magic: readonly number[]) => magic.every((byte, i) => bytes[i] === byte);

const IMAGES: readonly (readonly number[])[] = [
  [0x89, 0x50, 0x4e, 0x47], // PNG
  [0xff, 0xd8, 0xff], // JPEG
  [0x47, 0x49, 0x46, 0x38], // GIF
  [0x42, 0x4d], // BMP
];

function isImage(start: Uint8Array): boolean {
  const word = (from: number) => String.fromCharCode(...start.subarray(from, from + 4));
  return (
    IMAGES.some((magic) => begins(start, magic)) ||
    (word(0) === "RIFF" && word(8) === "WEBP") ||
    (word(4) === "ftyp" && /avif|avis/.test(word(8)))
  );
}

function imageSource(path: string, content: Item["content"]): Source {
  if (sizeOf(content) > MOST_BYTES) throw new Error("The file is larger than 64 MB.");
  return {
    path,
    label: folderOf(path),
    async open() {
      try {
        return await createImageBitmap(blobOf(content));
      } catch {
        throw new Error("The picture is damaged, or of a kind that this browser cannot show.");
      }
    },
  };
}

/** The innermost folder's name; empty for a file in none. */
const folderOf = (path: string) => path.split("/").at(-2) ?? "";

const sizeOf = (content: Item["content"]) => (content instanceof Blob ? content.size : content.length);
const blobOf = (content: Item["content"]) => (content instanceof Blob ? content : new Blob([content]));

async function bytesOf(content: Item["content"]): Promise<Uint8Array> {
  if (sizeOf(content) > MOST_ARRAY_BYTES) throw new Error("The file is larger than 512 MB.");
  return content instanceof Uint8Array ? content : new Uint8Array(await content.arrayBuffer());
}

async function gunzipped(path: string, content: Item["content"]): Promise<Item> {
  try {
    const unpacked = new Response(blobOf(content).stream().pipeThrough(new DecompressionStream("gzip")));
    return { path: path.replace(/\.gz$/, ""), content: new Uint8Array(await unpacked.arrayBuffer()) };
  } catch {
    throw new Error("The archive is damaged: it does not unpack.");
  }
}

function unzipped(path: string, bytes: Uint8Array): Item[] {
  let total = 0;
  let files: ReturnType<typeof unzipSync>;
  try {
    files = unzipSync(bytes, {
      filter({ name, originalSize }) {
        if (name.endsWith("/") || isHidden(name)) return false;
        total += originalSize;
        if (total > MOST_UNPACKED_BYTES) throw new RangeError("The archive holds more than 1 GB.");
        return true;
      },
    });
  } catch (error) {
    throw error instanceof RangeError ? error : new Error("The archive is damaged: it does not unpack.");
  }
  const inside = Object.entries(files);
  if (inside.length === 0) throw new Error("The archive is empty.");
  return inside.map(([name, content]) => ({
    path: `${path}/${name}`,
    content: content as Uint8Array<ArrayBuffer>, // fflate shares no memory
  }));
}

/** Pictures from arrays, each with its labels where a list as long was found beside it. */
function joinArrays(arrays: readonly FoundArray[]): Found {
  const sources: Source[] = [];
  const wrong: Wrong[] = [];
  const lists = arrays.filter(({ shape }) => shape.length === 1);
  const used = new Set<FoundArray>();
  for (const { path, shape, data } of arrays) {
    if (shape.length === 1) continue;
    try {
      const images = imagesOf(shape, data);
      const labels = lists.find((list) => !used.has(list) && list.shape[0] === images.count);
      if (labels !== undefined) used.add(labels);
      const size = Math.min(images.count, MOST_PICTURES + 1);
      for (let i = 0; i < size; i++) {
        sources.push({
          path: `${path}, picture ${i + 1}`,
          label: labels === undefined ? "" : String(labels.data[i]),
          open: () => createImageBitmap(new ImageData(images.rgba(i), images.width)),
        });
      }
    } catch (error) {
      wrong.push({ path, reason: errorSentence(error) });
    }
  }
  for (const list of lists) {
    if (used.has(list)) continue;
    wrong.push({ path: list.path, reason: `These ${list.shape[0]} labels belong to no array of as many pictures.` });
  }
  return { sources, wrong };
}
