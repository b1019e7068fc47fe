/**
 * A run as the page's doctor sees it, in Node: trained step by step, with the curves thinned as the page gets them and the
 * measures of quality taken now and then. No judging (core/diagnosis/doctor), no printing.
 */
import { type ExperimentConfig, samplerOf } from "../core/config";
import { datasetOf } from "../core/datasets";
import { sigmoid } from "../core/density";
import { firstNotFinite } from "../core/diagnosis/not-finite";
import { History } from "../core/history";
import type { Memory } from "../core/memory";
import { evaluationCount } from "../core/metrics/sample-counts";
import { modelOf, readingIds } from "../core/models";
import { finish } from "../core/pieces";
import { QualityLog } from "../core/quality/log";
import { measuresFor } from "../core/quality/measures";
import { makeYardstick, measure } from "../core/quality/measuring";
import type { Quality } from "../core/quality/quality";
import { integers } from "../core/rng";
import type { ImageSet, RealSource } from "../engine/data";
import type { StepNumbers } from "../engine/numbers";
import { evaluationBatches, evaluationReals, generate } from "../engine/probes";
import { memoryOf } from "../engine/probes/memory";
import { createTrainer, type Trainer } from "../engine/trainer";
import { nodeImages, nodeSource } from "./node-data";

export interface Watched {
  readonly step: number;
  readonly history: History;
  readonly quality: Pick<Quality, "step" | "latest" | "counts" | "standards" | "curves">;
  /** D's mean probability of the fakes, as both are used. */
  readonly judged: number;
  /** How D judges training images and images held back; null where none were. */
  readonly memory: Memory | null;
  /** Why the run cannot go on, a sentence; null while it can. */
  readonly stopped: string | null;
}

export interface WatchOptions {
  readonly steps: number;
  /** Steps between two looks. */
  readonly every: number;
  /** Initial weights in place of those that are drawn, as createTrainer takes them. */
  readonly weights?: ReadonlyMap<string, Float32Array>;
  /** Only so many training images, the first of the set. Default: all. */
  readonly pool?: number;
  /** A live change for the steps from one on. */
  readonly change?: { readonly step: number; readonly config: ExperimentConfig };
}

/** Trains on the running backend and shows the run every so many steps; ends early where `look` returns false. */
export async function watchRun(
  config: ExperimentConfig,
  { steps, every, weights = new Map(), pool, change }: WatchOptions,
  look: (seen: Watched) => boolean,
): Promise<void> {
  const dataset = datasetOf(config.dataset);
  const images = dataset.kind === "images" ? nodeImages(dataset) : null;
  const data = images === null || pool === undefined ? nodeSource(config.dataset) : firstOf(images, pool);
  if (images !== null) await Promise.all([images.ensureAll("train"), images.ensureAll("test")]);
  const trainer = createTrainer({ config, data, weights, threads: 1 });
  try {
    await data.ready(2);
    const dimension = data.shape.reduce((a, b) => a * b, 1);
    const count = evaluationCount(config.dataset);
    const reals = evaluationReals(data, config.seed, count, 1);
    const realsB = evaluationReals(data, config.seed, count, 2);
    const yardstick = finish(makeYardstick(config.dataset, reals, realsB, config.seed));
    const history = new History(readingIds(config));
    const log = new QualityLog(measuresFor(config.dataset));
    while (trainer.step < steps) {
      if (trainer.step === change?.step) trainer.update(change.config);
      await trainer.ready();
      trainer.train("all");
      if (trainer.step % every !== 0) continue;
      const numbers = await trainer.readNumbers();
      const width = numbers.columns.length;
      numbers.steps.forEach((step, row) => {
        history.append(step, numbers.values.subarray(row * width, (row + 1) * width));
      });
      const { samples, judged } = await samplesOf(trainer, count, dimension);
      const sizes = finish(measure(samples, yardstick));
      log.append(trainer.step, sizes.values);
      const { standards } = yardstick;
      const quality = { step: trainer.step, latest: sizes.values, counts: sizes.counts, standards, curves: log.all() };
      const memory = images === null ? null : await memoryOf(trainer, images, pool);
      const stopped = stopOf(config, numbers);
      if (!look({ step: trainer.step, history, quality, judged, memory, stopped }) || stopped !== null) return;
    }
  } finally {
    trainer.dispose();
  }
}

/** A source that draws from the first images of a set alone. */
function firstOf(images: ImageSet, pool: number): RealSource {
  const size = images.dataset.shape.reduce((a, b) => a * b, 1);
  return {
    shape: [...images.dataset.shape],
    ready: () => undefined,
    minibatch: (out, seed, stream, step) =>
      void images.images(integers(new Int32Array(out.length / size), pool, seed, stream, step), out),
  };
}

/** The first reading that has to be finite and is not. */
function stopOf(config: ExperimentConfig, numbers: StepNumbers): string | null {
  const found = firstNotFinite(modelOf(config), numbers, "all");
  return found === null ? null : `At step ${found.step}, ${found.what}.`;
}

/** G's samples, as the stage shows them, and what D makes of them. */
async function samplesOf(trainer: Trainer, count: number, dimension: number) {
  const averaged = samplerOf(trainer.config).ema > 0;
  const samples = new Float32Array(count * dimension);
  let judged = 0;
  for (const batch of evaluationBatches(trainer, count)) {
    const made = await generate(trainer, batch.latents, batch.count, averaged, batch.asked);
    samples.set(made.samples, batch.at * dimension);
    judged += made.logits.reduce((sum, logit) => sum + sigmoid(logit), 0) / count;
  }
  return { samples, judged };
}
