/** A run as its measures saw it: one measure, the share on target, of which 1 is perfect. */
import { QualityLog } from "../../src/core/quality/log";
import type { Quality } from "../../src/core/quality/quality";

export const STANDARDS = { floor: { highQuality: 1 }, worst: { highQuality: 0 }, clusters: 8 };

/** @param values of looks that are `every` steps apart, the first at step 0 */
export function measuredRun(values: readonly number[], every = 100): Quality {
  const log = new QualityLog(["highQuality"]);
  values.forEach((value, i) => {
    log.append(i * every, { highQuality: value });
  });
  return {
    step: (values.length - 1) * every,
    latest: { highQuality: values.at(-1) ?? 0 },
    counts: null,
    spectra: null,
    seen: null,
    theory: null,
    standards: STANDARDS,
    curves: log.all(),
  };
}
