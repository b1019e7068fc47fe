/** The catalogue of metrics: what each is called, means and reads for real data. The maths is one file per metric. */
import { coverageInfo, densityInfo } from "./density-coverage";
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
} satisfies Record<MetricId, MetricInfo>;

export type { EvaluationInput } from "./evaluate";
export { evaluateFloors, evaluatePoints } from "./evaluate";
export { METRIC_IDS, type MetricId, type MetricInfo, type MetricValues } from "./info";
export { jsdBound } from "./jsd-bound";
export { noiseFloor } from "./noise-floor";
