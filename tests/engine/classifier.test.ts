/** The classifiers that metrics are read with: those in the repository are as good as they say, and how they are made works. */
import { beforeAll, describe, expect, it } from "vitest";
import { startBackend } from "../../src/cli/node-backend";
import { nodeImages, readPublicFile } from "../../src/cli/node-data";
import { DATASET_IDS, datasetOf, type ImageDataset } from "../../src/core/datasets";
import { evaluateFeatures, type Judged } from "../../src/core/metrics/evaluate-features";
import { fitGaussian } from "../../src/core/metrics/frechet";
import { FEATURE_METRIC_IDS } from "../../src/core/metrics/info";
import { finish } from "../../src/core/pieces";
import { makeFeatureYardstick, measureFeatures } from "../../src/core/quality/feature-measuring";
import { uniforms } from "../../src/core/rng";
import { Classifier, classifierLayers } from "../../src/engine/classifier/classifier";
import { type ClassifierFile, parseClassifier } from "../../src/engine/classifier/file";
import { judgeImages } from "../../src/engine/classifier/judge-images";
import { learnClassifier } from "../../src/engine/classifier/learn";

const CLASSIFIED = DATASET_IDS.map(datasetOf).filter(
  (data): data is ImageDataset => data.kind === "images" && data.classifier !== undefined,
);
/** What each set's classifier has to reach. */
const ACCURACY: Readonly<Record<string, number>> = {
  mnist: 0.985,
  "fashion-mnist": 0.9,
  "faces-16": 0.92,
  "faces-32": 0.96,
  emoji: 0.85,
  "line-faces": 0.97,
  shapes: 0.99,
};

/** How many times the floor noise reads at least, where that is less than usual: of 300 test images the floor itself is high. */
const NOISE: Readonly<Record<string, number>> = { emoji: 8 };

const fileOf = async ({ id, classifier }: ImageDataset): Promise<ClassifierFile> =>
  parseClassifier(await readPublicFile(classifier?.file ?? ""), id);

beforeAll(() => startBackend("wasm"));

for (const dataset of CLASSIFIED) {
  describe(`the classifier of ${dataset.id}`, () => {
    const set = nodeImages(dataset);

    it("is small, and names as many test images right as its file says", async () => {
      const bytes = await readPublicFile(dataset.classifier?.file ?? "");
      expect(bytes.byteLength).toBeLessThan(200_000);
      const file = parseClassifier(bytes, dataset.id);
      expect(file.header).toMatchObject({ classes: dataset.classes.length, shape: [...dataset.shape] });
      expect(dataset.classifier?.accuracy).toBeCloseTo(file.header.accuracy, 3); // the card's is the file's
      expect(file.header.accuracy).toBeGreaterThanOrEqual(ACCURACY[dataset.id] ?? 0.85);
      const classifier = new Classifier(file);
      await set.ensureAll("test");
      const count = Math.min(1000, dataset.testCount);
      const indices = Array.from({ length: count }, (_, i) => i);
      const { probabilities } = await classifier.judge(set.images(indices, undefined, "test"), count);
      const [labels, { classes }] = [set.labels("test"), file.header];
      const right = indices.filter((i) => {
        const own = probabilities.subarray(i * classes, (i + 1) * classes);
        return own.indexOf(Math.max(...own)) === labels[i];
      });
      expect(right.length / count).toBeGreaterThan(file.header.accuracy - 0.03); // the first thousand are not all
      classifier.dispose();
    });

    it("has features whose spread is 100, floors as its file says, and tells noise from images", async () => {
      const file = await fileOf(dataset);
      const classifier = new Classifier(file);
      const { features: width, classes, floors } = file.header;
      const count = floors.samples;
      const [reals, test] = [
        await judgeImages(classifier, set, "train", { count, seed: 3, step: 0 }),
        await judgeImages(classifier, set, "test", { count, seed: 3, step: 1 }),
      ];
      const { covariance } = fitGaussian(reals.features, width);
      const spread = covariance.reduce((sum, value, at) => (at % (width + 1) === 0 ? sum + value : sum), 0);
      expect(spread).toBeGreaterThan(90);
      expect(spread).toBeLessThan(110);
      const yardstick = finish(makeFeatureYardstick(reals, width, classes));
      const floor = finish(measureFeatures(test, yardstick)).values;
      // A class of a few images in thousands may be missing among so many samples of real ones.
      expect(floor.classesFound).toBeGreaterThan((floors.values.classesFound ?? classes) - 1.5);
      expect(floors.values.classesFound).toBeGreaterThan(0.75 * classes);
      expect(floor.frechet).toBeLessThan(2 * (floors.values.frechet ?? 0));
      expect(floor.frechet).toBeGreaterThan(0.5 * (floors.values.frechet ?? 0));
      expect(floor.confidence).toBeCloseTo(floors.values.confidence ?? 0, 1);
      const noise = uniforms(new Float32Array(count * dataset.shape.reduce((a, b) => a * b, 1)), 1, 1, 1);
      const seen: Judged = await classifier.judge(
        noise.map((value) => 2 * value - 1),
        count,
      );
      const { values, counts } = finish(measureFeatures(seen, yardstick));
      expect(values.frechet).toBeGreaterThan((NOISE[dataset.id] ?? 20) * (floor.frechet ?? 0));
      expect(values.classMismatch).toBeGreaterThan(3 * (floor.classMismatch ?? 1));
      expect(counts?.reduce((a, b) => a + b, 0)).toBe(count);
      classifier.dispose();
    });

    it("measures in pieces what the whole evaluation reads", async () => {
      const file = await fileOf(dataset);
      const classifier = new Classifier(file);
      const { features: width, classes } = file.header;
      const reals = await judgeImages(classifier, set, "train", { count: 300, seed: 5, step: 0 });
      const fakes = await judgeImages(classifier, set, "test", { count: 300, seed: 5, step: 1 });
      const asked = Array.from({ length: 300 }, (_, i) => i % classes);
      const whole = evaluateFeatures({ fakes, reals, width, classes, asked });
      const { values } = finish(measureFeatures(fakes, finish(makeFeatureYardstick(reals, width, classes)), asked));
      for (const id of FEATURE_METRIC_IDS) {
        expect(values[id], id).toBeCloseTo(whole[id] ?? Number.NaN, 12);
      }
      classifier.dispose();
    });
  });
}

describe("learning to classify", () => {
  it("tells what else is known of images beside their class: its features are about all of it", () => {
    const faces = datasetOf("faces-16");
    if (faces.kind !== "images") throw new Error("faces are images");
    const attributes = (faces.attributes ?? []).map(({ values = [] }) => values.length);
    const units = attributes.reduce((a, b) => a + b, faces.classes.length);
    expect(units).toBeGreaterThan(20);
    expect(classifierLayers(faces).at(-1)).toMatchObject({ type: "dense", units });
  });

  it("names most digits right after a hundred steps, by numbers that depend on the seed alone", async () => {
    const dataset = datasetOf("mnist");
    if (dataset.kind !== "images") throw new Error("mnist is images");
    const set = nodeImages(dataset);
    await set.ensureAll("train");
    const layers = classifierLayers(dataset);
    const options = { layers, seed: 2, steps: 100, batchSize: 32, learningRate: 2e-3 };
    const weights = await learnClassifier(set, options);
    expect(await learnClassifier(set, options)).toEqual(weights);
    const { header } = await fileOf(dataset);
    const classifier = new Classifier({ header, weights });
    const indices = Array.from({ length: 500 }, (_, i) => i);
    const { probabilities } = await classifier.judge(set.images(indices), 500);
    const right = indices.filter((i) => {
      const own = probabilities.subarray(i * 10, (i + 1) * 10);
      return own.indexOf(Math.max(...own)) === set.labels()[i];
    });
    expect(right.length / 500).toBeGreaterThan(0.75);
    classifier.dispose();
  });
});
