import { describe, expect, it } from "vitest";
import { DEFAULT_CONFIG, withChanges } from "../../../src/core/config";
import { datasetOf } from "../../../src/core/datasets";
import { sigmoid } from "../../../src/core/density";
import { planeMap, theoryAt } from "../../../src/ui/lab/plane-map";
import type { PlaneFrame } from "../../../src/ui/stage/plane-view";

/** A picture in which the data themselves are the fakes, and D says one half. */
function perfect(dataset: typeof DEFAULT_CONFIG.dataset): PlaneFrame {
  const data = datasetOf(dataset);
  if (data.kind !== "points") throw new Error("points");
  const fakes = new Float32Array(2000);
  data.sample(fakes, 5, 9, 3);
  return { kind: "plane", fakes, logits: new Float32Array(48 * 48), size: 48, extent: data.extent, views: {} };
}

describe("the best D over the plane", () => {
  it.each(["ring", "moons", "grid"] as const)("is about one half for a perfect generator: %s", (dataset) => {
    const frame = perfect(dataset);
    const config = { ...DEFAULT_CONFIG, dataset };
    const best = planeMap("best", config, frame);
    const seen = [...(best?.values ?? [])].filter((value) => !Number.isNaN(value)).map(sigmoid);
    expect(seen.length).toBeGreaterThan(50);
    const mean = seen.reduce((sum, value) => sum + value, 0) / seen.length;
    expect(Math.abs(mean - 0.5)).toBeLessThan(0.1);
    // Where there is much data, each value is one half up to the noise of 1,000 samples.
    expect(seen.sort((a, b) => a - b)[Math.floor(seen.length / 2)]).toBeCloseTo(0.5, 1);
  });

  it("says fake where only fakes are, and real where only data are; D at one half is too high and too low there", () => {
    const frame = {
      ...perfect("ring"),
      fakes: new Float32Array(2000).map((_, i) => 0.01 * (i % 7)),
    };
    const best = planeMap("best", DEFAULT_CONFIG, frame)?.values ?? new Float32Array(0);
    const difference = planeMap("difference", DEFAULT_CONFIG, { ...frame });
    const cell = (x: number, y: number) => Math.floor(((3 - y) / 6) * 48) * 48 + Math.floor(((x + 3) / 6) * 48);
    expect(frame.extent).toBe(3);
    expect(best[cell(0.05, 0.05)]).toBeLessThan(-3); // the middle, where all fakes are
    expect(best[cell(2, 0.05)]).toBeGreaterThan(3); // a cluster of the data
    expect(difference?.values[cell(0.05, 0.05)]).toBeGreaterThan(0.4);
    expect(difference?.values[cell(2, 0.05)]).toBeLessThan(-0.4);
  });

  it("is half of the smoothed label under label smoothing, and read where one points", () => {
    const config = withChanges(DEFAULT_CONFIG, { model: { labelSmoothing: 0.8 } });
    const frame = perfect("ring");
    const at = theoryAt(config, frame, [2, 0]);
    expect(at?.best).toBeCloseTo(0.4, 1);
    expect(at?.pData).toBeGreaterThan(0.5);
    expect(at?.pG).toBeGreaterThan(0.5);
    const middle = theoryAt(config, frame, [0, 0]);
    expect(middle?.best).toBeNaN(); // nothing is there: a ratio would be one of noise
    expect(theoryAt(config, frame, [9, 0])).toBeNull();
  });

  it("is none for a critic, whose scores are no probabilities", () => {
    expect(
      planeMap("best", withChanges(DEFAULT_CONFIG, { model: { loss: "wasserstein" } }), perfect("ring")),
    ).toBeNull();
  });
});
