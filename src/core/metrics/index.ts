/** The catalogue of metrics: what each is called, means and reads for real data. The maths is one file per metric. */
import {
  classAccuracyInfo,
  classesFoundInfo,
  classifierScoreInfo,
  classMismatchInfo,
  confidenceInfo,
} from "./class-scores";
import { coverageInfo, densityInfo } from "./density-coverage";
import { frechetInfo } from "./frechet";
import { highQualityInfo } from "./high-quality";
import { histogramJsInfo } from "./histogram-js";
import { histogramKlInfo } from "./histogram-kl";
import type { MetricId, MetricInfo } from "./info";
import { jsdBoundInfo } from "./jsd-bound";
import { meanPairwiseDistanceInfo, pairwiseDistanceRatioInfo } from "./mean-pairwise-distance";
import { mmdInfo } from "./mmd";
import { modes20Info, modesInfo } from "./modes-captured";
import { precisionInfo, recallInfo } from "./precision-recall";
import { reverseKlInfo } from "./reverse-kl";
import { sharpnessRatioInfo } from "./sharpness";
import { slicedWassersteinInfo } from "./sliced-wasserstein";
import { spectrumDistanceInfo } from "./spectrum";

export const METRICS = {
  modes: modesInfo,
  modes20: modes20Info,
  highQuality: highQualityInfo,
  reverseKl: reverseKlInfo,
  histogramKl: histogramKlInfo,
  histogramJs: histogramJsInfo,
  mmd: mmdInfo,
  slicedWasserstein: slicedWassersteinInfo,
  precision: precisionInfo,
  recall: recallInfo,
  density: densityInfo,
  coverage: coverageInfo,
  meanPairwiseDistance: meanPairwiseDistanceInfo,
  pairwiseDistanceRatio: pairwiseDistanceRatioInfo,
  sharpnessRatio: sharpnessRatioInfo,
  spectrumDistance: spectrumDistanceInfo,
  jsdBound: jsdBoundInfo,
  frechet: frechetInfo,
  featurePrecision: onFeatures(precisionInfo),
  featureRecall: onFeatures(recallInfo),
  featureDensity: onFeatures(densityInfo),
  featureCoverage: onFeatures(coverageInfo),
  classesFound: classesFoundInfo,
  classifierScore: classifierScoreInfo,
  confidence: confidenceInfo,
  classMismatch: classMismatchInfo,
  classAccuracy: classAccuracyInfo,
} satisfies Record<MetricId, MetricInfo>;

/** The same metric, measured between a classifier's features instead of coordinates or pixels. */
function onFeatures(info: MetricInfo): MetricInfo {
  return {
    ...info,
    name: `${info.name} on features`,
    definition: `${info.definition} Distances are between the features of a small classifier of the same data.`,
    floor: "What test images read against as many training images.",
    source: `${info.source}; the features are our own classifier's`,
  };
}

export type { EvaluationInput } from "./evaluate";
export { evaluateFloors, evaluatePoints } from "./evaluate";
export { METRIC_IDS, type MetricId, type MetricInfo, type MetricValues } from "./info";
