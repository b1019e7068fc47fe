/** Files under public/ as the engine's fetchers see them, from the disk. */
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { FileMissingError } from "../../src/engine/data";

const PUBLIC = join(import.meta.dirname, "../../public");

/** Reads a file by its path relative to the page. @throws FileMissingError when there is none. */
export async function readPublicFile(path: string): Promise<ArrayBuffer> {
  try {
    const bytes = await readFile(join(PUBLIC, path));
    return Uint8Array.from(bytes).buffer;
  } catch {
    throw new FileMissingError(`there is no public/${path}`);
  }
}
