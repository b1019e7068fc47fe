/**
 * What pulling latents towards their mean does to samples: how many are among the reals, and how much of the reals they cover. By the
 * features of the data's classifier where there is one: pixels call a blur near to many.
 */
import type { TruncationEffect } from "../../../core/latent-space/studies";
import { truncate } from "../../../core/latents";
import { frechetDistance } from "../../../core/metrics/frechet";
import { meanPairwiseDistance } from "../../../core/metrics/mean-pairwise-distance";
import { precisionRecall } from "../../../core/metrics/precision-recall";
import { Classifier } from "../../classifier/classifier";
import type { ClassifierFile } from "../../classifier/file";
import { isHere } from "../../data";
import { evaluationBatches, evaluationReals } from "../evaluation-samples";
import { generateSamples } from "../generate";
import type { StudyContext, StudyProbe } from "./types";

/** Samples a side where numbers of the data are compared; of large images fewer, since each pair costs as many products as these have. */
const SAMPLES = 200;
const LARGE = 1000;
/** Real samples are those of an early step, which are here once training has begun. */
const STEP = 1;

export const truncation: StudyProbe<"truncation"> = async ({ psi }, context) => {
  const file = context.classifier();
  if (file === "coming" || !isHere(context.data, STEP)) return null;
  if (file !== null) return byFeatures(psi, context, file);
  const dimension = context.data.shape.reduce((a, b) => a * b, 1);
  const { samples, reals } = await bothSides(psi, context, dimension > LARGE ? SAMPLES / 2 : SAMPLES);
  return {
    quality: precisionRecall(samples, reals, dimension).precision,
    diversity: meanPairwiseDistance(samples, dimension) / meanPairwiseDistance(reals, dimension),
    judge: null,
  };
};

/** Of as many samples as the classifier's floors are of: only then can the two be compared. */
async function byFeatures(psi: number, context: StudyContext, file: ClassifierFile): Promise<TruncationEffect> {
  const { accuracy, features, floors } = file.header;
  const { samples, reals } = await bothSides(psi, context, floors.samples);
  const classifier = new Classifier(file);
  try {
    const [made, real] = [
      await classifier.judge(samples, floors.samples),
      await classifier.judge(reals, floors.samples),
    ];
    const { precision, recall } = precisionRecall(made.features, real.features, features);
    const { featurePrecision = 1, featureRecall = 1, frechet: test = 0 } = floors.values;
    const frechet = { samples: frechetDistance(made.features, real.features, features), test };
    return {
      quality: precision,
      diversity: recall,
      judge: { accuracy, quality: featurePrecision, diversity: featureRecall, frechet },
    };
  } finally {
    classifier.dispose();
  }
}

/** As many samples, every class in turn where G is told classes, as reals. */
async function bothSides(psi: number, { trainer, data, averaged }: StudyContext, count: number) {
  const dimension = data.shape.reduce((a, b) => a * b, 1);
  const samples = new Float32Array(count * dimension);
  for (const batch of evaluationBatches(trainer, count)) {
    const made = await generateSamples(trainer, truncate(batch.latents, psi), batch.count, averaged, batch.asked);
    samples.set(made, batch.at * dimension);
  }
  return { samples, reals: evaluationReals(data, trainer.config.seed, count, STEP) };
}
