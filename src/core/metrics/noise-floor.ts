/** The reading a metric cannot honestly go below (or above): the metric between two samples of the data itself. */
import type { Points } from "./points";

/**
 * The metric with one real sample in the place of the fakes. Give `realsA` as many rows as the fakes have and `realsB` as many
 * as the reals have: almost every floor depends on both sizes.
 *
 * @param metric any function (fakes, reals) -> reading; a number or several
 * @param realsA stands in for the fakes @param realsB the reals; independent of realsA
 */
export function noiseFloor<Reading>(
  metric: (fakes: Points, reals: Points) => Reading,
  realsA: Points,
  realsB: Points,
): Reading {
  return metric(realsA, realsB);
}
