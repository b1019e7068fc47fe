/** What the doctor is shown of a run that a test watches. */
import type { Watched } from "../../src/cli/watched-run";
import type { AdversarialConfig } from "../../src/core/config";
import type { Course } from "../../src/core/diagnosis/doctor";

/** Makes each look the doctor's course up to it: clusters and D's opinions of all looks so far. */
export function courseLog(config: AdversarialConfig): (seen: Watched) => Course {
  let counts: Course["counts"] = [];
  let judged: Course["judged"] = [];
  return ({ step, history, quality, judged: probability, memory, stopped }) => {
    if (quality.counts !== null) counts = [...counts, { step, counts: quality.counts }];
    judged = [...judged, { step, probability }];
    return { config, curves: history.curves(), quality, counts, judged, memory, stopped };
  };
}
