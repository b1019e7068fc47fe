/** How many samples metrics are computed from, in the terminal and on the page: then the same run reads the same numbers. */
import type { DatasetId } from "../datasets";
import { datasetOf } from "../datasets";

/** The number of PacGAN's protocol (Lin et al. 2018, section 4.1). */
export const EVALUATION_SAMPLES = 2500;
/** Images are wide, and their metrics need pairs: fewer do. */
const EVALUATION_IMAGES = 500;

/** Images whose features a classifier compares in the terminal: a covariance takes many. The page has time for `evaluationCount`. */
export const FEATURE_SAMPLES = 2500;

/** Samples of G, and as many reals, that the metrics of a dataset are computed from. */
export function evaluationCount(dataset: DatasetId): number {
  return datasetOf(dataset).kind === "points" ? EVALUATION_SAMPLES : EVALUATION_IMAGES;
}
