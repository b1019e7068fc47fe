/** The menu of datasets. To add one: a file here, its id in DATASET_IDS, its line in DATASETS, a known-answer test. */
import { checkerboard } from "./checkerboard";
import { circles } from "./circles";
import { gaussian1d } from "./gaussian-1d";
import { grid } from "./grid";
import { line } from "./line";
import { mixture1d } from "./mixture-1d";
import { mnist } from "./mnist";
import { moons } from "./moons";
import { ring } from "./ring";
import { spiral } from "./spiral";
import { swissRoll } from "./swiss-roll";
import { twoGaussians } from "./two-gaussians";
import type { Dataset } from "./types";
import { uniform1d } from "./uniform-1d";

export type { Dataset, ImageDataset, Modes, PointDataset } from "./types";

/** In the order in which a menu shows them. */
export const DATASET_IDS = [
  "gaussian-1d",
  "mixture-1d",
  "uniform-1d",
  "ring",
  "grid",
  "moons",
  "spiral",
  "swiss-roll",
  "checkerboard",
  "circles",
  "line",
  "two-gaussians",
  "mnist",
] as const;

export type DatasetId = (typeof DATASET_IDS)[number];

export const DATASETS = {
  "gaussian-1d": gaussian1d,
  "mixture-1d": mixture1d,
  "uniform-1d": uniform1d,
  ring,
  grid,
  moons,
  spiral,
  "swiss-roll": swissRoll,
  checkerboard,
  circles,
  line,
  "two-gaussians": twoGaussians,
  mnist,
} as const satisfies Record<DatasetId, Dataset>;

/** The dataset of an id, typed as the union (DATASETS itself keeps each entry's own type). */
export function datasetOf(id: DatasetId): Dataset {
  return DATASETS[id];
}

/** A dataset's name for people; an id that is none stays as it is. */
export function datasetName(id: string): string {
  const known = DATASET_IDS.find((one) => one === id);
  return known === undefined ? id : datasetOf(known).name;
}

/** Shape of one sample, as networks see it: [1], [2] or [height, width, channels]. */
export function dataShape(id: DatasetId): number[] {
  const dataset = datasetOf(id);
  return dataset.kind === "points" ? [dataset.dimension] : [...dataset.shape];
}

/** How many classes a dataset's samples belong to; 0 where they belong to none. */
export function datasetClasses(id: DatasetId): number {
  const dataset = datasetOf(id);
  return dataset.kind === "images" ? dataset.classes.length : (dataset.labels?.count ?? 0);
}
