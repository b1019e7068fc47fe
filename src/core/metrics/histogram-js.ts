/**
 * Jensen-Shannon divergence between two histograms, in bits: 0 for the same distribution, 1 for no overlap. In bits so that it
 * stands beside the bound from the value function (jsd-bound.ts), which estimates the same quantity by D.
 *
 * Noise floor: about (B - 1)/(8 ln 2) · (1/n + 1/m) bits for n fakes, m reals and B occupied bins (second-order expansion).
 * Obtained as the JS divergence between two real samples in the same bins.
 */
import { histogram } from "./histogram";
import type { MetricInfo } from "./info";
import type { Points } from "./points";

/**
 * JS divergence of the two histograms, in bits, 0 to 1.
 *
 * @param fakes [n, dimension], data scale @param reals [m, dimension], data scale; dimension 1 or 2
 * @param extent the bins cover [-extent, extent] along each axis
 * @throws RangeError above 2-D or for an extent that is not positive.
 */
export function histogramJs(fakes: Points, reals: Points, dimension: number, extent: number): number {
  return jsFromCounts(histogram(reals, dimension, extent), histogram(fakes, dimension, extent));
}

/** JS divergence in bits of two count vectors over the same bins. */
export function jsFromCounts(p: Float64Array, q: Float64Array): number {
  const totalP = p.reduce((sum, count) => sum + count, 0);
  const totalQ = q.reduce((sum, count) => sum + count, 0);
  let sum = 0;
  p.forEach((countP, bin) => {
    const shareP = countP / totalP;
    const shareQ = (q[bin] ?? 0) / totalQ;
    const middle = (shareP + shareQ) / 2;
    if (shareP > 0) sum += (shareP / 2) * Math.log2(shareP / middle);
    if (shareQ > 0) sum += (shareQ / 2) * Math.log2(shareQ / middle);
  });
  return Math.min(1, Math.max(0, sum));
}

export const histogramJsInfo: MetricInfo = {
  name: "Histogram JS",
  unit: "bits",
  definition: "Jensen-Shannon divergence between data and generator over shared bins: 0 is equal, 1 is no overlap.",
  direction: "lower",
  floor: "Two real samples of the same sizes in the same bins.",
  source: "Lin 1991; the divergence in theorem 1 of Goodfellow et al. 2014",
};
