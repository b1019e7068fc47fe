/** One look at a trainer for the stage: G's samples of fixed latents, D's opinion, and the views that are asked for. Draws nothing from training's streams. */

import { datasetOf } from "../../core/datasets";
import type { PointDataset } from "../../core/datasets/types";
import { CLASS_COLUMNS, stageLatents } from "../../core/latents";
import type { LossId } from "../../core/losses";
import { modelOf } from "../../core/models";
import { coveringExtent } from "../../core/outside";
import { type PlaneWindow, wholePlane } from "../../core/plane-window";
import { STREAMS } from "../../core/rng";
import type { RemadePoints, StageFrame, ViewId } from "../../core/stage";
import type { RealSource } from "../data";
import type { Trainer } from "../trainer";
import { classesInTurn } from "./evaluation";
import {
  generate,
  generateSamples,
  type SamplesAndPlaces,
  type SamplesAndScores,
  samplesAndScores,
  samplesAndScoresAside,
  score,
  toldClasses,
} from "./generate";
import { lineGrid, planeGrid } from "./grid";
import { reconstruct } from "./reconstruct";
import { toRgba } from "./rgba";
import { lookAt } from "./views";

const LINE_FAKES = 2000; // a histogram of a hundred bins is then even to a few per cent
const LINE_POINTS = 256;
const PLANE_FAKES = 1000; // as many dots as one can tell apart
const PLANE_SIZE = 48; // cells a side; smoothed when drawn
const REMADE = 100; // as many lines as one can follow
const IMAGES = 32; // fills rows of 4, 8 or 16

export interface StageView {
  /** Whether to show G's averaged weights, where there are any. */
  readonly averaged: boolean;
  /** Whether the picture goes as far as the fakes, instead of as far as the data. */
  readonly zoomed: boolean;
  /** The part of the plane that D's map is of; null, or left out, for the whole picture. */
  readonly window?: PlaneWindow | null;
  /** What is to be looked at beside, for points. */
  readonly views: readonly ViewId[];
  /** The losses of all arms, each once. */
  readonly losses: readonly LossId[];
  /** The class as a sample of which D of a model that is told classes judges the places of its map. */
  readonly label: number;
}

/**
 * @param data the trainer's source; for images its step 0 must be ready
 * @returns buffers made for this frame alone: they may be transferred. The same latents and reals at every step.
 */
export async function stageFrame(trainer: Trainer, data: RealSource, view: StageView): Promise<StageFrame> {
  const { averaged, zoomed } = view;
  const dataset = datasetOf(trainer.config.dataset);
  if (dataset.kind === "images") return imageFrame(trainer, data, averaged, dataset.shape, dataset.valueRange);
  const { dimension } = dataset;
  const found = zoomed
    ? await covering(trainer, dataset, view)
    : {
        ...(await samplesAndScores(trainer, wantedOf(trainer, dataset, view, dataset.extent))),
        extent: dataset.extent,
      };
  const { samples: fakes } = found;
  const views = await lookAt(view.views, { trainer, data, fakes, dimension, averaged, losses: view.losses });
  return { ...pointsFrame(trainer, dataset, view, found), views, ...(await remadePoints(trainer, data, averaged)) };
}

/** Whether a frame is samples of points and D's map, and nothing beside. */
export function isPlainFrame({ config }: Trainer, { zoomed, views }: StageView): boolean {
  const { coder, judge } = modelOf(config);
  const isOfPoints = datasetOf(config.dataset).kind === "points";
  return isOfPoints && !zoomed && views.length === 0 && coder === undefined && judge !== null;
}

/**
 * Begins a frame of points on another thread, of the networks as they stand now, while training goes on. Otherwise as `stageFrame`.
 * @returns null where no thread can, and where more is to be looked at than samples and D's map @throws LookLost later, when it will not be
 * finished
 */
export function stageFrameAside(trainer: Trainer, view: StageView): Promise<StageFrame> | null {
  const dataset = datasetOf(trainer.config.dataset);
  if (dataset.kind === "images" || !isPlainFrame(trainer, view)) return null;
  const { extent } = dataset;
  const coming = samplesAndScoresAside(trainer, wantedOf(trainer, dataset, view, extent));
  return coming?.then((found) => pointsFrame(trainer, dataset, view, { ...found, extent })) ?? null;
}

/** G's samples of the stage's latents, and D's opinion of the places of the map. D's opinion of the fakes themselves is not drawn. */
function wantedOf(
  trainer: Trainer,
  { dimension }: PointDataset,
  { averaged, window = null, label }: StageView,
  extent: number,
): SamplesAndPlaces {
  const count = countOf(dimension);
  const places = dimension === 1 ? lineGrid(LINE_POINTS, extent) : planeGrid(PLANE_SIZE, window ?? wholePlane(extent));
  return {
    latents: stageLatents(trainer.config, count),
    count,
    averaged,
    labels: classesInTurn(count, toldClasses(trainer)),
    places,
    // D of a model that is told classes judges places as samples of one class.
    placeLabels: new Uint8Array(places.length / dimension).fill(label),
  };
}

const countOf = (dimension: 1 | 2) => (dimension === 1 ? LINE_FAKES : PLANE_FAKES);

/** As far as the fakes go: the places of the map are known when these are. */
async function covering(trainer: Trainer, dataset: PointDataset, view: StageView) {
  const { latents, count, averaged, labels } = wantedOf(trainer, dataset, view, dataset.extent);
  const samples = await generateSamples(trainer, latents, count, averaged, { labels });
  const extent = coveringExtent(samples, dataset.extent);
  const { places, placeLabels } = wantedOf(trainer, dataset, view, extent);
  const logits = await score(trainer, places, placeLabels.length, { company: "reals", labels: placeLabels });
  return { samples, logits, extent };
}

function pointsFrame(
  trainer: Trainer,
  { dimension }: PointDataset,
  { window = null }: StageView,
  { samples: fakes, logits, extent }: SamplesAndScores & { readonly extent: number },
): Exclude<StageFrame, { readonly kind: "images" }> {
  const classes = toldClasses(trainer);
  const labels = classesInTurn(countOf(dimension), classes);
  const common = { fakes, logits, extent, views: {}, ...(classes === 0 ? {} : { asked: { count: classes, labels } }) };
  if (dimension === 1) return { kind: "line", ...common };
  return {
    kind: "plane",
    size: logits.length === 0 ? 0 : PLANE_SIZE,
    ...common,
    ...(window === null ? {} : { window }),
  };
}

async function remadePoints(trainer: Trainer, data: RealSource, averaged: boolean): Promise<{ pairs?: RemadePoints }> {
  if (modelOf(trainer.config).coder === undefined) return {};
  const reals = new Float32Array(REMADE * (data.shape[0] ?? 1));
  data.minibatch(reals, trainer.config.seed, STREAMS.view, 0);
  const made = await reconstruct(trainer, reals, REMADE, averaged);
  return made === null ? {} : { pairs: { reals, remade: made.samples, codes: made.codes } };
}

async function imageFrame(
  trainer: Trainer,
  data: RealSource,
  averaged: boolean,
  [height, width, channels]: readonly [number, number, number],
  range: readonly [number, number],
): Promise<StageFrame> {
  const reals = new Float32Array(IMAGES * height * width * channels);
  data.minibatch(reals, trainer.config.seed, STREAMS.view, 0);
  const classes = toldClasses(trainer);
  const ofReals = new Int32Array(IMAGES);
  if (classes > 0) data.labels?.fill(ofReals, trainer.config.seed, STREAMS.view, 0);
  const labels = Uint8Array.from({ length: classes * CLASS_COLUMNS }, (_, i) => Math.floor(i / CLASS_COLUMNS));
  const [fakes, realLogits, remade] = await Promise.all([
    classes === 0
      ? generate(trainer, stageLatents(trainer.config, IMAGES), IMAGES, averaged)
      : generate(trainer, rowLatents(trainer, classes), labels.length, averaged, { labels }),
    score(trainer, reals, IMAGES, { labels: ofReals }),
    reconstruct(trainer, reals, IMAGES, averaged),
  ]);
  return {
    kind: "images",
    height,
    width,
    fakes: toRgba(fakes.samples, channels, range),
    fakeLogits: fakes.logits,
    reals: toRgba(reals, channels, range),
    realLogits,
    ...(classes === 0 ? {} : { asked: { count: classes, labels } }),
    ...(remade === null ? {} : { remade: toRgba(remade.samples, channels, range) }),
  };
}

/** The same latents for every class. */
function rowLatents({ config }: Trainer, classes: number): Float32Array {
  const row = stageLatents(config, CLASS_COLUMNS);
  const all = new Float32Array(classes * row.length);
  for (let i = 0; i < classes; i++) all.set(row, i * row.length);
  return all;
}
