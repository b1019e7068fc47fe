/**
 * `npm run classifier -- --dataset mnist`: trains the small classifier that metrics on a labelled image set are read with, and
 * writes it where the dataset says. Run once; the file is in the repository. Not how it learns (engine/classifier/learn.ts),
 * nor its format (engine/classifier/file.ts).
 */
import { mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { parseArgs } from "node:util";
import { DATASET_IDS, datasetOf, type ImageDataset } from "../core/datasets";
import { fitGaussian } from "../core/metrics/frechet";
import { FEATURE_METRIC_IDS, type FeatureMetricId, type FeatureValues } from "../core/metrics/info";
import { evaluationCount, FEATURE_SAMPLES } from "../core/metrics/sample-counts";
import { finish } from "../core/pieces";
import { makeFeatureYardstick, measureFeatures } from "../core/quality/feature-measuring";
import { Classifier, classifierLayers, FEATURES } from "../engine/classifier/classifier";
import { type ClassifierHeader, packClassifier, parseClassifier } from "../engine/classifier/file";
import { judgeImages } from "../engine/classifier/judge-images";
import { learnClassifier } from "../engine/classifier/learn";
import type { ImageSet, Split } from "../engine/data";
import { buildNetwork, type Network } from "../engine/networks/network";
import { UsageError, wholeNumber } from "./arguments";
import { startBackend } from "./node-backend";
import { nodeImages, readPublicFile } from "./node-data";
import { runMain } from "./run-main";

const SEED = 1;
const FLOOR_DRAWS = 16; // pairs of samples over which the noise floors are averaged

/** @throws UsageError where the data is no labelled image set with a place for a classifier */
function classified(text: string | undefined) {
  const candidates = DATASET_IDS.flatMap((id) => {
    const data = datasetOf(id);
    return data.kind === "images" && data.classifier !== undefined ? [{ id, data, path: data.classifier.file }] : [];
  });
  const found = candidates.find(({ id }) => id === text);
  if (found !== undefined) return found;
  throw new UsageError(`Give --dataset and one of: ${candidates.map(({ id }) => id).join(", ")}.`);
}

/** What the page's number of test images reads against as many training images, averaged over draws. */
async function noiseFloors(classifier: Classifier, set: ImageSet, samples: number): Promise<FeatureValues> {
  const { features, classes } = classifier.header;
  const draw = (split: Split, step: number) =>
    judgeImages(classifier, set, split, { count: samples, seed: SEED, step });
  const sums: { [id in FeatureMetricId]?: number } = {};
  for (let i = 0; i < FLOOR_DRAWS; i++) {
    const yardstick = finish(makeFeatureYardstick(await draw("train", 2 * i), features, classes));
    const { values } = finish(measureFeatures(await draw("test", 2 * i + 1), yardstick));
    for (const id of FEATURE_METRIC_IDS)
      if (values[id] !== undefined) sums[id] = (sums[id] ?? 0) + values[id] / FLOOR_DRAWS;
  }
  return sums;
}

/** Total variance of the features of training images. */
async function featureSpread(classifier: Classifier, set: ImageSet): Promise<number> {
  const { features } = await judgeImages(classifier, set, "train", { count: FEATURE_SAMPLES, seed: SEED, step: 0 });
  classifier.dispose();
  const { covariance } = fitGaussian(features, FEATURES);
  return covariance.reduce((sum, value, at) => (at % (FEATURES + 1) === 0 ? sum + value : sum), 0);
}

/** What features' total variance is made. A Fréchet distance of as much is that of a generator with the data's mean alone. */
const SPREAD = 100;

/**
 * Scales the features, and what reads them back by as much: their unit means nothing, so it may as well be one that people can
 * read distances in. The layer's activation must be positively homogeneous.
 */
function scaleFeatures(weights: Float32Array, network: Network, spread: number): void {
  const factor = Math.sqrt(SPREAD / spread);
  const last = network.layers.length - 1;
  let at = 0;
  for (const { layer, name, shape } of network.weights) {
    const end = at + shape.reduce((a, b) => a * b, 1);
    const by = layer === last - 1 ? factor : layer === last && name === "kernel" ? 1 / factor : 1;
    for (; at < end; at++) weights[at] = (weights[at] ?? 0) * by;
  }
}

/** Share of the test images that are named right. */
async function testAccuracy(classifier: Classifier, set: ImageSet): Promise<number> {
  const { testCount, classes } = set.dataset;
  const labels = set.labels("test");
  const BATCH = 500;
  let hits = 0;
  for (let from = 0; from < testCount; from += BATCH) {
    const indices = Array.from({ length: Math.min(BATCH, testCount - from) }, (_, i) => from + i);
    const { probabilities } = await classifier.judge(set.images(indices, undefined, "test"), indices.length);
    for (const [i, index] of indices.entries()) {
      const own = probabilities.subarray(i * classes.length, (i + 1) * classes.length);
      if (own.indexOf(Math.max(...own)) === labels[index]) hits++;
    }
  }
  return hits / testCount;
}

/** Weights in the network's order, trained and scaled. */
async function learn(set: ImageSet, steps: number): Promise<Float32Array> {
  const { dataset } = set;
  const layers = classifierLayers(dataset);
  const started = Date.now();
  const weights = await learnClassifier(set, {
    layers,
    seed: SEED,
    steps,
    batchSize: 64,
    learningRate: 2e-3,
    onProgress: (step, loss) => {
      const seconds = Math.round((Date.now() - started) / 1000);
      console.log(`step ${step} of ${steps}, cross-entropy ${loss.toFixed(4)}, ${seconds} s`);
    },
  });
  const spread = await featureSpread(asPacked(dataset, weights), set);
  scaleFeatures(weights, buildNetwork(layers, [...dataset.shape]), spread);
  return weights;
}

/** The file's bytes. */
function pack(dataset: ImageDataset, weights: Float32Array, read: Read): Uint8Array {
  const { id, shape, classes, testCount } = dataset;
  const known = { dataset: id, shape: [...shape], classes: classes.length, features: FEATURES, testImages: testCount };
  return packClassifier({ ...known, layers: classifierLayers(dataset), ...read }, weights);
}

/** What is read of a classifier that is trained. */
type Read = Pick<ClassifierHeader, "accuracy" | "floors">;
const UNREAD: Read = { accuracy: 0, floors: { samples: 1, values: {} } };

/** The classifier with its weights as the file has them, not as they were learned. */
function asPacked(dataset: ImageDataset, weights: Float32Array): Classifier {
  return new Classifier(parseClassifier(pack(dataset, weights, UNREAD).buffer as ArrayBuffer, dataset.id));
}

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      dataset: { type: "string" },
      steps: { type: "string", default: "9000" },
      // Reads accuracy and floors anew, of the weights that are in the file.
      "keep-weights": { type: "boolean", default: false },
    },
  });
  const { id, data: dataset, path } = classified(values.dataset);
  const steps = wholeNumber("--steps", values.steps, 1, 1_000_000);
  await startBackend("wasm");
  const set = nodeImages(dataset);
  await set.ensureAll("train");
  await set.ensureAll("test");

  const kept = values["keep-weights"] ? await readPublicFile(path) : null;
  const weights = kept === null ? await learn(set, steps) : parseClassifier(kept, id).weights;
  const classifier = asPacked(dataset, weights);
  const accuracy = await testAccuracy(classifier, set);
  const samples = evaluationCount(id);
  const floors = { samples, values: await noiseFloors(classifier, set, samples) };
  classifier.dispose();
  console.log(`${(100 * accuracy).toFixed(2)} % of ${dataset.testCount} test images named right; floors`, floors);
  const target = join(import.meta.dirname, "../../public", path);
  mkdirSync(dirname(target), { recursive: true });
  const bytes = pack(dataset, weights, { accuracy, floors });
  writeFileSync(target, bytes);
  console.log(`wrote ${target}, ${bytes.length} bytes`);
}

await runMain(main);
