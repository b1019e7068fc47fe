/** Files of a person's own picture sets, kept in this browser (IndexedDB): written by the pictures' worker, read by the training one. */
import { createStore, delMany, get, keys, setMany, type UseStore } from "idb-keyval";
import { FileElsewhereError } from "../../engine/data";

let opened: UseStore | undefined;
const store = (): UseStore => {
  opened ??= createStore("gan-playground-pictures", "files");
  return opened;
};

/** @param files by path @throws QuotaExceededError where there is no room */
export async function keepFiles(files: readonly (readonly [path: string, content: ArrayBuffer])[]): Promise<void> {
  await setMany(
    files.map(([path, content]): [IDBValidKey, ArrayBuffer] => [path, content]),
    store(),
  );
}

/** @throws FileElsewhereError where it is not kept here */
export async function keptFile(path: string): Promise<ArrayBuffer> {
  const content = await get<unknown>(path, store());
  if (content instanceof ArrayBuffer) return content;
  throw new FileElsewhereError("they stay in the browser that they were added in");
}

/** Removes all files below a folder. */
export async function removeFiles(folder: string): Promise<void> {
  const all = await keys(store());
  await delMany(
    all.filter((key) => typeof key === "string" && key.startsWith(`${folder}/`)),
    store(),
  );
}
