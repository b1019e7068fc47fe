import { describe, expect, it } from "vitest";
import { DEFAULT_CONFIG, type ExperimentConfig, withChanges } from "../../src/core/config";
import { DATASET_IDS, type DatasetId, datasetOf } from "../../src/core/datasets";
import { sigmoid } from "../../src/core/density";
import { finish } from "../../src/core/pieces";
import { PRESETS } from "../../src/core/presets";
import {
  hasDensity,
  hasTheory,
  type SeenGame,
  THEORY_IDS,
  theoryDensities,
  theoryOf,
  whyNoTheory,
} from "../../src/core/theory";

const DENSE = DATASET_IDS.filter(hasDensity);
const configOf = (dataset: DatasetId): ExperimentConfig => ({ ...DEFAULT_CONFIG, dataset });

/** A game whose fakes are samples of the data, and whose D says one half. @param step other samples for each */
function perfect(id: DatasetId, step = 3): SeenGame {
  const data = datasetOf(id);
  if (data.kind !== "points") throw new Error("points");
  const { dimension, extent } = data;
  const draw = (at: number) => {
    const points = new Float32Array(2500 * dimension);
    data.sample(points, 5, 9, at);
    return points;
  };
  const logits = new Float32Array(2500);
  const size = dimension === 1 ? 256 : 96;
  return { dimension, size, extent, fakes: draw(step), reals: draw(step + 100), ofFakes: logits, ofReals: logits };
}

const densities = (id: DatasetId, seen: SeenGame) => theoryDensities(configOf(id), seen, seen.fakes, seen.reals);

function theory(id: DatasetId, seen: SeenGame) {
  const found = finish(theoryOf(configOf(id), seen));
  if (found === null) throw new Error("The data has a density.");
  return found;
}

describe("a perfect generator", () => {
  it.each(DENSE)("reads the noise floor in every divergence, and the best D one half: %s", (id) => {
    const [own, floor] = [theory(id, perfect(id)), theory(id, perfect(id, 4))];
    for (const name of ["forwardKl", "reverseKl", "js", "totalVariation"] as const) {
      expect(own[name], name).toBeLessThan(2 * floor[name] + 0.01);
    }
    expect(own.js).toBeLessThan(0.03);
    // −log 4 + 2 JSD, and D at one half is at −log 4 and next to the best D.
    expect(own.bestValue).toBeCloseTo(-Math.log(4) + 2 * own.js, 12);
    expect(own.value).toBeCloseTo(-Math.log(4), 6);
    expect(own.optimumDistance).toBeLessThan(0.2); // the noise of an estimate by 2,500 samples, most for a thin line
    const best = [...(densities(id, perfect(id))?.best ?? [])].filter((logit) => !Number.isNaN(logit));
    const sorted = best.map(sigmoid).sort((a, b) => a - b);
    expect(Math.abs((sorted[Math.floor(sorted.length / 2)] ?? 0) - 0.5)).toBeLessThan(0.06);
  });
});

describe("what theory says of a game", () => {
  it("has V(D, G) at V(D*, G) for the best D, and below it for any other", () => {
    const seen = { ...perfect("two-gaussians"), fakes: perfect("ring").fakes };
    const best = densities("two-gaussians", seen)?.best ?? new Float32Array(0);
    const judge = (points: Float32Array, factor: number) =>
      Float32Array.from({ length: points.length / 2 }, (_, i) => {
        const cell = (value: number) => Math.floor(((value + seen.extent) * seen.size) / (2 * seen.extent));
        const at = cell(-(points[2 * i + 1] ?? 0)) * seen.size + cell(points[2 * i] ?? 0);
        const logit = best[at] ?? Number.NaN;
        return Number.isNaN(logit) ? 0 : factor * logit;
      });
    const by = (factor: number) =>
      theory("two-gaussians", { ...seen, ofFakes: judge(seen.fakes, factor), ofReals: judge(seen.reals, factor) });
    const { value, bestValue, optimumDistance } = by(1);
    expect(Math.abs(bestValue - value)).toBeLessThan(0.1);
    expect(optimumDistance).toBeLessThan(0.05);
    for (const factor of [0, 0.3, -1]) {
      expect(by(factor).value).toBeLessThan(value);
      expect(by(factor).optimumDistance).toBeGreaterThan(optimumDistance);
    }
  });

  it("counts fakes beyond the picture as apart from the data", () => {
    const seen = perfect("gaussian-1d");
    const half = { ...seen, fakes: seen.fakes.map((x, i) => (i % 2 === 0 ? x : 1000)) };
    expect(theory("gaussian-1d", half).totalVariation).toBeCloseTo(0.5, 1);
    const all = { ...seen, fakes: seen.fakes.map((x) => 1000 + 0.1 * x) };
    expect(theory("gaussian-1d", all).js).toBeCloseTo(Math.LN2, 2);
  });

  it("knows neither V of D nor its distance without D's logits", () => {
    const { value, optimumDistance, js } = theory("ring", {
      ...perfect("ring"),
      ofFakes: new Float32Array(0),
      ofReals: new Float32Array(0),
    });
    expect([value, optimumDistance]).toEqual([Number.NaN, Number.NaN]);
    expect(js).toBeLessThan(0.05);
  });

  it("is nothing for a critic, smoothed labels, packs, and a D that is told classes", () => {
    expect(hasTheory(DEFAULT_CONFIG)).toBe(true);
    for (const model of [{ loss: "wasserstein" as const }, { labelSmoothing: 0.9 }, { packing: 2 }]) {
      expect(finish(theoryOf(withChanges(DEFAULT_CONFIG, { model }), perfect("ring")))).toBeNull();
    }
    expect(THEORY_IDS.every((id) => id in theory("ring", perfect("ring")))).toBe(true);
  });

  it("says why it says nothing", () => {
    expect(whyNoTheory(DEFAULT_CONFIG)).toBeNull();
    expect(whyNoTheory(PRESETS["mnist-mlp"].config)).toMatch(/density of images/);
    expect(whyNoTheory(PRESETS["ring-cgan"].config)).toMatch(/D is told the class/);
    expect(whyNoTheory(PRESETS["ring-vae"].config)).toMatch(/no game/);
    expect(whyNoTheory(PRESETS["ring-wgan-gp"].config)).toMatch(/plays for something else/);
  });
});
