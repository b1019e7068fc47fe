/** Real data for the terminal: the same sources as the worker's, with files read from public/. */
import { readFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { DATASETS, type DatasetId } from "../core/datasets";
import { ImageSet, imageSource, pointSource, type RealSource } from "../engine/data";

const PUBLIC = new URL("../../public/", import.meta.url);
const imageSets = new Map<DatasetId, ImageSet>();

/** The source of a dataset; image sets are read once a process. */
export function nodeSource(id: DatasetId): RealSource {
  const dataset = DATASETS[id];
  if (dataset.kind === "points") return pointSource(dataset);
  let set = imageSets.get(id);
  if (set === undefined) {
    set = new ImageSet(dataset, { fetch: readPublic });
    imageSets.set(id, set);
  }
  return imageSource(set);
}

async function readPublic(path: string): Promise<ArrayBuffer> {
  const bytes = await readFile(fileURLToPath(new URL(path, PUBLIC)));
  return bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength) as ArrayBuffer;
}
