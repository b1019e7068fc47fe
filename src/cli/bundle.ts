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
}

/** Scripts, styles and WebAssembly of the built page, by part and then by size. @throws when there is no build */
export function bundleFiles(): BundleFile[] {
  const html = readFileSync(join(DIST, "index.html"), "utf8");
  const assets = readdirSync(join(DIST, "assets"));
  const page = reachable(html, assets, (file) => !LAB.test(file));
  const all = reachable(html, assets, () => true);
  const part = (file: string) =>
    page.has(file) ? "page" : all.has(file) ? "lab" : /worker|wasm/i.test(file) ? "worker" : "other";
  return assets
    .filter((file) => /\.(js|css|wasm)$/.test(file))
    .map((file): BundleFile => {
      const kilobytes = gzipSync(readFileSync(join(DIST, "assets", file))).length / 1000;
      return { file, kilobytes, part: part(file) };
    })
    .sort((a, b) => a.part.localeCompare(b.part) || b.kilobytes - a.kilobytes);
}

export const bundleText = (file: string): string => readFileSync(join(DIST, "assets", file), "utf8");

/** Everything a part can pull in counts, lazy chunks included: they are fetched within the first second. */
export function bundleKilobytes(files: readonly BundleFile[], part: BundleFile["part"]): number {
  return files.filter((file) => file.part === part).reduce((sum, { kilobytes }) => sum + kilobytes, 0);
}

/**
 * Files reached from index.html, following static and dynamic imports: all that the page may fetch, but no worker.
 * @param enters whether to follow into a file
 */
function reachable(html: string, assets: readonly string[], enters: (file: string) => boolean): Set<string> {
  const seen = new Set(assets.filter((file) => html.includes(`assets/${file}`)));
  for (const file of seen) {
    if (!file.endsWith(".js")) continue;
    const code = bundleText(file);
    for (const other of assets) {
      if (seen.has(other) || /worker/i.test(other) || !/\.(js|css)$/.test(other)) continue;
      if (enters(other) && code.includes(other)) seen.add(other);
    }
  }
  return seen;
}
