/** Prints what the page loads first, gzipped, and fails when it exceeds the budget or holds TensorFlow.js. */
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { gzipSync } from "node:zlib";

const BUDGET_KB = 350; // first load without datasets and worker
const DIST = "dist";

interface Row {
  readonly file: string;
  readonly kilobytes: number;
  readonly part: "page" | "worker" | "other";
}

const html = readFileSync(join(DIST, "index.html"), "utf8");
const assets = readdirSync(join(DIST, "assets"));
const text = (file: string) => readFileSync(join(DIST, "assets", file), "utf8");
const isWorker = (file: string) => /worker/i.test(file);

/** Files reached from index.html, following static and dynamic imports: all that the page may fetch, but no worker. */
function reachable(dynamic: boolean): Set<string> {
  const seen = new Set(assets.filter((file) => html.includes(`assets/${file}`)));
  for (const file of seen) {
    if (!file.endsWith(".js")) continue;
    const code = text(file);
    for (const other of assets) {
      if (seen.has(other) || isWorker(other) || !/\.(js|css)$/.test(other)) continue;
      const name = other.replaceAll(".", "\\.");
      const pattern = dynamic ? new RegExp(name) : new RegExp(`(from|import)\\s*["']\\./${name}["']`);
      if (pattern.test(code)) seen.add(other);
    }
  }
  return seen;
}

const pageFiles = reachable(true);
const rows: Row[] = assets
  .filter((file) => /\.(js|css|wasm)$/.test(file))
  .map((file): Row => {
    const kilobytes = gzipSync(readFileSync(join(DIST, "assets", file))).length / 1000;
    return { file, kilobytes, part: pageFiles.has(file) ? "page" : /worker|wasm/i.test(file) ? "worker" : "other" };
  })
  .sort((a, b) => a.part.localeCompare(b.part) || b.kilobytes - a.kilobytes);

for (const row of rows)
  console.log(`${row.part.padEnd(7)} ${row.kilobytes.toFixed(1).padStart(8)} kB gzip  ${row.file}`);

// Everything the page's scripts can pull in counts, lazy chunks included: they are fetched within the first second.
const total = rows.filter((row) => row.part === "page").reduce((sum, row) => sum + row.kilobytes, 0);
console.log(`Page, all chunks: ${total.toFixed(1)} kB gzip of ${BUDGET_KB} kB allowed`);

const tensorflow = [...pageFiles].filter(
  (file) => file.endsWith(".js") && /tfjs|registerBackend|KernelBackend/.test(text(file)),
);
if (tensorflow.length > 0) {
  console.error(
    `TensorFlow.js is in the page's own bundle (${tensorflow.join(", ")}): only the worker may import the engine.`,
  );
  process.exit(1);
}
if (total > BUDGET_KB) {
  console.error("The page's first load is over its budget: split what is not needed at once, or drop it.");
  process.exit(1);
}
