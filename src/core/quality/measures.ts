/**
 * What "how good is it?" asks of a generator, by the kind of data: which metrics are read while training, how each is called
 * for people, and when a value is good. The maths is core/metrics; nothing is computed here.
 */
import { type DatasetId, datasetOf } from "../datasets";
import { formatNumber } from "../format";

/** The metrics that are read while training; ids of core/metrics. */
export const MEASURE_IDS = [
  "modes20",
  "highQuality",
  "precision",
  "coverage",
  "histogramJs",
  "slicedWasserstein",
  "pairwiseDistanceRatio",
  "sharpnessRatio",
  "classesFound",
  "confidence",
  "featureCoverage",
  "frechet",
] as const;
export type MeasureId = (typeof MEASURE_IDS)[number];

/** Shares, of the samples or of the data: 0 at worst. */
export const SHARE_IDS: readonly MeasureId[] = [
  "modes20",
  "highQuality",
  "precision",
  "coverage",
  "classesFound",
  "confidence",
  "featureCoverage",
];

/** A value of each measure that the data allows. */
export type MeasureValues = { readonly [id in MeasureId]?: number };

/** What values are held against. They depend on the data, the seed and the numbers of samples, not on the generator. */
export interface Standards {
  /** Noise floors: the same between two samples of real data, which a perfect generator would read. */
  readonly floor: MeasureValues;
  /** Of shares none; of the others what a generator reads that gives the mean of the data for every z. */
  readonly worst: MeasureValues;
  /** Clusters or classes that the data has; 0 where it has none. */
  readonly clusters: number;
}

export interface Measure {
  /** What stands beside the number. */
  readonly name: string;
  /** One sentence for a tooltip. */
  readonly definition: string;
  /** The most of the way from perfect (0) to useless (1) that is still called good, and still fair. */
  readonly good: number;
  readonly fair: number;
  readonly format: (value: number, standards: Standards) => string;
}

const percent = (value: number) => `${Math.round(100 * value)} %`;
const plain = (value: number) => formatNumber(value, 2);

export const MEASURES: Readonly<Record<MeasureId, Measure>> = {
  modes20: {
    name: "Clusters found",
    definition:
      "Clusters of the data in which at least 20 of 2,500 generated points lie, within three standard deviations of the centre: fewer could be luck.",
    good: 0,
    fair: 0.25,
    format: (value, { clusters }) => `${value} of ${clusters}`,
  },
  highQuality: {
    name: "On target",
    definition:
      "Share of 2,500 generated points that lie within three standard deviations of a cluster's centre. Real points read 98.9 % in the plane.",
    good: 0.25,
    fair: 0.5,
    format: percent,
  },
  precision: {
    name: "On target",
    definition:
      "Share of generated points that fall among the real ones: no farther from some real point than its third neighbour is (precision, 1,000 points).",
    good: 0.15,
    fair: 0.4,
    format: percent,
  },
  coverage: {
    name: "Data covered",
    definition:
      "Share of real points that have a generated one closer than their fifth real neighbour (coverage, 1,000 points): low when parts of the data are missed.",
    good: 0.2,
    fair: 0.5,
    format: percent,
  },
  histogramJs: {
    name: "Mismatch",
    definition:
      "How different the two histograms are: 0 bits when they agree, 1 bit when they do not overlap (Jensen-Shannon divergence).",
    good: 0.06,
    fair: 0.2,
    format: (value) => `${plain(value)} bits`,
  },
  slicedWasserstein: {
    name: "Distance",
    definition:
      "How far, on average, probability has to be moved to turn the generated samples into the data, seen along 128 random directions (sliced Wasserstein), in units of the data.",
    good: 0.08,
    fair: 0.2,
    format: plain,
  },
  pairwiseDistanceRatio: {
    name: "Diversity",
    definition:
      "Mean distance between two generated samples over that between two real ones: 1 is as varied as the data, 0 is the same sample for ever.",
    good: 0.15,
    fair: 0.4,
    format: plain,
  },
  sharpnessRatio: {
    name: "Sharpness",
    definition:
      "Mean steepness of brightness in generated images over that in real ones: 1 is as sharp as the data, less is blurred, more is noisy.",
    good: 0.12,
    fair: 0.35,
    format: plain,
  },
  classesFound: {
    name: "Classes found",
    definition:
      "Classes that at least a fifth of their share of 500 generated images belong to, as a small classifier of the real ones tells them.",
    good: 0,
    fair: 0.25,
    format: (value, { clusters }) => `${value} of ${clusters}`,
  },
  confidence: {
    name: "Readable",
    definition:
      "How sure a small classifier, trained on real images alone, is of what it sees in 500 generated ones: its mean probability of the likeliest class.",
    good: 0.08,
    fair: 0.2,
    format: percent,
  },
  featureCoverage: {
    name: "Data covered",
    definition:
      "Share of 400 real images that have a generated one closer than their fifth real neighbour, by the features of a small classifier (coverage).",
    good: 0.2,
    fair: 0.5,
    format: percent,
  },
  frechet: {
    name: "Fréchet distance",
    definition:
      "How far 500 generated images are from as many real ones by the features of a small classifier of this data, whose spread is 100. Not Inception FID: it compares with no published number.",
    good: 0.1,
    fair: 0.25,
    format: (value) => value.toFixed(value < 10 ? 1 : 0),
  },
};

/** Measures of which too much is as wrong as too little. */
const TWO_SIDED: ReadonlySet<MeasureId> = new Set(["pairwiseDistanceRatio", "sharpnessRatio"]);

/** The measures of a dataset, the most telling first; the page has room for three of them beside the picture. */
export function measuresFor(dataset: DatasetId): readonly MeasureId[] {
  const data = datasetOf(dataset);
  if (data.kind === "images") {
    return data.classifier === undefined
      ? ["slicedWasserstein", "pairwiseDistanceRatio", "sharpnessRatio"]
      : ["classesFound", "confidence", "frechet", "featureCoverage", "sharpnessRatio"];
  }
  const clusters = (data.modes?.centers.length ?? 0) > 1;
  if (data.dimension === 1) {
    return clusters
      ? ["modes20", "histogramJs", "slicedWasserstein"]
      : ["histogramJs", "slicedWasserstein", "pairwiseDistanceRatio"];
  }
  return clusters ? ["modes20", "highQuality", "slicedWasserstein"] : ["precision", "coverage", "slicedWasserstein"];
}

/**
 * How much is missing to perfect: 0 at the noise floor or better, 1 where nothing of the data is matched. A diversity or a sharpness
 * above the data's counts like one as far below it.
 */
export function shortfall(id: MeasureId, value: number, { floor, worst }: Standards): number {
  const [perfect, useless] = [floor[id], worst[id]];
  if (perfect === undefined || useless === undefined || perfect === useless) return Number.NaN;
  const missing = (value - perfect) / (useless - perfect);
  return Math.min(1, TWO_SIDED.has(id) ? Math.abs(missing) : Math.max(0, missing));
}
