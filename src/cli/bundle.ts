/** What the built page consists of: its files with their gzipped sizes, by who loads them. Reads dist/; judges nothing. */
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { gzipSync } from "node:zlib";

const DIST = "dist";
/** Chunks that nobody fetches who does not open them, with their style sheets: each has a budget of its own. */
const LATER = {
  lab: /^lab-/,
  "take-away": /^(TakeAway|film-scenes)-/, // the second: what the view of latent space saves with, too
  runs: /^ManyRuns-/,
  game: /^GameDynamics-/,
  "latent-space": /^LatentSpace-/,
} as const;

/** A part of the page: what everybody may fetch, or one of those. */
export type PagePart = "page" | keyof typeof LATER;
const LATER_PARTS = Object.keys(LATER) as (keyof typeof LATER)[];

export interface BundleFile {
  readonly file: string;
  readonly kilobytes: number; // gzipped, of 1000 bytes
  readonly part: PagePart | "worker" | "other";
  /** Of the page: the browser needs it before anything shows. What else is the page's is fetched when it is asked for. */
  readonly first: boolean;
}

/** Scripts, styles and WebAssembly of the built page, by part and then by size. @throws when there is no build */
export function bundleFiles(): BundleFile[] {
  const html = readFileSync(join(DIST, "index.html"), "utf8");
  const assets = readdirSync(join(DIST, "assets"));
  const later = (file: string) => LATER_PARTS.find((part) => LATER[part].test(file));
  const page = reachable(html, assets, (file) => later(file) === undefined);
  const reachedWith = (part: keyof typeof LATER) =>
    reachable(html, assets, (file) => later(file) === undefined || later(file) === part);
  const reached = LATER_PARTS.map((part) => ({ part, files: reachedWith(part) }));
  const first = reachable(html, assets, () => true, "before it runs");
  const part = (file: string) => {
    if (page.has(file)) return "page";
    return reached.find(({ files }) => files.has(file))?.part ?? (/worker|wasm/i.test(file) ? "worker" : "other");
  };
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
