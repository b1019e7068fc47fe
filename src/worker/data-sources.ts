/** The worker's real data: one source per dataset for its whole life, so that nothing is fetched twice. No training. */
import { type DatasetId, datasetOf } from "../core/datasets";
import { type FileFetcher, ImageSet, imageSource, pointSource, type RealSource } from "../engine/data";
import type { WorkerEvent } from "./protocol";

export type DataEvent = Extract<WorkerEvent, { readonly type: "data" }>;

export class DataSources {
  readonly #sources = new Map<DatasetId, RealSource>();
  readonly #sets = new Map<DatasetId, ImageSet>();
  readonly #fetch: FileFetcher;
  readonly #onProgress: (event: DataEvent) => void;

  /** @param onProgress told of every chunk and every fault */
  constructor(fetch: FileFetcher, onProgress: (event: DataEvent) => void) {
    this.#fetch = fetch;
    this.#onProgress = onProgress;
  }

  get(id: DatasetId): RealSource {
    const known = this.#sources.get(id);
    if (known !== undefined) return known;
    const source = this.#make(id);
    this.#sources.set(id, source);
    return source;
  }

  /** How far a dataset is; distributions that are sampled are always all there. */
  progress(id: DatasetId): DataEvent {
    const progress = this.#sets.get(id)?.progress;
    if (progress === undefined) return { type: "data", dataset: id, loaded: 1, total: 1, error: null };
    const { loadedBytes, bytes, error } = progress;
    return { type: "data", dataset: id, loaded: loadedBytes, total: bytes, error: error?.message ?? null };
  }

  /** Tries again what could not be loaded. @throws DataChunkError when it still cannot */
  async retry(id: DatasetId): Promise<void> {
    const set = this.#sets.get(id);
    if (set === undefined) return;
    await set.ensure(1);
    set.loadAhead();
  }

  #make(id: DatasetId): RealSource {
    const dataset = datasetOf(id);
    if (dataset.kind === "points") return pointSource(dataset);
    const set = new ImageSet(dataset, { fetch: this.#fetch, onProgress: () => this.#onProgress(this.progress(id)) });
    this.#sets.set(id, set);
    return imageSource(set);
  }
}
