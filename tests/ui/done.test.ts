import { expect, it } from "vitest";
import { DEFAULT_CONFIG } from "../../src/core/config";
import { QualityLog } from "../../src/core/quality/log";
import type { Quality } from "../../src/core/quality/quality";
import { doneOf } from "../../src/ui/quality/done";

/** A run whose share on target has rested at 60 %, looked at every hundred steps. */
function resting(step: number): Quality {
  const log = new QualityLog(["highQuality"]);
  for (let at = 0; at <= step; at += 100) log.append(at, { highQuality: 0.6 });
  const standards = { floor: { highQuality: 1 }, worst: { highQuality: 0 }, clusters: 8 };
  return {
    step,
    latest: { highQuality: 0.6 },
    counts: null,
    spectra: null,
    seen: null,
    theory: null,
    standards,
    curves: log.all(),
  };
}

const scheduled = (type: "constant" | "linear") => ({
  ...DEFAULT_CONFIG,
  schedule: { ...DEFAULT_CONFIG.schedule, type, steps: 10_000 },
});

it("a run is done when it rests, but not while its learning rates have most of their way to fall", () => {
  expect(doneOf(scheduled("constant"), resting(3_000))?.sentence).toContain("Nothing has moved for a while");
  expect(doneOf(scheduled("linear"), resting(3_000))).toBeNull();
  expect(doneOf(scheduled("linear"), resting(6_000))?.sentence).toContain("Nothing has moved for a while");
  expect(doneOf(scheduled("linear"), resting(10_000))?.sentence).toContain("come to the end of their schedule");
});
