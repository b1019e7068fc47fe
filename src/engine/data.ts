/** Real samples as the trainer asks for them, whatever they are: points sampled for ever, or images that must be loaded. */
import type { PointDataset } from "../core/datasets";
import type { Labels } from "../core/datasets/types";
import { chunksNeeded, type ImageSet } from "./image-set";

export { FileElsewhereError, type FileFetcher, FileMissingError, FileStalledError, fetchFrom } from "./files";
export { DataChunkError, platformSubtle } from "./image-chunk";
export { chunksNeeded, type DataProgress, ImageSet, type ImageSetOptions, type Split } from "./image-set";

/** One interface for every kind of data. A minibatch is a function of (seed, stream, step), however loading goes. */
export interface RealSource {
  /** Shape of one sample: [1], [2] or [height, width, channels]. */
  readonly shape: number[];
  /** Resolves when a training step's data is here; undefined when it is here now. Rejects with DataChunkError. */
  ready(step: number): Promise<void> | undefined;
  /** Fills `out` [batch, ...shape], in data units. @throws Error when the step is not ready. */
  minibatch(out: Float32Array, seed: number, stream: number, step: number): void;
  /** The set from which minibatches are taken by index, so that a device may keep it and take them itself. */
  readonly images?: ImageSet;
  /** The classes of the same minibatches' samples, where they have several. */
  readonly labels?: Labels;
}

/** A source that samples a distribution on the line or the plane: always ready. */
export function pointSource(dataset: PointDataset): RealSource {
  return {
    shape: [dataset.dimension],
    ready: () => undefined,
    minibatch: (out, seed, stream, step) => dataset.sample(out, seed, stream, step),
    ...(dataset.labels === undefined ? {} : { labels: dataset.labels }),
  };
}

/**
 * A source of training images. The set is shared: several sources (arms, restarts) may read one set, and what it has loaded
 * serves them all. Once a step's chunks are here, the others are fetched ahead in the background.
 */
export function imageSource(set: ImageSet): RealSource {
  return {
    shape: [...set.dataset.shape],
    images: set,
    ready(step) {
      const needed = chunksNeeded(step, set.chunks);
      if (!set.has(needed)) return set.ensure(needed).then(() => set.loadAhead());
      // After a fault the background rests until a step needs the chunk or someone retries; else every step would ask.
      if (set.progress.error === null) set.loadAhead();
      return undefined;
    },
    minibatch: (out, seed, stream, step) => set.minibatch(out, seed, stream, step),
    labels: {
      count: set.dataset.classes.length,
      fill(out, seed, stream, step) {
        const known = set.labels();
        const indices = set.minibatchIndices(out.length, seed, stream, step);
        for (let i = 0; i < out.length; i++) out[i] = known[indices[i] ?? 0] ?? 0;
      },
    },
  };
}

/** Whether a training step's data is here. Fetches nothing: whoever only looks must not ask for what has just failed. */
export function isHere({ images }: RealSource, step: number): boolean {
  return images === undefined || images.has(chunksNeeded(step, images.chunks));
}
