/** Files out of what a person drops, pastes or picks, with their places in folders. Reads names only, no contents. */
import type { NamedFile } from "../../worker/protocol-pictures";

/** More than any set takes; a disk dropped by mistake must end. */
const MOST_FILES = 50_000;

/** To be called within the event: a browser empties what was dropped right after. */
export function droppedFiles({ items, files }: DataTransfer): Promise<NamedFile[]> {
  const entries = Array.from(items, (item) => (item.kind === "file" ? item.webkitGetAsEntry() : null));
  const found = entries.filter((entry) => entry !== null);
  return found.length === 0 ? Promise.resolve(pickedFiles(files)) : walk(found);
}

/** Of an input, also of one for folders, or of the clipboard. */
export function pickedFiles(files: Iterable<File>): NamedFile[] {
  return Array.from(files, (file) => ({ path: file.webkitRelativePath || file.name, file })).slice(0, MOST_FILES);
}

async function walk(entries: readonly FileSystemEntry[]): Promise<NamedFile[]> {
  const out: NamedFile[] = [];
  const waiting = [...entries];
  for (let entry = waiting.shift(); entry !== undefined && out.length < MOST_FILES; entry = waiting.shift()) {
    const path = entry.fullPath.replace(/^\//, "");
    if (isFile(entry)) out.push({ path, file: await fileOf(entry) });
    else if (isFolder(entry)) waiting.push(...(await inside(entry)));
  }
  return out;
}

const isFile = (entry: FileSystemEntry): entry is FileSystemFileEntry => entry.isFile;
const isFolder = (entry: FileSystemEntry): entry is FileSystemDirectoryEntry => entry.isDirectory;

const fileOf = (entry: FileSystemFileEntry) => new Promise<File>((resolve, reject) => entry.file(resolve, reject));

/** A reader gives a hundred entries at a time, and none once there are no more. */
async function inside(folder: FileSystemDirectoryEntry): Promise<FileSystemEntry[]> {
  const reader = folder.createReader();
  const all: FileSystemEntry[] = [];
  for (;;) {
    const some = await new Promise<FileSystemEntry[]>((resolve, reject) => reader.readEntries(resolve, reject));
    if (some.length === 0) return all;
    all.push(...some);
  }
}
