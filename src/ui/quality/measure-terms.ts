/** Which words of the glossary explain the measures. */
import type { GlossaryId } from "../../core/glossary";
import type { MeasureId } from "../../core/quality/measures";

export const MEASURE_TERMS: Readonly<Record<MeasureId, GlossaryId>> = {
  modes20: "modes",
  highQuality: "onTarget",
  precision: "onTarget",
  coverage: "coverage",
  histogramJs: "mismatch",
  slicedWasserstein: "distance",
  pairwiseDistanceRatio: "diversity",
  sharpnessRatio: "sharpness",
  classesFound: "classesFound",
  confidence: "readable",
  featureCoverage: "coverage",
  frechet: "frechet",
};
