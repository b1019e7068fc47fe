/**
 * `npm run pack-data -- NAME...`: makes image sets anew under public/data from the packages that they come from. The result is in the
 * repository: nobody needs this but who changes a set, and none of those packages is a dependency.
 */
import { createHash } from "node:crypto";
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DATASETS, type ImageDataset } from "../core/datasets";
import { makeEmoji } from "./data/emoji";
import { makeFaces } from "./data/faces";
import { makeFashionMnist } from "./data/fashion-mnist";
import { makeLineFaces } from "./data/line-faces";
import { makeMnist } from "./data/mnist";
import { makeShapes } from "./data/shapes";
import { type Splits, writeImageSet } from "./data/write-image-set";

const PUBLIC = join(import.meta.dirname, "../../public");

interface Maker {
  readonly dataset: ImageDataset;
  /** @param folder an empty one, for what is fetched */
  make(folder: string): Splits | Promise<Splits>;
}

const MAKERS: Readonly<Record<string, Maker>> = {
  mnist: { dataset: DATASETS.mnist, make: makeMnist },
  "fashion-mnist": { dataset: DATASETS["fashion-mnist"], make: makeFashionMnist },
  faces: { dataset: DATASETS["faces-16"], make: makeFaces },
  "line-faces": { dataset: DATASETS["line-faces"], make: makeLineFaces },
  emoji: { dataset: DATASETS.emoji, make: makeEmoji },
  shapes: { dataset: DATASETS.shapes, make: makeShapes },
};

const names = process.argv.slice(2);
for (const name of names.length === 0 ? [""] : names) {
  const maker = MAKERS[name];
  if (maker === undefined) {
    console.error(`Name one or more sets to make: ${Object.keys(MAKERS).join(", ")}.`);
    process.exit(2);
  }
  const { dataset, make } = maker;
  const folder = mkdtempSync(join(tmpdir(), "pack-data-"));
  try {
    const { chunks, countsPerClass } = writeImageSet(dataset, await make(folder), PUBLIC);
    for (const { file, count, bytes } of chunks) console.log(`${file}  ${count} images  ${bytes} bytes`);
    console.log(`a class: ${countsPerClass.train.join(", ")} to train; ${countsPerClass.test.join(", ")} to test`);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
  const target = join(PUBLIC, dataset.path);
  const sha256 = createHash("sha256")
    .update(readFileSync(join(target, "manifest.json")))
    .digest("hex");
  const bytes = readdirSync(target).reduce((sum, file) => sum + statSync(join(target, file)).size, 0);
  console.log(`To be written in src/core/datasets: sha256: "${sha256}", bytes: ${bytes}`);
}
