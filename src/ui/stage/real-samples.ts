/** Real samples and densities for the stage, made once per dataset and seed. Streams of their own: training draws nothing less. */
import { type DatasetId, datasetOf } from "../../core/datasets";
import { STREAMS } from "../../core/rng";
import { dataDensity } from "./line-view";

const COUNT = 1000;

const points = new Map<string, Float32Array>();
const densities = new Map<string, Float64Array | null>();

/** [1000, dimension] real points of a dataset, data units; null for images. */
export function realPoints(id: DatasetId, seed: number): Float32Array | null {
  const dataset = datasetOf(id);
  if (dataset.kind !== "points") return null;
  const key = `${id} ${seed}`;
  const known = points.get(key);
  if (known) return known;
  const sample = new Float32Array(COUNT * dataset.dimension);
  dataset.sample(sample, seed, STREAMS.view, 0);
  if (points.size > 16) points.clear(); // a person tries seeds; nobody needs the old ones at once
  points.set(key, sample);
  return sample;
}

/** The exact density of 1-D data on the stage's grid; null where it is not known. */
export function realDensity(id: DatasetId, extent: number): Float64Array | null {
  const dataset = datasetOf(id);
  if (dataset.kind !== "points" || dataset.dimension !== 1) return null;
  const key = `${id} ${extent}`;
  const known = densities.get(key);
  if (known !== undefined) return known;
  const density = dataDensity(dataset, extent);
  densities.set(key, density);
  return density;
}
