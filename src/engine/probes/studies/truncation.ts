/** What pulling latents towards their mean does to samples: how many are among the reals, and how far apart they are. */
import { truncate } from "../../../core/latents";
import { meanPairwiseDistance } from "../../../core/metrics/mean-pairwise-distance";
import { precisionRecall } from "../../../core/metrics/precision-recall";
import { isHere } from "../../data";
import { evaluationBatches, evaluationReals } from "../evaluation-samples";
import { generateSamples, toldClasses } from "../generate";
import type { StudyProbe } from "./types";

/** Samples a side; of large images fewer, since each pair costs as many products as there are numbers. */
const SAMPLES = 200;
const LARGE = 1000;
/** Real samples are those of an early step, which are here once training has begun. */
const STEP = 1;

export const truncation: StudyProbe<"truncation"> = async ({ psi, label }, { trainer, data, averaged }) => {
  if (!isHere(data, STEP)) return null;
  const dimension = data.shape.reduce((a, b) => a * b, 1);
  const count = dimension > LARGE ? SAMPLES / 2 : SAMPLES;
  const samples = new Float32Array(count * dimension);
  for (const batch of evaluationBatches(trainer, count)) {
    const labels = toldClasses(trainer) === 0 ? {} : { labels: new Uint8Array(batch.count).fill(label) };
    const made = await generateSamples(trainer, truncate(batch.latents, psi), batch.count, averaged, labels);
    samples.set(made, batch.at * dimension);
  }
  const real = evaluationReals(data, trainer.config.seed, count, STEP);
  return {
    precision: precisionRecall(samples, real, dimension).precision,
    spread: meanPairwiseDistance(samples, dimension) / meanPairwiseDistance(real, dimension),
  };
};
