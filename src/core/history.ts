/** Training curves: every step's numbers, kept in full and handed out thinned for the eye. No drawing. */

/**
 * The numbers of one training step, in the order in which they cross the wire. NaN where a step did not compute one
 * (a D-only step has no G loss).
 */
export const STEP_SERIES = [
  "dLoss", // D's adversarial loss, without penalties
  "dLossReal", // its part from reals
  "dLossFake", // its part from fakes; dLoss = dLossReal + dLossFake (paired losses report the whole in dLossReal)
  "dTotal", // dLoss with the penalties
  "gLoss", // G's loss
  "dReal", // mean sigmoid(D(x)), in D's step before its update
  "dFake", // mean sigmoid(D(G(z))), in D's step before its update
  "dFakeG", // mean sigmoid(D(G(z))), in G's step: fresh z, D updated
  "dLogitReal", // mean D(x), the logit
  "dLogitFake", // mean D(G(z)), the logit
  "dGradNorm", // L2 norm of all of D's gradients of dTotal
  "gGradNorm", // L2 norm of all of G's gradients
] as const;
export type StepSeries = (typeof STEP_SERIES)[number];
export const STEP_SERIES_COUNT = STEP_SERIES.length;

/** Curves thinned for the eye: each point is one real step's values, never an average. */
export interface Curves {
  /** Training step of each point, ascending; the first and the latest step are always among them. */
  readonly steps: Float64Array;
  /** Row-major [points, STEP_SERIES_COUNT]. */
  readonly values: Float32Array;
  /** Changes made while training, to be marked on the charts. */
  readonly changes: readonly { readonly step: number; readonly text: string }[];
}
