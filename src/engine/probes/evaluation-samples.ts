/**
 * What a generator's quality is read by, in the terminal and on the page: its samples of latents that are the same at every step, every
 * class in turn where it is told classes, and as many reals. No reading (core/metrics, core/quality). Draws nothing from training's streams.
 */
import { sampleLatents } from "../../core/latents";
import { STREAMS } from "../../core/rng";
import type { RealSource } from "../data";
import type { Trainer } from "../trainer";
import { classesInTurn } from "./evaluation";
import { type Asked, generateSamples, toldClasses } from "./generate";

/** Samples generated at once: bounds the memory of one pass. */
const BATCH = 500;

/** Latents [count, latent.size] from the `at`-th sample on. */
export interface EvaluationBatch {
  readonly at: number;
  readonly count: number;
  readonly latents: Float32Array;
  readonly asked: Pick<Asked, "labels">;
}

/** The class that each of so many samples is asked for; undefined where the model is told none. */
function askedClasses(trainer: Trainer, count: number): Uint8Array | undefined {
  const classes = toldClasses(trainer);
  return classes === 0 ? undefined : classesInTurn(count, classes);
}

/** What the samples are made of, a pass each; the first ones are the same however many there are. */
export function* evaluationBatches(trainer: Trainer, count: number): Generator<EvaluationBatch> {
  const { latent, seed } = trainer.config;
  const { size, prior } = latent;
  const latents = new Float32Array(count * size);
  sampleLatents(latents, prior, seed, STREAMS.evaluate, 0);
  const classes = askedClasses(trainer, count);
  for (let at = 0; at < count; at += BATCH) {
    const end = Math.min(count, at + BATCH);
    const asked = classes === undefined ? {} : { labels: classes.subarray(at, end) };
    yield { at, count: end - at, latents: latents.subarray(at * size, end * size), asked };
  }
}

/** The samples [count, ...dataShape], in data units, and the class that each was asked for; all of the trainer's step now. */
export async function evaluationSamples(
  trainer: Trainer,
  count: number,
  averaged: boolean,
): Promise<{ readonly samples: Float32Array; readonly asked: Uint8Array | undefined }> {
  const dimension = trainer.shape.reduce((a, b) => a * b, 1);
  const samples = new Float32Array(count * dimension);
  for (const batch of evaluationBatches(trainer, count)) {
    const made = await generateSamples(trainer, batch.latents, batch.count, averaged, batch.asked);
    samples.set(made, batch.at * dimension);
  }
  return { samples, asked: askedClasses(trainer, count) };
}

/** Real samples [count, ...dataShape], those of one step of a stream of their own; that step must be ready. */
export function evaluationReals(data: RealSource, seed: number, count: number, step: number): Float32Array {
  const out = new Float32Array(data.shape.reduce((a, b) => a * b, count));
  data.minibatch(out, seed, STREAMS.evaluate, step);
  return out;
}
