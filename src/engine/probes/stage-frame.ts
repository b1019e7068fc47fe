/** One look at a trainer for the stage: G's samples of fixed latents, D's opinion, and the views that are asked for. Draws nothing from training's streams. */

import { datasetOf } from "../../core/datasets";
import { stageLatents } from "../../core/latents";
import type { LossId } from "../../core/losses";
import { coveringExtent } from "../../core/outside";
import { STREAMS } from "../../core/rng";
import type { StageFrame, ViewId } from "../../core/stage";
import type { RealSource } from "../data";
import type { Trainer } from "../trainer";
import { generate, generateSamples, score } from "./generate";
import { lineGrid, planeGrid } from "./grid";
import { toRgba } from "./rgba";
import { lookAt } from "./views";

const LINE_FAKES = 2000; // a histogram of a hundred bins is then even to a few per cent
const LINE_POINTS = 256;
const PLANE_FAKES = 1000; // as many dots as one can tell apart
const PLANE_SIZE = 48; // cells a side; smoothed when drawn
const IMAGES = 32; // fills rows of 4, 8 or 16

export interface StageView {
  /** Whether to show G's averaged weights, where there are any. */
  readonly averaged: boolean;
  /** Whether the picture goes as far as the fakes, instead of as far as the data. */
  readonly zoomed: boolean;
  /** What is to be looked at beside, for points. */
  readonly views: readonly ViewId[];
  /** The losses of all arms, each once. */
  readonly losses: readonly LossId[];
}

/**
 * @param data the trainer's source; for images its step 0 must be ready
 * @returns buffers made for this frame alone: they may be transferred. The same latents and reals at every step.
 */
export async function stageFrame(trainer: Trainer, data: RealSource, view: StageView): Promise<StageFrame> {
  const { averaged, zoomed } = view;
  const dataset = datasetOf(trainer.config.dataset);
  if (dataset.kind === "images") return imageFrame(trainer, data, averaged, dataset.shape, dataset.valueRange);
  const count = dataset.dimension === 1 ? LINE_FAKES : PLANE_FAKES;
  const grid = (half: number) =>
    dataset.dimension === 1
      ? score(trainer, lineGrid(LINE_POINTS, half), LINE_POINTS, "reals")
      : score(trainer, planeGrid(PLANE_SIZE, half), PLANE_SIZE * PLANE_SIZE, "reals");
  // D's opinion of the fakes themselves is not drawn: the map around them is.
  const coming = generateSamples(trainer, stageLatents(trainer.config, count), count, averaged);
  const extent = zoomed ? coveringExtent(await coming, dataset.extent) : dataset.extent;
  const [fakes, logits] = await Promise.all([coming, grid(extent)]);
  const { dimension } = dataset;
  const views = await lookAt(view.views, { trainer, data, fakes, dimension, averaged, losses: view.losses });
  if (dimension === 1) return { kind: "line", fakes, logits, extent, views };
  return { kind: "plane", fakes, logits, size: PLANE_SIZE, extent, views };
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
  const [fakes, realLogits] = await Promise.all([
    generate(trainer, stageLatents(trainer.config, IMAGES), IMAGES, averaged),
    score(trainer, reals, IMAGES),
  ]);
  return {
    kind: "images",
    height,
    width,
    fakes: toRgba(fakes.samples, channels, range),
    fakeLogits: fakes.logits,
    reals: toRgba(reals, channels, range),
    realLogits,
  };
}
