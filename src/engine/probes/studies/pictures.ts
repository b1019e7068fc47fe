/** Samples between the page's form and the networks', and the real images that are here. Numbers only. */
import { CHUNK_IMAGES } from "../../../core/datasets/manifest";
import type { Drawn } from "../../../core/latent-space/studies";
import type { ImageSet } from "../../data";
import { fromRgba, toRgba } from "../rgba";
import type { StudyContext } from "./types";

/** Samples [count, ...shape] in data units, of the page's. @throws RangeError where they are not `count` samples of the data */
export function undrawn({ data }: StudyContext, drawn: Drawn, count: number): Float32Array {
  const samples =
    drawn instanceof Uint8ClampedArray ? fromRgba(drawn, data.shape[2] ?? 1, data.images?.dataset.valueRange) : drawn;
  const size = data.shape.reduce((a, b) => a * b, 1);
  if (samples.length !== count * size) {
    throw new RangeError(`${samples.length} numbers are not ${count} samples of ${data.shape.join(" × ")}.`);
  }
  return samples;
}

/** The same the other way round. */
export function drawn({ data }: StudyContext, samples: Float32Array): Drawn {
  return data.images === undefined ? samples : toRgba(samples, data.shape[2] ?? 1, data.images.dataset.valueRange);
}

/** @throws Error in a sentence for data that are no images */
export function imagesOf({ data }: StudyContext): ImageSet {
  if (data.images !== undefined) return data.images;
  throw new Error("Points are drawn anew for every step: there is no set of them that G could have learnt by heart.");
}

/** Training images that are here, from the first one on; the others are asked for. */
export function imagesHere(set: ImageSet): number {
  let chunks = 0;
  while (chunks < set.chunks && set.hasChunk(chunks)) chunks += 1;
  if (chunks < set.chunks) set.loadAhead();
  return Math.min(chunks * CHUNK_IMAGES, set.dataset.trainCount);
}

/** i-th number of a fixed shuffle of 0 to total - 1: steps of a prime, round and round. */
export const shuffled = (i: number, total: number): number => (i * (total % 7919 === 0 ? 7907 : 7919)) % total;
