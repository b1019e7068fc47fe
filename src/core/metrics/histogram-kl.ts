/**
 * KL(p_data || p_g) between two histograms, in nats. Forward KL: it punishes what the generator leaves out. Unlike the JS
 * divergence it has no upper bound; with half a pseudo-count per bin (Krichevsky and Trofimov) it stays finite, but its height
 * for missing modes then depends on the sample size. Compare equal sizes only.
 *
 * Noise floor: about (B - 1)/2 · (1/n + 1/m) nats for n fakes, m reals and B occupied bins. Obtained as KL between two real
 * samples in the same bins.
 */
import { histogram } from "./histogram";
import type { MetricInfo } from "./info";
import type { Points } from "./points";

const PSEUDO_COUNT = 0.5;

/**
 * KL divergence of the reals' histogram from the fakes', in nats; 0 for equal histograms.
 *
 * @param fakes [n, dimension], data scale @param reals [m, dimension], data scale; dimension 1 or 2
 * @param extent the bins cover [-extent, extent] along each axis
 * @throws RangeError above 2-D or for an extent that is not positive.
 */
export function histogramKl(fakes: Points, reals: Points, dimension: number, extent: number): number {
  return klFromCounts(histogram(reals, dimension, extent), histogram(fakes, dimension, extent));
}

/** KL(p || q) in nats of two count vectors over the same bins; bins that are empty in both do not take part. */
export function klFromCounts(p: Float64Array, q: Float64Array): number {
  let occupied = 0;
  let totalP = 0;
  let totalQ = 0;
  p.forEach((countP, bin) => {
    const countQ = q[bin] ?? 0;
    if (countP + countQ > 0) occupied++;
    totalP += countP;
    totalQ += countQ;
  });
  totalP += occupied * PSEUDO_COUNT;
  totalQ += occupied * PSEUDO_COUNT;
  let sum = 0;
  p.forEach((countP, bin) => {
    const countQ = q[bin] ?? 0;
    if (countP + countQ === 0) return;
    const shareP = (countP + PSEUDO_COUNT) / totalP;
    const shareQ = (countQ + PSEUDO_COUNT) / totalQ;
    sum += shareP * Math.log(shareP / shareQ);
  });
  return Math.max(0, sum);
}

export const histogramKlInfo: MetricInfo = {
  name: "Histogram KL",
  unit: "nats",
  definition:
    "KL divergence of the data from the generator over shared bins: large when the generator leaves regions out.",
  direction: "lower",
  floor: "Two real samples of the same sizes in the same bins; about half the occupied bins times (1/n + 1/m).",
  source: "Kullback and Leibler 1951; half a pseudo-count per occupied bin (Krichevsky and Trofimov 1981)",
};
