/** Real data for the terminal: the same sources as the worker's, with files read from public/. */
import { readFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { type DatasetId, datasetOf, type ImageDataset } from "../core/datasets";
import { FileMissingError, ImageSet, imageSource, pointSource, type RealSource } from "../engine/data";

const PUBLIC = new URL("../../public/", import.meta.url);
const imageSets = new Map<string, ImageSet>();

/** The source of a dataset. */
export function nodeSource(id: DatasetId): RealSource {
  const dataset = datasetOf(id);
  return dataset.kind === "points" ? pointSource(dataset) : imageSource(nodeImages(dataset));
}

/** An image set, read once a process. */
export function nodeImages(dataset: ImageDataset): ImageSet {
  const known = imageSets.get(dataset.id);
  if (known !== undefined) return known;
  const set = new ImageSet(dataset, { fetch: readPublicFile });
  imageSets.set(dataset.id, set);
  return set;
}

/** Reads a file by its path relative to the page. @throws FileMissingError when there is none. */
export async function readPublicFile(path: string): Promise<ArrayBuffer> {
  try {
    return Uint8Array.from(await readFile(fileURLToPath(new URL(path, PUBLIC)))).buffer;
  } catch {
    throw new FileMissingError(`there is no public/${path}`);
  }
}
