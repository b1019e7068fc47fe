/** What the built page consists of: its files with their gzipped sizes, by who loads them. Reads dist/; judges nothing. */
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { gzipSync } from "node:zlib";

const DIST = "dist";
/** The chunk of the lab, which nobody fetches who does not open it, and its style sheet. */
const LAB = /^lab-/;

export interface BundleFile {
  readonly file: string;
  readonly kilobytes: number; // gzipped, of 1000 bytes
  /** "lab": fetched only when somebody opens the lab. */
  readonly part: "page" | "lab" | "worker" | "other";
  /** Of the page: the browser needs it before anything shows. What else is the page's is fetched when it is asked for. */
  readonly first: boolean;
}

/** Scripts, styles and WebAssembly of the built page, by part and then by size. @throws when there is no build */
export function bundleFiles(): BundleFile[] {
  const html = readFileSync(join(DIST, "index.html"), "utf8");
  const assets = readdirSync(join(DIST, "assets"));
  const page = reachable(html, assets, (file) => !LAB.test(file));
  const all = reachable(html, assets, () => true);
  const first = reachable(html, assets, () => true, "before it runs");
  const part = (file: string) =>
    page.has(file) ? "page" : all.has(file) ? "lab" : /worker|wasm/i.test(file) ? "worker" : "other";
  return assets
    .filter((file) => /\.(js|css|wasm)$/.test(file))
    .map((file): BundleFile => {
      const kilobytes = gzipSync(readFileSync(join(DIST, "assets", file))).length / 1000;
      return { file, kilobytes, part: part(file), first: first.has(file) };
    })
    .sort((a, b) => a.part.localeCompare(b.part) || b.kilobytes - a.kilobytes);
}

export const bundleText = (file: string): string => readFileSync(join(DIST, "assets", file), "utf8");

/** Everything that a part can pull in, lazy chunks included. */
export function bundleKilobytes(files: readonly BundleFile[], part: BundleFile["part"]): number {
  return files.filter((file) => file.part === part).reduce((sum, { kilobytes }) => sum + kilobytes, 0);
}

/** What the page needs before anything shows. */
export function firstLoadKilobytes(files: readonly BundleFile[]): number {
  return files.filter(({ first }) => first).reduce((sum, { kilobytes }) => sum + kilobytes, 0);
}

/**
 * Files reached from index.html, but no worker.
 * @param enters whether to follow into a file
 * @param imports what of a script to follow: what it imports before it runs, or also what it may import later
 */
function reachable(
  html: string,
  assets: readonly string[],
  enters: (file: string) => boolean,
  imports: "all" | "before it runs" = "all",
): Set<string> {
  const seen = new Set(assets.filter((file) => html.includes(`assets/${file}`)));
  for (const file of seen) {
    if (!file.endsWith(".js")) continue;
    const code = bundleText(file);
    for (const other of assets) {
      if (seen.has(other) || /worker/i.test(other) || !/\.(js|css)$/.test(other)) continue;
      const named = imports === "all" ? code.includes(other) : importedBefore(code).includes(other);
      if (enters(other) && named) seen.add(other);
    }
  }
  return seen;
}

/** Names of the files that a built script imports before it runs: `import"./x.js"`, `from"./x.js"`; not `import("./x.js")`. */
function importedBefore(code: string): string[] {
  return [...code.matchAll(/\b(?:from|import)\s*["'`]\.\/([^"'`]+)["'`]/g)].map(([, file = ""]) => file);
}
