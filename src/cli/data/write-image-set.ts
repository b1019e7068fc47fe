/**
 * Writes an image set as the page loads it: chunks, their manifest, and a small picture for menus. Where the images come from is the
 * files beside this one; the reader is src/engine/image-set.ts.
 */
import { createHash } from "node:crypto";
import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { encode } from "fast-png";
import type { ImageDataset } from "../../core/datasets";
import { CHUNK_IMAGES, type ChunkEntry, type ImageManifest, manifestName } from "../../core/datasets/manifest";

/** Images of one split with what is known of them. */
export interface LabelledImages {
  readonly labels: Uint8Array; // [count]
  /** Bytes of each of the data set's attributes, [count] each. */
  readonly attributes: readonly Uint8Array[];
  readonly pixels: Uint8Array; // [count, h, w, c], before enlarging
}

export type Splits = Readonly<Record<"train" | "test", LabelledImages>>;

/** Images a side of the picture for menus, and which: the first ones. */
const THUMBNAILS = 2;

/**
 * Writes the set under `publicFolder` and returns the manifest that it wrote.
 * The gzip header carries no time and no system, but other zlib versions may compress to other bytes of the same content.
 * @throws Error when the images are not what the dataset says
 */
export function writeImageSet(dataset: ImageDataset, splits: Splits, publicFolder: string): ImageManifest {
  const target = join(publicFolder, dataset.path);
  rmSync(target, { recursive: true, force: true });
  mkdirSync(target, { recursive: true });
  const [height, width, channels] = fileShape(dataset);
  const size = height * width * channels;
  const chunks: ChunkEntry[] = [];
  const countsPerClass: ImageManifest["countsPerClass"] = { train: [], test: [] };
  for (const split of ["train", "test"] as const) {
    checkSplit(dataset, split, splits[split]);
    const { labels, attributes, pixels } = splits[split];
    countsPerClass[split] = dataset.classes.map((_, c) => labels.filter((label) => label === c).length);
    for (let first = 0; first < labels.length; first += CHUNK_IMAGES) {
      const last = Math.min(first + CHUNK_IMAGES, labels.length);
      const columns = [labels, ...attributes].map((column) => column.subarray(first, last));
      const packed = gzipSync(Buffer.concat([...columns, pixels.subarray(first * size, last * size)]), { level: 9 });
      packed[9] = 255; // the header's "operating system": unknown, so that every system writes the same
      const file = `${split}-${first / CHUNK_IMAGES}.bin`; // not .gz: hosts would declare and undo the compression
      writeFileSync(join(target, file), packed);
      const sha256 = createHash("sha256").update(packed).digest("hex");
      chunks.push({ file, split, count: last - first, bytes: packed.length, sha256 });
    }
  }
  const manifest: ImageManifest = {
    format: 1,
    dataset: manifestName(dataset),
    shape: [height, width, channels],
    chunks,
    countsPerClass,
  };
  writeFileSync(join(target, "manifest.json"), `${JSON.stringify(manifest, null, 2)}\n`);
  writeFileSync(join(target, "thumbnail.png"), thumbnail([height, width, channels], splits.train.pixels));
  return manifest;
}

function fileShape({ shape: [height, width, channels], enlarge = 1 }: ImageDataset): [number, number, number] {
  return [height / enlarge, width / enlarge, channels];
}

/** The first images in a square. Grey ones become ink on nothing, to be shown in any colour. */
function thumbnail([height, width, channels]: [number, number, number], pixels: Uint8Array): Uint8Array {
  const outWidth = THUMBNAILS * width;
  const data = new Uint8Array(4 * outWidth * THUMBNAILS * height);
  for (let i = 0; i < data.length / 4; i++) {
    const [x, y] = [i % outWidth, Math.floor(i / outWidth)];
    const image = THUMBNAILS * Math.floor(y / height) + Math.floor(x / width);
    const from = ((image * height + (y % height)) * width + (x % width)) * channels;
    const colour = channels === 1 ? [0, 0, 0, pixels[from] ?? 0] : [...pixels.subarray(from, from + 3), 255];
    data.set(colour, 4 * i);
  }
  return encode({ width: outWidth, height: THUMBNAILS * height, data, channels: 4 });
}

function checkSplit(dataset: ImageDataset, split: keyof Splits, { labels, attributes, pixels }: LabelledImages): void {
  const count = split === "train" ? dataset.trainCount : dataset.testCount;
  const shape = fileShape(dataset);
  const size = shape.reduce((a, b) => a * b, 1);
  const expected = dataset.attributes?.length ?? 0;
  if (labels.length !== count || pixels.length !== count * size || attributes.length !== expected) {
    throw new Error(
      `The ${split} split of ${dataset.id} has ${labels.length} labels, ${attributes.length} attributes and ${pixels.length} bytes; ` +
        `expected are ${count}, ${expected}, and ${count} images of ${shape.join(" × ")}.`,
    );
  }
  for (const [i, column] of [labels, ...attributes].entries()) {
    const values = i === 0 ? dataset.classes : dataset.attributes?.[i - 1]?.values;
    const strange = values === undefined ? undefined : column.find((value) => value >= values.length);
    if (strange !== undefined) throw new Error(`${strange} in the ${split} split of ${dataset.id} has no name.`);
    if (column.length !== count) throw new Error(`An attribute of ${dataset.id} has ${column.length} values.`);
  }
}
