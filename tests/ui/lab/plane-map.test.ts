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
    const at = theoryAt(config, frame, Float32Array.of(2, 0));
    expect(at?.best).toBeCloseTo(0.4, 1);
    expect(at?.pData).toBeGreaterThan(0.5);
    expect(at?.pG).toBeGreaterThan(0.5);
    const middle = theoryAt(config, frame, Float32Array.of(0, 0));
    expect(middle?.best).toBeNaN(); // nothing is there: a ratio would be one of noise
    expect(theoryAt(config, frame, Float32Array.of(9, 0))).toBeNull();
  });

  it("is read on the line as well: of one Gaussian its density, and one half where the fakes are the data", () => {
    const data = datasetOf("gaussian-1d");
    if (data.kind !== "points") throw new Error("points");
    const fakes = new Float32Array(2000);
    data.sample(fakes, 5, 9, 3);
    const frame = { kind: "line", fakes, logits: new Float32Array(256), extent: data.extent, views: {} } as const;
    const config = { ...DEFAULT_CONFIG, dataset: "gaussian-1d" } as const;
    const at = theoryAt(config, frame, Float32Array.of(0));
    expect(at?.pData).toBeCloseTo(1 / Math.sqrt(2 * Math.PI), 1);
    expect(at?.pG).toBeCloseTo(at?.pData ?? 0, 1);
    expect(at?.best).toBeCloseTo(0.5, 1);
    expect(theoryAt(config, frame, Float32Array.of(99))).toBeNull();
  });

  it("holds D's ratio of densities against the true one: 0 where D is the best, and the logarithm of how much it is off", () => {
    const frame = { ...perfect("ring"), fakes: new Float32Array(2000).map((_, i) => 0.01 * (i % 7)) };
    const best = planeMap("best", DEFAULT_CONFIG, frame)?.values ?? new Float32Array(0);
    const twice = planeMap("ratio", DEFAULT_CONFIG, { ...frame, logits: best.map((logit) => logit + Math.LN2) });
    const seen = [...(twice?.values ?? [])].filter((value) => !Number.isNaN(value));
    expect(seen.length).toBeGreaterThan(20);
    for (const value of seen) expect(value).toBeCloseTo(Math.LN2, 4);
  });

  it("is none for a critic, whose scores are no probabilities", () => {
    expect(
      planeMap("best", withChanges(DEFAULT_CONFIG, { model: { loss: "wasserstein" } }), perfect("ring")),
    ).toBeNull();
  });
});
