import { describe, expect, it } from "vitest";
import { DATASETS, type PointDataset } from "../../../src/core/datasets";
import { evaluateFloors, evaluatePoints, METRIC_IDS, METRICS, type MetricId } from "../../../src/core/metrics";
import { FEATURE_METRIC_IDS } from "../../../src/core/metrics/info";
import { evenRows } from "../../../src/core/metrics/points";
import { collapsed, gaussian, mixture, RING } from "./clouds";

/** What needs D's loss, images, or a classifier. */
const OTHER: readonly MetricId[] = ["jsdBound", "sharpnessRatio", "spectrumDistance", ...FEATURE_METRIC_IDS];

const n = 2500;
const ring = {
  reals: mixture(RING, n, 1),
  realsB: mixture(RING, n, 2),
  dimension: 2,
  modes: RING,
  extent: 3,
  seed: 4,
};

describe("evaluatePoints", () => {
  it("reads every metric as it should for a perfect generator, next to its floor", () => {
    const input = { ...ring, fakes: mixture(RING, n, 3) };
    const values = evaluatePoints(input);
    const floors = evaluateFloors(input);
    const sampled = METRIC_IDS.filter((id) => !OTHER.includes(id));
    expect(Object.keys(values).sort()).toEqual([...sampled].sort());
    expect(Object.keys(floors).sort()).toEqual([...sampled].sort());
    expect(values).toMatchObject({ modes: 8, modes20: 8 });
    const tolerances = {
      highQuality: 0.01,
      reverseKl: 0.005,
      histogramKl: 0.03,
      histogramJs: 0.01,
      mmd: 0.01,
      slicedWasserstein: 0.08,
      precision: 0.06,
      recall: 0.06,
      density: 0.12,
      coverage: 0.04,
      meanPairwiseDistance: 0.1,
      pairwiseDistanceRatio: 0.05,
    };
    for (const [id, value] of Object.entries(tolerances) as [keyof typeof tolerances, number][]) {
      expect(Math.abs((values[id] ?? Number.NaN) - (floors[id] ?? Number.NaN)), id).toBeLessThan(value);
    }
    expect(values.histogramJs).toBeLessThan(0.02);
    expect(values.histogramKl).toBeLessThan(0.04);
    expect(Math.abs(values.mmd ?? 1)).toBeLessThan(0.01);
  });

  it("is far from every floor for a collapsed generator", () => {
    const values = evaluatePoints({ ...ring, fakes: collapsed(n, [2, 0]) });
    expect(values).toMatchObject({ modes: 1, modes20: 1, highQuality: 1, meanPairwiseDistance: 0 });
    expect(values.reverseKl).toBeCloseTo(Math.log(8), 12);
    expect(values.histogramJs).toBeGreaterThan(0.5);
    expect(values.mmd).toBeGreaterThan(0.3);
    expect(values.slicedWasserstein).toBeGreaterThan(1);
    expect(values.recall).toBeLessThan(0.01);
    expect(values.coverage).toBeLessThan(0.05);
  });

  it("leaves out what the data does not allow: no modes, no extent, no histogram in 3-D", () => {
    const bare = evaluatePoints({
      fakes: gaussian(50, 3, 1),
      reals: gaussian(50, 3, 2),
      dimension: 3,
      extent: 4,
      seed: 0,
    });
    expect(Object.keys(bare)).toEqual([
      "mmd",
      "slicedWasserstein",
      "precision",
      "recall",
      "density",
      "coverage",
      "meanPairwiseDistance",
      "pairwiseDistanceRatio",
    ]);
    expect(evaluateFloors({ fakes: gaussian(50, 3, 1), reals: gaussian(50, 3, 2), dimension: 3, seed: 0 })).toEqual({});
  });

  it("returns only finite numbers for a diverged generator", () => {
    const values = evaluatePoints({ ...ring, fakes: collapsed(n, [Number.NaN, 0]) });
    expect(values).toMatchObject({ modes: 0, highQuality: 0, histogramJs: 1 });
    expect(Object.keys(values).sort()).toEqual(["highQuality", "histogramJs", "histogramKl", "modes", "modes20"]);
  });

  it("gives the same numbers twice", () => {
    const input = { ...ring, fakes: mixture(RING, n, 9) };
    expect(evaluatePoints(input)).toEqual(evaluatePoints(input));
  });

  it("works on images of 784 pixels", () => {
    const values = evaluatePoints({
      fakes: gaussian(100, 784, 1),
      reals: gaussian(100, 784, 2),
      dimension: 784,
      seed: 0,
    });
    expect(values.pairwiseDistanceRatio).toBeCloseTo(1, 1);
  });

  it("says what is missing: too few samples, a floor from too few reals", () => {
    expect(() => evaluatePoints({ ...ring, fakes: new Float32Array(4) })).toThrow("at least 8 fakes");
    expect(() => evaluateFloors({ ...ring, fakes: mixture(RING, n + 1, 3) })).toThrow("as many further reals");
  });
});

describe("a perfect generator of every dataset on the menu", () => {
  const datasets = Object.values(DATASETS).flatMap((dataset) => (dataset.kind === "points" ? [dataset] : []));

  it.each(datasets.map((dataset) => [dataset.id, dataset] as const))("reads as real on %s", (_, dataset) => {
    const { dimension, extent, modes } = dataset as PointDataset;
    const draw = (step: number) => {
      const points = new Float32Array(n * dimension);
      dataset.sample(points, 11, 200, step);
      return points;
    };
    const values = evaluatePoints({ fakes: draw(0), reals: draw(1), dimension, extent, modes, seed: 0 });
    expect(values.histogramJs).toBeLessThan(0.03);
    expect(Math.abs(values.mmd ?? 1)).toBeLessThan(0.01);
    expect(values.slicedWasserstein).toBeLessThan(0.05 * extent);
    expect(values.coverage).toBeGreaterThan(0.9);
    expect(Math.abs((values.pairwiseDistanceRatio ?? 0) - 1)).toBeLessThan(0.1);
    if (modes === undefined) return;
    expect(values.modes20).toBe(modes.centers.length);
    expect(values.reverseKl).toBeLessThan((4 * modes.centers.length) / (2 * n));
  });
});

describe("evenRows", () => {
  it("spreads the rows over the cloud and leaves a small cloud alone", () => {
    const points = Float64Array.of(0, 0, 1, 1, 2, 2, 3, 3, 4, 4);
    expect([...evenRows(points, 2, 2)]).toEqual([0, 0, 2, 2]);
    expect(evenRows(points, 2, 5)).toBe(points);
  });
});

describe("the catalogue", () => {
  it("describes every metric in one sentence, with a floor and a source", () => {
    for (const id of METRIC_IDS) {
      const { name, definition, floor, source } = METRICS[id];
      expect(name && floor && source, id).toBeTruthy();
      expect(definition, id).toMatch(/^[A-Z].*\.$/);
    }
  });
});
