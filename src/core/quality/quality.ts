/** How good an arm's generator is, as the worker tells the page. Types only. */

import type { FeatureValues } from "../metrics/info";
import type { StepTable } from "../step-table";
import type { Theory } from "../theory";
import type { MeasureValues, Standards } from "./measures";

export interface Quality {
  /** Training step of the latest measuring. */
  readonly step: number;
  readonly latest: MeasureValues;
  /** Samples of the latest measuring in each cluster of the data, in the order of its modes; null where it has none. */
  readonly counts: readonly number[] | null;
  readonly standards: Standards;
  /** Radial power spectra of the latest samples and of the data (core/metrics/spectrum.ts); null where samples are no images. */
  readonly spectra: { readonly samples: readonly number[]; readonly data: readonly number[] } | null;
  /** What a classifier of the data sees in the latest samples; null where there is none. */
  readonly seen: SeenByClassifier | null;
  /** What theory says of the latest measuring, and of as many real samples, which is the noise floor; null where it says nothing. */
  readonly theory: { readonly latest: Theory; readonly floor: Theory } | null;
  /** The measures and what theory says over the run: a column each. */
  readonly curves: StepTable;
}

export interface SeenByClassifier {
  readonly values: FeatureValues;
  /** What test images read against training images. */
  readonly floors: FeatureValues;
  /** How many samples each class is the likeliest for, and how many of as many reals. */
  readonly classes: { readonly samples: readonly number[]; readonly data: readonly number[] };
  /** Share of the test images that the classifier names right. */
  readonly accuracy: number;
}
