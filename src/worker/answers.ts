/** Answers about a person's points: G's samples of latents, as the page draws them, and D's opinion. Uses no training randomness. */
import { samplerOf } from "../core/config";
import { type DatasetId, dataShape, datasetOf } from "../core/datasets";
import type { Inside, InsideQuestion } from "../core/inside";
import type { Study } from "../core/latent-space/studies";
import { answerStudy, generate as generateWith, score as scoreWith, toRgba } from "../engine/probes";
import { insideOf } from "../engine/probes/inside";
import type { Arm } from "./arm";
import type { Classifiers } from "./classifiers";
import type { Generated, Scored, Studied } from "./protocol";

/** Samples for one request at most: a page of thumbnails, a frame of an animation, a map of latent space. */
const MAX_COUNT = 1024;

function checkCount(count: number): void {
  if (Number.isInteger(count) && count >= 1 && count <= MAX_COUNT) return;
  throw new Error(`From 1 to ${MAX_COUNT} samples can be asked about at once, not ${count}.`);
}

/** @throws Error when the latents do not fit the networks */
export async function generate(
  arms: readonly Arm[],
  latents: Float32Array,
  count: number,
  averaged: boolean,
  label: number,
): Promise<Pick<Generated, "arms">> {
  checkCount(count);
  const results: Generated["arms"][number][] = [];
  // Arms may differ in anything: those that take latents of another size have nothing to say to these.
  const fitting = arms.filter(({ config }) => latents.length === count * config.latent.size);
  if (fitting.length === 0) {
    const sizes = [...new Set(arms.map(({ config }) => config.latent.size))].join(" or ");
    throw new Error(`A latent of ${latents.length / count} numbers does not fit a generator that takes ${sizes}.`);
  }
  for (const { id, trainer, config } of fitting) {
    const useAverage = averaged && samplerOf(config).ema > 0;
    const { samples, logits } = await generateWith(trainer, latents, count, useAverage, ofClass(label, count));
    const dataset = datasetOf(config.dataset);
    results.push({
      arm: id,
      samples: dataset.kind === "points" ? samples : toRgba(samples, dataset.shape[2], dataset.valueRange),
      logits,
    });
  }
  return { arms: results };
}

/** @throws Error when the samples are not of the arms' data */
export async function score(
  arms: readonly Arm[],
  samples: Float32Array,
  count: number,
  label: number,
): Promise<Pick<Scored, "arms">> {
  checkCount(count);
  const results: Scored["arms"][number][] = [];
  const fitting = arms.filter(({ config }) => samples.length === count * sampleSize(config.dataset));
  if (fitting.length === 0) {
    const shapes = arms.map(({ config }) => `[${dataShape(config.dataset).join(", ")}]`).join(" or ");
    throw new Error(`${samples.length / count} numbers are no sample of shape ${shapes}.`);
  }
  for (const { id, trainer } of fitting) {
    results.push({ arm: id, logits: await scoreWith(trainer, samples, count, ofClass(label, count)) });
  }
  return { arms: results };
}

/** @throws Error in a sentence where the question makes no sense for the arm, or there is no such arm any more */
export async function study(
  arm: Arm | undefined,
  asked: Study,
  averaged: boolean,
  classifiers: Classifiers,
): Promise<Pick<Studied, "answer">> {
  if (arm === undefined) throw new Error("That arm is no longer there.");
  const { trainer, data, config } = arm;
  const classifier = () => {
    const file = classifiers.get(config.dataset);
    return file === "missing" ? null : file;
  };
  return { answer: await answerStudy(asked, { trainer, data, averaged, classifier }) };
}

/** A look inside an arm's network. @throws Error for a network or a layer that it has not */
export async function inside(
  arm: Arm | undefined,
  question: InsideQuestion,
  averaged: boolean,
): Promise<Inside | null> {
  if (arm === undefined) return null;
  return insideOf(arm.trainer, arm.data, question, averaged && samplerOf(arm.config).ema > 0);
}

/** Each sample for itself, all of one class where the model is told classes. */
const ofClass = (label: number, count: number) => ({
  company: "reals" as const,
  labels: new Uint8Array(count).fill(label),
});

const sampleSize = (dataset: DatasetId) => dataShape(dataset).reduce((product, side) => product * side, 1);
