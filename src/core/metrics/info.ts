/** What the catalogue says about a metric. Types only. */

export interface MetricInfo {
  readonly name: string;
  /** Unit of the number; "" for a pure number. */
  readonly unit: string;
  /** One sentence for a tooltip. */
  readonly definition: string;
  /** Which way is better; "reference" means: as close as possible to what the reals themselves read. */
  readonly direction: "higher" | "lower" | "reference";
  /** What two independent real samples read, in words, and how that is obtained. The figure comes from `evaluateFloors`. */
  readonly floor: string;
  /** Authors, year, where in the paper. */
  readonly source: string;
}

/** Those of what a classifier sees in images (evaluate-features.ts). */
export const FEATURE_METRIC_IDS = [
  "frechet",
  "featurePrecision",
  "featureRecall",
  "featureDensity",
  "featureCoverage",
  "classesFound",
  "classifierScore",
  "confidence",
  "classMismatch",
  "classAccuracy",
] as const;

export type FeatureMetricId = (typeof FEATURE_METRIC_IDS)[number];

/** Readings of a classifier; those that do not apply are absent. */
export type FeatureValues = { readonly [id in FeatureMetricId]?: number };

export const METRIC_IDS = [
  "modes",
  "modes20",
  "highQuality",
  "reverseKl",
  "histogramKl",
  "histogramJs",
  "mmd",
  "slicedWasserstein",
  "precision",
  "recall",
  "density",
  "coverage",
  "meanPairwiseDistance",
  "pairwiseDistanceRatio",
  "sharpnessRatio",
  "spectrumDistance",
  "jsdBound",
  ...FEATURE_METRIC_IDS,
] as const;
export type MetricId = (typeof METRIC_IDS)[number];

/** Readings by metric; a metric that the data does not allow is absent. */
export type MetricValues = { [id in MetricId]?: number };
