/** Image sets on the real packed files: contents, determinism under lazy loading, and every way a chunk can fail. */
import { describe, expect, it } from "vitest";
import { readPublicFile } from "../../src/cli/node-data";
import { DATASETS } from "../../src/core/datasets";
import { parseManifest } from "../../src/core/datasets/manifest";
import { STREAMS } from "../../src/core/rng";
import {
  chunksNeeded,
  DataChunkError,
  type DataProgress,
  type FileFetcher,
  FileMissingError,
  FileStalledError,
  ImageSet,
  imageSource,
  pointSource,
} from "../../src/engine/data";

const { mnist } = DATASETS;
const SIZE = 784;

/** A fetcher that treats one file its own way while `broken.now` holds. */
function breaking(file: string, harm: (bytes: Uint8Array) => Uint8Array | Error): [FileFetcher, { now: boolean }] {
  const broken = { now: true };
  const fetch: FileFetcher = async (path) => {
    const buffer = await readPublicFile(path);
    if (!broken.now || !path.endsWith(file)) return buffer;
    const harmed = harm(new Uint8Array(buffer));
    if (harmed instanceof Error) throw harmed;
    return Uint8Array.from(harmed).buffer;
  };
  return [fetch, broken];
}

async function faultOf(promise: Promise<unknown>): Promise<DataChunkError> {
  const fault = await promise.then(
    () => undefined,
    (error: unknown) => error,
  );
  if (!(fault instanceof DataChunkError)) throw new Error(`Expected a DataChunkError, got ${String(fault)}.`);
  return fault;
}

const flipBit = (bytes: Uint8Array) => {
  bytes[100_000] = (bytes[100_000] ?? 0) ^ 4;
  return bytes;
};

describe("MNIST as packed", () => {
  it("holds every image and label: published counts per class, mean pixel 0.1307 and deviation 0.3081", async () => {
    const set = new ImageSet(mnist, { fetch: readPublicFile });
    await set.ensure(6);
    await set.ensure(1, "test");
    const counts = (split: "train" | "test") =>
      mnist.classes.map((_, c) => set.labels(split).reduce((n, label) => n + (label === c ? 1 : 0), 0));
    expect(counts("train")).toEqual([5923, 6742, 5958, 6131, 5842, 5421, 5918, 6265, 5851, 5949]);
    expect(counts("test")).toEqual([980, 1135, 1032, 1010, 982, 892, 958, 1028, 974, 1009]);
    let sum = 0;
    let squares = 0;
    const image = new Float32Array(SIZE);
    for (let i = 0; i < mnist.trainCount; i++) {
      set.images([i], image);
      for (const v of image) {
        const unit = (v + 1) / 2;
        sum += unit;
        squares += unit * unit;
      }
    }
    const mean = sum / (mnist.trainCount * SIZE);
    expect(mean).toBeCloseTo(0.1307, 4);
    expect(Math.sqrt(squares / (mnist.trainCount * SIZE) - mean * mean)).toBeCloseTo(0.3081, 4);
  });

  it("begins with the five that everyone knows", async () => {
    const set = new ImageSet(mnist, { fetch: readPublicFile });
    await set.ensure(1);
    expect([...set.labels().slice(0, 10)]).toEqual([5, 0, 4, 1, 9, 2, 1, 3, 1, 4]);
    const five = set.images([0]);
    expect(Math.min(...five)).toBe(-1);
    expect(Math.max(...five)).toBe(1);
    expect(five[0]).toBe(-1); // a corner is background
  });

  it("has a manifest that agrees with itself", async () => {
    const manifest = parseManifest(new TextDecoder().decode(await readPublicFile("data/mnist/manifest.json")), "mnist");
    expect(manifest.chunks.filter((c) => c.split === "train").map((c) => c.count)).toEqual(Array(6).fill(10_000));
    expect(manifest.countsPerClass.train.reduce((a, b) => a + b)).toBe(60_000);
    expect(() => parseManifest("{}", "mnist")).toThrow(/fault at format/);
    expect(() => parseManifest("<html>", "mnist")).toThrow(/not JSON/);
    expect(() => parseManifest(JSON.stringify(manifest), "fashion-mnist")).toThrow(/is for "mnist"/);
  });
});

describe("minibatches", () => {
  it("draw from a pool that grows by a chunk every hundred steps", () => {
    expect([0, 99, 100, 499, 500, 1_000_000].map((step) => chunksNeeded(step, 6))).toEqual([1, 1, 2, 5, 6, 6]);
  });

  it("are the same whether one chunk is loaded or all", async () => {
    const eager = new ImageSet(mnist, { fetch: readPublicFile });
    await eager.ensure(3);
    const lazy = new ImageSet(mnist, { fetch: readPublicFile });
    await lazy.ensure(1);
    const batch = (set: ImageSet, step: number) => {
      const out = new Float32Array(8 * SIZE);
      set.minibatch(out, 1, STREAMS.minibatch, step);
      return out;
    };
    expect(batch(lazy, 7)).toEqual(batch(eager, 7));
    expect(batch(lazy, 7)).not.toEqual(batch(lazy, 8));
    expect(() => batch(lazy, 250)).toThrow(/draws from 3 chunks of mnist, which are not loaded/);
    expect(eager.minibatchIndices(1000, 1, STREAMS.minibatch, 250).some((i) => i >= 20_000)).toBe(true);
    expect(eager.minibatchIndices(1000, 1, STREAMS.minibatch, 99).every((i) => i < 10_000)).toBe(true);
  });

  it("come from a source that waits for its chunks and then fetches the rest in the background", async () => {
    const seen: DataProgress[] = [];
    let allHere = () => {};
    const loaded = new Promise<void>((resolve) => {
      allHere = resolve;
    });
    const set = new ImageSet(mnist, {
      fetch: readPublicFile,
      onProgress(progress) {
        seen.push(progress);
        if (progress.loadedChunks === progress.chunks) allHere();
      },
    });
    const source = imageSource(set);
    expect(source.shape).toEqual([28, 28, 1]);
    await source.ready(0);
    expect(source.ready(0)).toBeUndefined();
    await loaded;
    expect(source.ready(1_000_000)).toBeUndefined();
    expect(seen.map((p) => p.loadedChunks)).toEqual([0, 1, 2, 3, 4, 5, 6]); // 0: how much there is
    expect(seen.at(-1)?.loadedBytes).toBe(seen.at(-1)?.bytes);
    const out = new Float32Array(4 * SIZE);
    source.minibatch(out, 1, STREAMS.minibatch, 600);
    expect(out.some((v) => v > 0.9)).toBe(true);
  });

  it("of points are the dataset's own samples, always ready", () => {
    const source = pointSource(DATASETS.ring);
    expect(source.shape).toEqual([2]);
    expect(source.ready(5000)).toBeUndefined();
    const out = new Float32Array(20);
    const expected = new Float32Array(20);
    source.minibatch(out, 1, STREAMS.minibatch, 3);
    DATASETS.ring.sample(expected, 1, STREAMS.minibatch, 3);
    expect(out).toEqual(expected);
  });
});

describe("a chunk that cannot be used", () => {
  it("is named when it is missing, and loads when it is back; what was loaded stays", async () => {
    const [fetch, broken] = breaking("train-1.bin", () => new FileMissingError("the server says 404"));
    const seen: DataProgress[] = [];
    const set = new ImageSet(mnist, { fetch, onProgress: (progress) => seen.push(progress) });
    const fault = await faultOf(set.ensure(3));
    expect(fault).toMatchObject({ dataset: "mnist", file: "train-1.bin", reason: "missing" });
    expect(fault.message).toMatch(/train-1\.bin of mnist is missing on the server \(the server says 404\).*retry/);
    expect(set.has(1)).toBe(true);
    expect(seen.at(-1)).toMatchObject({ loadedChunks: 1, error: fault });
    broken.now = false;
    await set.ensure(3);
    expect(seen.at(-1)).toMatchObject({ loadedChunks: 3, error: null });
  });

  it("is damaged when it is cut", async () => {
    const [fetch] = breaking("train-0.bin", (bytes) => bytes.subarray(0, 500_000));
    const fault = await faultOf(new ImageSet(mnist, { fetch }).ensure(1));
    expect(fault).toMatchObject({ file: "train-0.bin", reason: "damaged" });
    expect(fault.message).toMatch(/500000 bytes instead of/);
  });

  it("is damaged when one bit is flipped, by SHA-256", async () => {
    const [fetch, broken] = breaking("train-0.bin", flipBit);
    const set = new ImageSet(mnist, { fetch });
    const fault = await faultOf(set.ensure(1));
    expect(fault.reason).toBe("damaged");
    expect(fault.message).toMatch(/SHA-256/);
    broken.now = false;
    await set.ensure(1);
    expect(set.labels()[0]).toBe(5);
  });

  it("is damaged when one bit is flipped, by gzip's checksum where the platform has no SHA-256", async () => {
    const [fetch] = breaking("train-0.bin", flipBit);
    const fault = await faultOf(new ImageSet(mnist, { fetch, subtle: null }).ensure(1));
    expect(fault.reason).toBe("damaged");
    expect(fault.message).toMatch(/unpack/);
    const whole = new ImageSet(mnist, { fetch: readPublicFile, subtle: null });
    await whole.ensure(1);
    expect(whole.labels()[0]).toBe(5);
  });

  it("is a matter of the network when the fetch itself fails, the manifest's included", async () => {
    for (const file of ["manifest.json", "train-0.bin"]) {
      const [fetch, broken] = breaking(file, () => new TypeError("Failed to fetch"));
      const set = new ImageSet(mnist, { fetch });
      expect(await faultOf(set.ensure(1))).toMatchObject({ file, reason: "network" });
      broken.now = false;
      await set.ensure(1);
      expect(set.has(1)).toBe(true);
    }
  });

  it("is damaged when more arrives than was packed, before all of it has", async () => {
    const manifest = parseManifest(new TextDecoder().decode(await readPublicFile("data/mnist/manifest.json")), "mnist");
    const packed = manifest.chunks.find(({ file }) => file === "train-0.bin")?.bytes ?? 0;
    const fetch: FileFetcher = async (path, onBytes) => {
      if (path.endsWith("train-0.bin")) onBytes?.(packed + 1);
      return readPublicFile(path);
    };
    const fault = await faultOf(new ImageSet(mnist, { fetch }).ensure(1));
    expect(fault).toMatchObject({ file: "train-0.bin", reason: "damaged" });
  });

  it("is stalled when it stops arriving; its bytes count while they come", async () => {
    const seen: number[] = [];
    const fetch: FileFetcher = async (path, onBytes) => {
      if (!path.endsWith("train-0.bin")) return readPublicFile(path);
      onBytes?.(700_000);
      throw new FileStalledError("nothing came for 10 seconds");
    };
    const set = new ImageSet(mnist, { fetch, onProgress: ({ loadedBytes }) => seen.push(loadedBytes) });
    const fault = await faultOf(set.ensure(1));
    expect(fault).toMatchObject({ file: "train-0.bin", reason: "stalled" });
    expect(fault.message).toMatch(/train-0\.bin of mnist has stopped arriving \(nothing came for 10 seconds\)\. Retry/);
    expect(seen.slice(0, 2)).toEqual([0, 700_000]);
  });

  it("in the background is reported, does not stop the steps that do not need it, and is asked for again by the one that does", async () => {
    const [fetch, broken] = breaking("train-2.bin", () => new FileMissingError("the server says 404"));
    let reported = (_: DataChunkError) => {};
    const background = new Promise<DataChunkError>((resolve) => {
      reported = resolve;
    });
    const set = new ImageSet(mnist, { fetch, onProgress: ({ error }) => error && reported(error) });
    const source = imageSource(set);
    await source.ready(0);
    expect((await background).file).toBe("train-2.bin");
    expect(source.ready(199)).toBeUndefined();
    expect((await faultOf(Promise.resolve(source.ready(200)))).file).toBe("train-2.bin");
    broken.now = false;
    await source.ready(200);
    expect(source.ready(200)).toBeUndefined();
  });

  it("is fetched once when several ask at the same time", async () => {
    let fetched = 0;
    const fetch: FileFetcher = (path) => {
      fetched++;
      return readPublicFile(path);
    };
    const set = new ImageSet(mnist, { fetch });
    await Promise.all([set.ensure(1), set.ensure(1), set.ensure(1)]);
    expect(fetched).toBe(2); // the manifest and the chunk
  });
});
