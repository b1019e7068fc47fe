/** The menu of datasets. To add one: a file here, its id in DATASET_IDS, its line in DATASETS, a known-answer test. */
import { checkerboard } from "./checkerboard";
import { circles } from "./circles";
import { emoji } from "./emoji";
import { faces16, faces32 } from "./faces";
import { fashionMnist } from "./fashion-mnist";
import { gaussian1d } from "./gaussian-1d";
import { grid } from "./grid";
import { line } from "./line";
import { lineFaces } from "./line-faces";
import { mixture1d } from "./mixture-1d";
import { mnist } from "./mnist";
import { moons } from "./moons";
import { type OwnPicturesId, ownPictures, type PictureNames } from "./own/pictures";
import { type OwnPointsId, ownPoints } from "./own/points";
import { ring } from "./ring";
import { shapes } from "./shapes";
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
  "faces-16",
  "faces-32",
  "fashion-mnist",
  "line-faces",
  "shapes",
  "emoji",
] as const;

/** The sets that are part of the page. */
export type BuiltInId = (typeof DATASET_IDS)[number];

/** Those, and a person's own: ids that say what they stand for (own/). */
export type DatasetId = BuiltInId | OwnPointsId | OwnPicturesId;

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
  "faces-16": faces16,
  "faces-32": faces32,
  "fashion-mnist": fashionMnist,
  "line-faces": lineFaces,
  shapes,
  emoji,
} as const satisfies Record<BuiltInId, Dataset>;

/** Whether an id is that of a set that is part of the page. */
export const isBuiltIn = (id: string): id is BuiltInId => Object.hasOwn(DATASETS, id);

/** Own sets that were asked for, by id: an id says everything, but unpacking it takes a moment. */
const own = new Map<string, Dataset>();
/** What own sets of pictures are called here. */
const names = new Map<string, PictureNames>();
/** More than a person has open at once. */
const MOST_KNOWN = 64;

/** The own set that an id stands for; null when it stands for none. */
function ownDataset(id: string): Dataset | null {
  const known = own.get(id);
  if (known !== undefined) return known;
  const dataset = ownPoints(id) ?? ownPictures(id, names.get(id));
  if (dataset === null) return null;
  if (own.size >= MOST_KNOWN) own.clear();
  own.set(id, dataset);
  return dataset;
}

/** Whether a text from outside is the id of a dataset. */
export function isDatasetId(text: unknown): text is DatasetId {
  return typeof text === "string" && (isBuiltIn(text) || ownDataset(text) !== null);
}

/** The dataset of an id, typed as the union (DATASETS itself keeps each entry's own type). */
export function datasetOf(id: DatasetId): Dataset {
  if (isBuiltIn(id)) return DATASETS[id];
  const dataset = ownDataset(id);
  if (dataset === null) throw new Error(`"${id}" stands for no dataset.`); // a checked id does
  return dataset;
}

/** Tells what an own set of pictures and its classes are called here: words for people, which change no number. */
export function namePictures(id: OwnPicturesId, called: PictureNames): void {
  names.set(id, called);
  own.delete(id);
}

/** A dataset's name for people; an id that is none stays as it is. */
export function datasetName(id: string): string {
  return isDatasetId(id) ? datasetOf(id).name : id;
}

/** Shape of one sample, as networks see it: [1], [2] or [height, width, channels]. */
export function dataShape(id: DatasetId): number[] {
  const dataset = datasetOf(id);
  return dataset.kind === "points" ? [dataset.dimension] : [...dataset.shape];
}

/** What a dataset's classes are called: digits by themselves, clusters by their numbers; none where its samples belong to none. */
export function classNames(id: DatasetId): readonly string[] {
  const dataset = datasetOf(id);
  if (dataset.kind === "images") return dataset.classes;
  return Array.from({ length: dataset.labels?.count ?? 0 }, (_, i) => String(i + 1));
}

/** How many classes a dataset's samples belong to; 0 where they belong to none. */
export function datasetClasses(id: DatasetId): number {
  const dataset = datasetOf(id);
  return dataset.kind === "images" ? dataset.classes.length : (dataset.labels?.count ?? 0);
}
