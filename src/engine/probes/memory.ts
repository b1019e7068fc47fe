/**
 * Whether networks know their training images by heart (core/memory): D is shown training images and images that were held back, and the
 * fakes' nearest training images are looked for. Draws nothing from training's streams.
 */
import { samplerOf } from "../../core/config";
import { type Memory, scoresOf } from "../../core/memory";
import type { ImageSet, Split } from "../image-set";
import type { Trainer } from "../trainer";
import { evaluationSamples } from "./evaluation-samples";
import { score } from "./generate";

/** Images of either kind that D judges. */
const JUDGED = 256;
/** Fakes, and images held back, whose nearest training image is looked for, and among how many at most: some tens of milliseconds' work. */
const LOOKED = 64;
const AMONG = 16_384;
/** Images are compared as grey thumbnails of this side: a copy's is a copy's, and there are thousands to compare with. */
const SIDE = 8;

/**
 * @param pool training images from which minibatches are drawn, the first ones of the set; all of them where left out
 * @returns null where nothing was held back, while it is still on its way, and for a model that judges nothing
 */
export async function memoryOf(trainer: Trainer, set: ImageSet, pool = set.dataset.trainCount): Promise<Memory | null> {
  const { testCount } = set.dataset;
  if (testCount === 0 || !set.has(set.chunks)) return null;
  if (!set.hasAll("test")) {
    set.ensureAll("test").catch(() => {}); // whoever asks again finds it, or asks in vain
    return null;
  }
  const judge = async (split: Split, count: number) => {
    const many = Math.min(JUDGED, count);
    return score(trainer, set.images(spread(many, count), undefined, split), many);
  };
  const [train, heldBack] = [await judge("train", pool), await judge("test", testCount)];
  if (train.length === 0) return null;
  const { samples } = await evaluationSamples(trainer, LOOKED, samplerOf(trainer.config).ema > 0);
  const known = trainingThumbnails(set, pool);
  const others = set.images(spread(Math.min(LOOKED, testCount), testCount), undefined, "test");
  const { shape } = set.dataset;
  return {
    train: scoresOf(train),
    heldBack: scoresOf(heldBack),
    nearest: {
      fakes: medianNearest(thumbnails(samples, shape), known),
      heldBack: medianNearest(thumbnails(others, shape), known),
    },
    among: known.length / LENGTH,
  };
}

/** Of a set's training images, made once; by how many there are. */
const made = new WeakMap<ImageSet, Map<number, Float32Array>>();
/** Images that are made small at once. */
const BATCH = 512;
const LENGTH = SIDE * SIDE;

function trainingThumbnails(set: ImageSet, pool: number): Float32Array {
  const known = made.get(set) ?? new Map<number, Float32Array>();
  made.set(set, known);
  const before = known.get(pool);
  if (before !== undefined) return before;
  const indices = spread(Math.min(AMONG, pool), pool);
  const all = new Float32Array(indices.length * LENGTH);
  for (let at = 0; at < indices.length; at += BATCH) {
    all.set(thumbnails(set.images(indices.subarray(at, at + BATCH)), set.dataset.shape), at * LENGTH);
  }
  known.set(pool, all);
  return all;
}

/** Grey images [n, SIDE, SIDE] of images [n, height, width, channels]: means over the pixels of each field. */
function thumbnails(images: Float32Array, [height, width, channels]: ImageSet["dataset"]["shape"]): Float32Array {
  const size = height * width * channels;
  const count = images.length / size;
  const small = new Float32Array(count * LENGTH);
  const weight = LENGTH / size; // exact where the side is a multiple of SIDE, near it elsewhere
  for (let i = 0; i < count; i++) {
    for (let y = 0; y < height; y++) {
      const row = i * LENGTH + Math.floor((y * SIDE) / height) * SIDE;
      for (let x = 0; x < width; x++) {
        const from = i * size + (y * width + x) * channels;
        const to = row + Math.floor((x * SIDE) / width);
        for (let c = 0; c < channels; c++) small[to] = (small[to] ?? 0) + weight * (images[from + c] ?? 0);
      }
    }
  }
  return small;
}

/** `many` of `count` indices, evenly spread. */
const spread = (many: number, count: number) =>
  Int32Array.from({ length: many }, (_, i) => Math.floor((i * count) / many));

/** Fields after which a sum that is already too large is given up. */
const STRIDE = 8;

function medianNearest(some: Float32Array, known: Float32Array): number {
  const distances: number[] = [];
  for (let at = 0; at < some.length; at += LENGTH) {
    let nearest = Number.POSITIVE_INFINITY;
    for (let other = 0; other < known.length; other += LENGTH) {
      let sum = 0;
      for (let from = 0; from < LENGTH && sum < nearest; from += STRIDE) {
        for (let p = from; p < from + STRIDE; p++) sum += ((some[at + p] ?? 0) - (known[other + p] ?? 0)) ** 2;
      }
      nearest = Math.min(nearest, sum);
    }
    distances.push(Math.sqrt(nearest / LENGTH));
  }
  distances.sort((a, b) => a - b);
  return distances[Math.floor(distances.length / 2)] ?? Number.NaN;
}
