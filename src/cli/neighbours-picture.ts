/** Samples over the training images that are nearest to them: whether G has learned pictures by heart, for the eye. */
import type { ImageDataset } from "../core/datasets";
import { squaredDistance } from "../core/metrics/points";
import { smallest } from "../engine/probes/studies/neighbours";
import { nodeImages } from "./node-data";
import { GRID, samplesPng } from "./samples-png";

/** Training images under each sample, the nearest first. */
const NEAREST = 3;

/** @param samples [n, ...shape] with n of a row or more @returns the first row of samples, and rows of their nearest: PNG */
export async function neighboursPng(dataset: ImageDataset, samples: Float32Array): Promise<Uint8Array> {
  const set = nodeImages(dataset);
  await set.ensureAll("train");
  const size = dataset.shape.reduce((a, b) => a * b, 1);
  const all = set.images(Int32Array.from({ length: dataset.trainCount }, (_, i) => i));
  const out = new Float32Array((1 + NEAREST) * GRID * size);
  out.set(samples.subarray(0, GRID * size));
  for (let i = 0; i < GRID; i++) {
    const distances = Float32Array.from({ length: dataset.trainCount }, (_, j) =>
      squaredDistance(samples, i, all, j, size),
    );
    for (const [place, index] of smallest(distances, NEAREST).entries()) {
      out.set(all.subarray(index * size, (index + 1) * size), ((1 + place) * GRID + i) * size);
    }
  }
  return samplesPng(dataset, out);
}
