/** A trained generator's metrics and their noise floors, in Node. No training, no printing. */

import { type ExperimentConfig, samplerOf } from "../core/config";
import { type Dataset, datasetOf, type ImageDataset } from "../core/datasets";
import { evaluateFeatures } from "../core/metrics/evaluate-features";
import { FEATURE_SAMPLES } from "../core/metrics/sample-counts";
import { Classifier } from "../engine/classifier/classifier";
import { parseClassifier } from "../engine/classifier/file";
import { judgeImages } from "../engine/classifier/judge-images";
import { evaluationSamples, type MeasuredGenerator, measureGenerator } from "../engine/probes";
import type { Trainer } from "../engine/trainer";
import { nodeImages, nodeSource, readPublicFile } from "./node-data";

export interface Evaluation extends MeasuredGenerator {
  /** What the metrics on features were read with; null where the data has no classifier. */
  readonly classifier: ClassifierUsed | null;
}

export interface ClassifierUsed {
  /** Share of the test images that it names right. */
  readonly accuracy: number;
  /** Generated images that it judged, and as many real ones. */
  readonly samples: number;
}

/** With generator.ema the averaged weights are evaluated, as they are what one would use. */
export async function evaluate(trainer: Trainer, config: ExperimentConfig): Promise<Evaluation> {
  const dataset = datasetOf(config.dataset);
  const judges = hasClassifier(dataset);
  const data = nodeSource(config.dataset);
  const { generated, asked, ...measured } = await measureGenerator(trainer, data, judges ? FEATURE_SAMPLES : 0);
  const seen = judges ? await judged(dataset, generated, config.seed, asked) : null;
  return {
    ...measured,
    metrics: { ...measured.metrics, ...seen?.metrics },
    floors: { ...measured.floors, ...seen?.floors },
    classifier: seen?.classifier ?? null,
  };
}

/** What the classifier of the data says of a generator at this moment; null where there is none. */
export async function judgeGenerator(
  trainer: Trainer,
  config: ExperimentConfig,
): Promise<Pick<Evaluation, "metrics" | "floors" | "classifier"> | null> {
  const dataset = datasetOf(config.dataset);
  if (!hasClassifier(dataset)) return null;
  const { samples, asked } = await samplesOf(trainer, config, FEATURE_SAMPLES);
  return judged(dataset, samples, config.seed, asked);
}

type Classified = ImageDataset & Required<Pick<ImageDataset, "classifier">>;
const hasClassifier = (dataset: Dataset): dataset is Classified =>
  dataset.kind === "images" && dataset.classifier !== undefined;

/** G's samples, by averaged weights where it has them: they are what one would use. */
const samplesOf = (trainer: Trainer, config: ExperimentConfig, count: number) =>
  evaluationSamples(trainer, count, samplerOf(config).ema > 0);

/** What the classifier of the data says: of fakes against training images, and of test images against the same for the floors. */
async function judged(dataset: Classified, fakes: Float32Array, seed: number, asked: Uint8Array | undefined) {
  const classifier = new Classifier(parseClassifier(await readPublicFile(dataset.classifier.file), dataset.id));
  try {
    const { features: width, classes, accuracy } = classifier.header;
    const set = nodeImages(dataset);
    const count = FEATURE_SAMPLES;
    const reals = await judgeImages(classifier, set, "train", { count, seed, step: 1 });
    const test = await judgeImages(classifier, set, "test", { count, seed, step: 2 });
    const size = dataset.shape.reduce((a, b) => a * b, 1);
    const seen = await classifier.judge(fakes.subarray(0, count * size), count);
    return {
      metrics: evaluateFeatures({ fakes: seen, reals, width, classes, asked }),
      floors: {
        ...evaluateFeatures({ fakes: test, reals, width, classes }),
        ...(asked === undefined ? {} : { classAccuracy: accuracy }),
      },
      classifier: { accuracy, samples: count },
    };
  } finally {
    classifier.dispose();
  }
}
