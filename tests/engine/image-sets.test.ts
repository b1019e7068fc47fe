/** Every image set on its real packed files: the counts, checksums and classes that its card states. */
import { createHash } from "node:crypto";
import { readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { readPublicFile } from "../../src/cli/node-data";
import { DATASET_IDS, DATASETS, datasetOf, type ImageDataset } from "../../src/core/datasets";
import { manifestName, parseManifest } from "../../src/core/datasets/manifest";
import { ImageSet } from "../../src/engine/data";

const sets = DATASET_IDS.map(datasetOf).filter((dataset): dataset is ImageDataset => dataset.kind === "images");

describe.each(sets)("$id", (dataset) => {
  const folder = join("public", dataset.path);
  const text = readFileSync(join(folder, "manifest.json"), "utf8");
  const manifest = parseManifest(text, manifestName(dataset));

  it("is the set whose checksum, size, counts and licence stand in its card", () => {
    expect(createHash("sha256").update(text).digest("hex")).toBe(dataset.origin?.sha256);
    const bytes = readdirSync(folder).reduce((sum, file) => sum + statSync(join(folder, file)).size, 0);
    expect(bytes).toBe(dataset.origin?.bytes);
    expect(dataset.origin?.license).toMatch(/./);
    for (const { file, sha256 } of manifest.chunks) {
      expect(
        createHash("sha256")
          .update(readFileSync(join(folder, file)))
          .digest("hex"),
      ).toBe(sha256);
    }
    const total = (counts: readonly number[]) => counts.reduce((a, b) => a + b, 0);
    expect(total(manifest.countsPerClass.train)).toBe(dataset.trainCount);
    expect(total(manifest.countsPerClass.test)).toBe(dataset.testCount);
  });

  it("unpacks to images with labels and attributes that have names", async () => {
    const set = new ImageSet(dataset, { fetch: readPublicFile });
    await set.ensure(1, "test");
    expect(Math.max(...set.labels("test"))).toBeLessThan(dataset.classes.length);
    for (const [i, { values }] of (dataset.attributes ?? []).entries()) {
      const highest = set.attribute(i, "test").reduce((a, b) => Math.max(a, b), 0);
      expect(highest).toBeLessThan(values?.length ?? 256);
      expect(highest).toBeGreaterThan(0);
    }
    const [some] = [set.images([0], undefined, "test")];
    expect(new Set(some).size).toBeGreaterThan(1);
  });
});

it("all sets but Fashion-MNIST and MNIST fit in 10 MB together", () => {
  const others = sets.filter(({ id }) => id !== "fashion-mnist" && id !== "mnist");
  const folders = new Map(others.map(({ path, origin }) => [path, origin?.bytes ?? 0]));
  expect([...folders.values()].reduce((a, b) => a + b, 0)).toBeLessThan(10e6);
});

it("Fashion-MNIST has 6,000 pictures a class to train on, and its authors' mean 0.2860 and deviation 0.3530", async () => {
  const set = new ImageSet(DATASETS["fashion-mnist"], { fetch: readPublicFile });
  await set.ensure(6);
  const counts = new Array<number>(10).fill(0);
  for (const label of set.labels()) counts[label] = (counts[label] ?? 0) + 1;
  expect(counts).toEqual(new Array<number>(10).fill(6000));
  let [sum, squares] = [0, 0];
  for (const byte of set.pixels) {
    sum += byte / 255;
    squares += (byte / 255) ** 2;
  }
  const mean = sum / set.pixels.length;
  expect(mean).toBeCloseTo(0.286, 3);
  expect(Math.sqrt(squares / set.pixels.length - mean * mean)).toBeCloseTo(0.353, 3);
});

it("the larger faces are the smaller ones with every pixel four times", async () => {
  const [small, large] = [
    new ImageSet(DATASETS["faces-16"], { fetch: readPublicFile }),
    new ImageSet(DATASETS["faces-32"], { fetch: readPublicFile }),
  ];
  await Promise.all([small.ensure(1, "test"), large.ensure(1, "test")]);
  const [one, two] = [small.images([7], undefined, "test"), large.images([7], undefined, "test")];
  for (let y = 0; y < 32; y++) {
    for (let x = 0; x < 32; x++) {
      const from = 3 * (16 * (y >> 1) + (x >> 1));
      expect(two.subarray(3 * (32 * y + x), 3 * (32 * y + x) + 3)).toEqual(one.subarray(from, from + 3));
    }
  }
});

it("no two faces of the set are alike", async () => {
  const set = new ImageSet(DATASETS["faces-16"], { fetch: readPublicFile });
  await set.ensure(2);
  const faces = new Set<string>();
  for (let i = 0; i < set.dataset.trainCount; i++) {
    faces.add(Buffer.from(set.pixels.subarray(768 * i, 768 * (i + 1))).toString("latin1"));
  }
  expect(faces.size).toBe(20_000);
});

it("a shape is where its factors say", async () => {
  const set = new ImageSet(DATASETS.shapes, { fetch: readPublicFile });
  await set.ensure(1, "test");
  const [xs, ys] = [set.attribute(0, "test"), set.attribute(1, "test")];
  for (let i = 0; i < 200; i++) {
    if (set.labels("test")[i] === 2) continue; // a triangle's middle is not its centre of mass
    const image = set.images([i], undefined, "test");
    let [mass, mx, my] = [0, 0, 0];
    for (let p = 0; p < 256; p++) {
      const ink = Math.max(...image.subarray(3 * p, 3 * p + 3)) + 0.72; // above the ground's brightest channel
      if (ink < 0.02) continue;
      mass += ink;
      mx += ink * ((p % 16) + 0.5);
      my += ink * (Math.floor(p / 16) + 0.5);
    }
    expect(Math.abs(mx / mass - (5 + (6 * (xs[i] ?? 0)) / 255))).toBeLessThan(0.35);
    expect(Math.abs(my / mass - (5 + (6 * (ys[i] ?? 0)) / 255))).toBeLessThan(0.35);
  }
});
