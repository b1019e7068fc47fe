import { expect, it } from "vitest";
import { DEFAULT_CONFIG } from "../../src/core/config";
import { doneOf } from "../../src/ui/quality/done";
import { measuredRun } from "../helpers/measured-run";

/** A run whose share on target has rested at 60 %, looked at every hundred steps. */
const resting = (step: number) => measuredRun(new Array<number>(step / 100 + 1).fill(0.6));

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
