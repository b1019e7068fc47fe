/**
 * What a classifier of real data makes of samples: how they spread over the classes, how sure it is of them, and the two in one
 * number. The maths of the Inception score, but by a small classifier of the same data: it compares with no published score.
 *
 * Noise floor: what test images read, as many as there are samples.
 */
import { foundCount } from "./found";
import type { MetricInfo } from "./info";
import { type Points, rowCount } from "./points";

/** How many samples each class is the likeliest for: [classes]. @param probabilities [n, classes] */
export function classCounts(probabilities: Points, classes: number): number[] {
  const counts = new Array<number>(classes).fill(0);
  for (let row = 0; row < rowCount(probabilities, classes); row++) {
    const likeliest = likeliestClass(probabilities, row, classes);
    counts[likeliest] = (counts[likeliest] ?? 0) + 1;
  }
  return counts;
}

/** How many classes are found, by `classCounts`. */
export function classesFound(counts: readonly number[]): number {
  const samples = counts.reduce((a, b) => a + b, 0);
  return counts.filter((count) => count >= foundCount(samples, counts.length)).length;
}

/** Mean probability of the likeliest class. */
export function confidence(probabilities: Points, classes: number): number {
  const rows = rowCount(probabilities, classes);
  let sum = 0;
  for (let row = 0; row < rows; row++) {
    sum += probabilities[row * classes + likeliestClass(probabilities, row, classes)] ?? 0;
  }
  return sum / rows;
}

/** Share of samples that the classifier gives the class that was asked for. @param asked [n] */
export function classAccuracy(probabilities: Points, classes: number, asked: ArrayLike<number>): number {
  const rows = rowCount(probabilities, classes);
  let hits = 0;
  for (let row = 0; row < rows; row++) if (likeliestClass(probabilities, row, classes) === asked[row]) hits++;
  return hits / rows;
}

/**
 * exp of the mean divergence of a sample's classes from all samples' classes: 1 when nothing can be told apart, the number of
 * classes when each sample is surely of one and all are equally common.
 * @see Salimans et al. 2016, section 4
 */
export function classifierScore(probabilities: Points, classes: number): number {
  const rows = rowCount(probabilities, classes);
  const marginal = new Float64Array(classes);
  for (let i = 0; i < probabilities.length; i++) {
    marginal[i % classes] = (marginal[i % classes] ?? 0) + (probabilities[i] ?? 0) / rows;
  }
  let divergence = 0;
  for (let i = 0; i < probabilities.length; i++) {
    const p = probabilities[i] ?? 0;
    if (p > 0) divergence += (p * Math.log(p / (marginal[i % classes] ?? 1))) / rows;
  }
  return Math.exp(divergence);
}

/** Half the sum of differences between two histograms' shares: 0 when they agree, 1 when they share no class. */
export function classMismatch(fakes: readonly number[], reals: readonly number[]): number {
  const share = (counts: readonly number[]) => {
    const total = counts.reduce((a, b) => a + b, 0);
    return (i: number) => (counts[i] ?? 0) / total;
  };
  const [fake, real] = [share(fakes), share(reals)];
  return 0.5 * fakes.reduce((sum, _, i) => sum + Math.abs(fake(i) - real(i)), 0);
}

function likeliestClass(probabilities: Points, row: number, classes: number): number {
  let best = 0;
  for (let i = 1; i < classes; i++) {
    if ((probabilities[row * classes + i] ?? 0) > (probabilities[row * classes + best] ?? 0)) best = i;
  }
  return best;
}

const TEST_IMAGES = "What test images read, as many as there are samples.";

export const classesFoundInfo: MetricInfo = {
  name: "Classes found",
  unit: "classes",
  definition: "Classes that at least a fifth of their share of the samples belong to, as a classifier tells them.",
  direction: "higher",
  floor: "All of them.",
  source: "ours, after the counting of modes in Lin et al. 2018",
};

export const confidenceInfo: MetricInfo = {
  name: "Classifier's confidence",
  unit: "share, 0 to 1",
  definition:
    "How sure a small classifier, trained on real data alone, is of the class it gives a sample, on average: high where samples can be read.",
  direction: "reference",
  floor: TEST_IMAGES,
  source: "mean of max p(y|x); the classifier is ours",
};

export const classifierScoreInfo: MetricInfo = {
  name: "Classifier score",
  unit: "1 to the number of classes",
  definition:
    "High when each sample is surely of one class and all classes are equally common: the Inception score's formula by a small classifier of the same data, so it compares with no published one.",
  direction: "higher",
  floor: TEST_IMAGES,
  source: "Salimans et al. 2016, section 4, with our own classifier",
};

export const classMismatchInfo: MetricInfo = {
  name: "Class mismatch",
  unit: "share, 0 to 1",
  definition:
    "Share of samples that would have to change their class, as a classifier tells it, for the classes to be as common as in the data.",
  direction: "lower",
  floor: TEST_IMAGES,
  source: "total variation distance of the two class histograms",
};

export const classAccuracyInfo: MetricInfo = {
  name: "Class accuracy",
  unit: "share, 0 to 1",
  definition:
    "Share of samples that are of the class that was asked for, as a classifier tells that was trained on real data alone; of points, by the nearest cluster.",
  direction: "higher",
  floor: "What test images read with their true labels: the classifier's own accuracy.",
  source: "Odena et al. 2017, section 4.1, with our own classifier",
};
