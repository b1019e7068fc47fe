/** An image set in memory: loads its chunks, keeps them, hands out minibatches as typed arrays. No tensors, no messages. */
import type { ImageDataset } from "../core/datasets";
import {
  CHUNK_IMAGES,
  type ChunkEntry,
  type ImageManifest,
  manifestName,
  parseManifest,
} from "../core/datasets/manifest";
import { integers } from "../core/rng";
import type { FileFetcher } from "./files";
import { DataChunkError, fetchFile, loadImageChunk } from "./image-chunk";

export type Split = "train" | "test";

/** How far loading is. Sent when it is known how much there is, as bytes arrive, after every chunk and every fault, training chunks only. */
export interface DataProgress {
  readonly loadedChunks: number;
  readonly chunks: number;
  readonly loadedBytes: number; // of the compressed files, those on their way included
  readonly bytes: number;
  /** What stopped the loading, until the next chunk arrives; null when all is well. */
  readonly error: DataChunkError | null;
}

export interface ImageSetOptions {
  readonly fetch: FileFetcher;
  readonly onProgress?: (progress: DataProgress) => void;
  /** For the checksum; by default the platform's. null leaves it out, as on pages without a secure context. */
  readonly subtle?: SubtleCrypto | null;
}

/** Bytes between two reports while a chunk arrives. */
const REPORT_BYTES = 50_000;

/** A training step this much later may draw from one chunk more. */
export const STEPS_PER_CHUNK = 100;

/** Chunks that a training step draws from: 1 for the steps 0..99, 2 for 100..199, ..., at most `chunks`. */
export function chunksNeeded(step: number, chunks: number): number {
  return Math.min(chunks, Math.floor(step / STEPS_PER_CHUNK) + 1);
}

/** Images of one split, in the order of the files. */
interface Store {
  readonly labels: Uint8Array; // [count]
  readonly attributes: readonly Uint8Array[]; // [count] each
  readonly pixels: Uint8Array; // [count, h, w, c]
  readonly loaded: boolean[]; // per chunk
  readonly pending: Map<number, Promise<void>>;
}

/**
 * Which images a minibatch holds is a function of (seed, stream, step) and of nothing else, though chunks arrive when they
 * arrive: step s draws uniformly, with replacement, from the first chunksNeeded(s) chunks, and waits for them if it must.
 */
export class ImageSet {
  readonly dataset: ImageDataset;
  readonly #options: ImageSetOptions;
  readonly #stores: Record<Split, Store>;
  readonly #value: Float32Array; // [256], a byte as networks see it
  readonly #size: number;
  #manifest: Promise<ImageManifest> | undefined;
  #progress: DataProgress;
  #loadingAhead = false;
  /** Bytes of training chunks that are on their way, by chunk. */
  readonly #arriving = new Map<number, number>();
  #indices = new Int32Array(0);

  constructor(dataset: ImageDataset, options: ImageSetOptions) {
    this.dataset = dataset;
    this.#options = options;
    this.#size = dataset.shape.reduce((a, b) => a * b, 1);
    const [low, high] = dataset.valueRange;
    this.#value = Float32Array.from({ length: 256 }, (_, byte) => low + ((high - low) * byte) / 255);
    const store = (count: number) => makeStore(count, this.#size, dataset.attributes?.length ?? 0);
    this.#stores = { train: store(dataset.trainCount), test: store(dataset.testCount) };
    const chunks = this.#stores.train.loaded.length;
    this.#progress = { loadedChunks: 0, chunks, loadedBytes: 0, bytes: 0, error: null };
  }

  /** Chunks of the training split, loaded or not. */
  get chunks(): number {
    return this.#stores.train.loaded.length;
  }

  /** How far loading is, as last sent to onProgress; bytes is 0 until the manifest is there. */
  get progress(): DataProgress {
    return this.#progress;
  }

  /** Bytes of all training images [count, h, w, c], in the order of the files; zeros where a chunk is not here. Not to be written to. */
  get pixels(): Uint8Array {
    return this.#stores.train.pixels;
  }

  /** What each byte stands for [256], in the data set's value range. Not to be written to. */
  get values(): Float32Array {
    return this.#value;
  }

  /** Whether a chunk of the training split is here. */
  hasChunk(index: number): boolean {
    return this.#stores.train.loaded[index] === true;
  }

  /** Whether the first `chunks` chunks are here. */
  has(chunks: number, split: Split = "train"): boolean {
    for (let i = 0; i < chunks; i++) if (!this.#stores[split].loaded[i]) return false;
    return true;
  }

  /**
   * Resolves when the first `chunks` chunks are here. After a failure, calling again tries again what is not here yet.
   * @throws DataChunkError
   */
  async ensure(chunks: number, split: Split = "train"): Promise<void> {
    for (let i = 0; i < chunks; i++) {
      if (!this.#stores[split].loaded[i]) await this.#load(i, split);
    }
  }

  /** Whether all of a split is here. */
  hasAll(split: Split): boolean {
    return this.has(this.#stores[split].loaded.length, split);
  }

  /** Resolves when all chunks of a split are here. @throws DataChunkError */
  ensureAll(split: Split): Promise<void> {
    return this.ensure(this.#stores[split].loaded.length, split);
  }

  /**
   * Loads the remaining training chunks one after the other, without anyone waiting for it. A fault ends it and goes to
   * onProgress; the step that needs the chunk will ask for it again.
   */
  loadAhead(): void {
    if (this.#loadingAhead || this.has(this.chunks)) return;
    this.#loadingAhead = true;
    this.ensure(this.chunks)
      .catch(() => {}) // reported by onProgress, and thrown to whoever needs the chunk
      .finally(() => {
        this.#loadingAhead = false;
      });
  }

  /**
   * Fills `out` [batch, h, w, c], in the data set's value range, with training images for a training step.
   * @throws Error when the step's chunks are not here: ensure(chunksNeeded(step, chunks)) comes first.
   */
  minibatch(out: Float32Array, seed: number, stream: number, step: number): void {
    this.images(this.minibatchIndices(out.length / this.#size, seed, stream, step), out);
  }

  /** The indices of the training images that such a minibatch holds; valid until the next call. */
  minibatchIndices(batch: number, seed: number, stream: number, step: number): Int32Array {
    const chunks = chunksNeeded(step, this.chunks);
    if (!this.has(chunks)) {
      throw new Error(
        `Step ${step} draws from ${chunks} chunks of ${this.dataset.id}, which are not loaded: await ensure first.`,
      );
    }
    if (this.#indices.length !== batch) this.#indices = new Int32Array(batch);
    const pool = Math.min(chunks * CHUNK_IMAGES, this.#stores.train.labels.length);
    return integers(this.#indices, pool, seed, stream, step);
  }

  /** Images by index, [indices.length, h, w, c] in the data set's value range. What is not loaded is the range's low end. */
  images(
    indices: ArrayLike<number>,
    out: Float32Array = new Float32Array(indices.length * this.#size),
    split: Split = "train",
  ): Float32Array {
    const { pixels } = this.#stores[split];
    const size = this.#size;
    const value = this.#value;
    for (let i = 0; i < indices.length; i++) {
      const from = (indices[i] ?? 0) * size;
      const to = i * size;
      for (let p = 0; p < size; p++) out[to + p] = value[pixels[from + p] ?? 0] ?? 0;
    }
    return out;
  }

  /** Labels of a split [count]; those of chunks that are not loaded read 0. Not to be written to. */
  labels(split: Split = "train"): Uint8Array {
    return this.#stores[split].labels;
  }

  /** Bytes of one of the set's attributes [count], as `labels`. */
  attribute(index: number, split: Split = "train"): Uint8Array {
    const column = this.#stores[split].attributes[index];
    if (column === undefined) throw new RangeError(`${this.dataset.id} has no attribute ${index}.`);
    return column;
  }

  #load(index: number, split: Split): Promise<void> {
    const { pending } = this.#stores[split];
    const running = pending.get(index);
    if (running) return running;
    const started = this.#fetchChunk(index, split).finally(() => pending.delete(index));
    pending.set(index, started);
    return started;
  }

  async #fetchChunk(index: number, split: Split): Promise<void> {
    try {
      const manifest = await this.#getManifest();
      const entries = manifest.chunks.filter((chunk) => chunk.split === split);
      const entry = entries[index];
      const store = this.#stores[split];
      const expected = Math.min(CHUNK_IMAGES, store.labels.length - index * CHUNK_IMAGES);
      if (entry?.count !== expected) throw this.#badManifest(`it has no ${split} chunk ${index} of ${expected} images`);
      if (split === "train" && this.#progress.bytes === 0) this.#report(entries, null); // how much there is to come
      const onBytes = (received: number) => {
        if (split === "train") this.#arrived(entries, index, received);
      };
      const chunk = await loadImageChunk(this.dataset, entry, this.#options.fetch, this.#options.subtle, onBytes);
      store.labels.set(chunk.labels, index * CHUNK_IMAGES);
      for (const [i, column] of store.attributes.entries()) {
        column.set(chunk.attributes[i] ?? [], index * CHUNK_IMAGES);
      }
      store.pixels.set(chunk.pixels, index * CHUNK_IMAGES * this.#size);
      store.loaded[index] = true;
      if (split === "train") {
        this.#arriving.delete(index);
        this.#report(entries, null);
      }
    } catch (error) {
      if (split === "train") this.#arriving.delete(index);
      if (error instanceof DataChunkError && split === "train") this.#report(undefined, error);
      throw error;
    }
  }

  #arrived(entries: readonly ChunkEntry[], index: number, received: number): void {
    const reported = this.#arriving.get(index);
    if (reported !== undefined && received - reported < REPORT_BYTES) return;
    this.#arriving.set(index, received);
    this.#report(entries, null);
  }

  #getManifest(): Promise<ImageManifest> {
    this.#manifest ??= this.#fetchManifest().catch((error: unknown) => {
      this.#manifest = undefined; // so that a retry asks again
      throw error;
    });
    return this.#manifest;
  }

  async #fetchManifest(): Promise<ImageManifest> {
    const bytes = await fetchFile(this.dataset, "manifest.json", this.#options.fetch);
    try {
      return parseManifest(new TextDecoder().decode(bytes), manifestName(this.dataset));
    } catch (error) {
      throw this.#badManifest(error instanceof Error ? error.message : String(error));
    }
  }

  #badManifest(detail: string): DataChunkError {
    return new DataChunkError(this.dataset.id, "manifest.json", "damaged", detail);
  }

  #report(entries: readonly ChunkEntry[] | undefined, error: DataChunkError | null): void {
    const { loaded } = this.#stores.train;
    const here = entries?.filter((_, i) => loaded[i]);
    const sum = (chunks: readonly ChunkEntry[]) => chunks.reduce((total, chunk) => total + chunk.bytes, 0);
    const arriving = [...this.#arriving.values()].reduce((total, bytes) => total + bytes, 0);
    this.#progress = {
      loadedChunks: loaded.filter(Boolean).length,
      chunks: loaded.length,
      loadedBytes: here ? sum(here) + arriving : this.#progress.loadedBytes,
      bytes: entries ? sum(entries) : this.#progress.bytes,
      error,
    };
    this.#options.onProgress?.(this.#progress);
  }
}

function makeStore(count: number, size: number, attributes: number): Store {
  return {
    labels: new Uint8Array(count),
    attributes: Array.from({ length: attributes }, () => new Uint8Array(count)),
    pixels: new Uint8Array(count * size), // zeroed pages: memory is taken as chunks arrive
    loaded: new Array<boolean>(Math.ceil(count / CHUNK_IMAGES)).fill(false),
    pending: new Map(),
  };
}
