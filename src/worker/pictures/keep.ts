/** Keeps a collection as an image set in this browser: the same files as those of the sets that come with the page. */
import { CHUNK_IMAGES, type ChunkEntry, type ImageManifest, manifestName } from "../../core/datasets/manifest";
import { FEWEST_PICTURES, isHeldOut, ownPicturesFolder, ownPicturesId } from "../../core/datasets/own/pictures";
import { platformSubtle } from "../../engine/data";
import type { KeptPictures } from "../protocol-pictures";
import { type Collection, rgba } from "./collection";
import { keepFiles } from "./kept-files";

/** Pictures a side of the one for menus. */
const THUMBNAILS = 2;

/** @throws Error in a sentence where there is nothing to keep or no room */
export async function keepCollection(collection: Collection, name: string): Promise<KeptPictures> {
  const { settings } = collection;
  const { labels, names } = collection.labels();
  const count = labels.length;
  if (settings === null || count < FEWEST_PICTURES) throw new Error("There are no pictures to keep yet.");
  const { side, colour } = settings;
  const channels = colour ? 3 : 1;
  const size = side * side * channels;
  const pixels = collection.pixels();
  const hash = (await sha256(joined(labels, pixels))).slice(0, 16);
  const all = Array.from({ length: count }, (_, i) => i);
  const splits = { train: all.filter((i) => !isHeldOut(i)), test: all.filter(isHeldOut) };
  const held = splits.test.length;
  const id = ownPicturesId({ side, channels, count: count - held, held, classes: names.length, hash });
  const folder = ownPicturesFolder(id);
  const chunks: ChunkEntry[] = [];
  const files: [string, ArrayBuffer][] = [];
  for (const split of ["train", "test"] as const) {
    for (let first = 0; first < splits[split].length; first += CHUNK_IMAGES) {
      const own = splits[split].slice(first, first + CHUNK_IMAGES);
      const ofOwn = new Uint8Array(own.length * size);
      for (const [at, i] of own.entries()) ofOwn.set(pixels.subarray(i * size, (i + 1) * size), at * size);
      const packed = await gzipped(
        joined(
          Uint8Array.from(own, (i) => labels[i] ?? 0),
          ofOwn,
        ),
      );
      const file = `${split}-${first / CHUNK_IMAGES}.bin`;
      files.push([`${folder}/${file}`, packed]);
      const sum = await sha256(new Uint8Array(packed));
      chunks.push({ file, split, count: own.length, bytes: packed.byteLength, sha256: sum });
    }
  }
  const countsOf = (split: keyof typeof splits) =>
    names.map((_, c) => splits[split].filter((i) => labels[i] === c).length);
  const manifest: ImageManifest = {
    format: 1,
    dataset: manifestName({ path: folder }),
    shape: [side, side, channels],
    chunks,
    countsPerClass: { train: countsOf("train"), test: countsOf("test") },
  };
  files.push([`${folder}/manifest.json`, new TextEncoder().encode(JSON.stringify(manifest)).buffer]);
  try {
    await keepFiles(files);
  } catch (error) {
    const full = error instanceof DOMException && error.name === "QuotaExceededError";
    throw new Error(
      full
        ? "The browser has no room left for these pictures: remove other sets, or choose a smaller size."
        : "The browser does not allow this page to keep anything, so the pictures cannot be used. Private windows often forbid it.",
    );
  }
  const first = Array.from({ length: THUMBNAILS ** 2 }, (_, i) => {
    const at = (i % labels.length) * size;
    return pixels.subarray(at, at + size);
  });
  const bytes = files.reduce((sum, [, content]) => sum + content.byteLength, 0);
  return { id, name, classes: names, bytes, thumbnail: tiled(rgba(first, side), side) };
}

function joined(...parts: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  const out = new Uint8Array(parts.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const part of parts) {
    out.set(part, at);
    at += part.length;
  }
  return out;
}

async function gzipped(content: Uint8Array<ArrayBuffer>): Promise<ArrayBuffer> {
  return await new Response(new Blob([content]).stream().pipeThrough(new CompressionStream("gzip"))).arrayBuffer();
}

/** In hexadecimal. Without a secure context there is none; then a plain checksum tells sets apart. */
async function sha256(content: Uint8Array<ArrayBuffer>): Promise<string> {
  const subtle = platformSubtle();
  const sum = subtle === null ? fnv(content) : new Uint8Array(await subtle.digest("SHA-256", content));
  return Array.from(sum, (byte) => byte.toString(16).padStart(2, "0")).join("");
}

/** FNV-1a by Fowler, Noll and Vo from eight starts, 32 bytes. */
function fnv(content: Uint8Array): Uint8Array {
  const sums = new Uint32Array(8).map((_, i) => 0x811c9dc5 + i);
  for (const byte of content) for (const [i, sum] of sums.entries()) sums[i] = Math.imul(sum ^ byte, 0x01000193);
  return new Uint8Array(sums.buffer);
}

/** Four pictures one after the other as one of two by two. */
function tiled(pictures: Uint8ClampedArray, side: number): Uint8ClampedArray<ArrayBuffer> {
  const out = new Uint8ClampedArray(pictures.length);
  const row = 4 * side;
  for (let k = 0; k < THUMBNAILS ** 2; k++) {
    for (let y = 0; y < side; y++) {
      const from = (k * side + y) * row;
      const to = ((Math.floor(k / THUMBNAILS) * side + y) * THUMBNAILS + (k % THUMBNAILS)) * row;
      out.set(pictures.subarray(from, from + row), to);
    }
  }
  return out;
}
