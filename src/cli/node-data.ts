/** Real data for the terminal: the same sources as the worker's, with files read from public/. */
import { readFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { DATASETS, type DatasetId } from "../core/datasets";
import { FileMissingError, ImageSet, imageSource, pointSource, type RealSource } from "../engine/data";

const PUBLIC = new URL("../../public/", import.meta.url);
const imageSets = new Map<DatasetId, ImageSet>();

/** The source of a dataset; image sets are read once a process. */
export function nodeSource(id: DatasetId): RealSource {
  const dataset = DATASETS[id];
  if (dataset.kind === "points") return pointSource(dataset);
  let set = imageSets.get(id);
  if (set === undefined) {
    set = new ImageSet(dataset, { fetch: readPublicFile });
    imageSets.set(id, set);
  }
  return imageSource(set);
}

/** Reads a file by its path relative to the page. @throws FileMissingError when there is none. */
export async function readPublicFile(path: string): Promise<ArrayBuffer> {
  try {
    return Uint8Array.from(await readFile(fileURLToPath(new URL(path, PUBLIC)))).buffer;
  } catch {
    throw new FileMissingError(`there is no public/${path}`);
  }
}
