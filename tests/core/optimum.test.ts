/** Bandwidths, the best discriminator and the balance of a game, against known values and a perfect generator. */
import { describe, expect, it } from "vitest";
import { sheatherJonesBandwidth, silvermanBandwidth } from "../../src/core/bandwidth";
import { DEFAULT_CONFIG } from "../../src/core/config";
import { DATASETS, type PointDataset } from "../../src/core/datasets";
import { gridPoint, kernelDensity } from "../../src/core/density";
import { LOSS_IDS } from "../../src/core/losses";
import { balanceOf, boundsDivergence, drawnOptimum, isValueGame, optimalDiscriminator } from "../../src/core/optimum";
import { normals } from "../../src/core/rng";

const N = 2000; // as many fakes as the stage draws on the line
const standard = normals(new Float32Array(4000), 3, 10, 0);
const game = { type: "gan", loss: "non-saturating", labelSmoothing: 1, instanceNoise: 0, packing: 1 } as const;

/** What a perfect G would make: real samples. */
function perfect(id: "gaussian-1d" | "mixture-1d" | "uniform-1d", seed: number): Float32Array {
  const samples = new Float32Array(N);
  DATASETS[id].sample(samples, seed, 99, 0);
  return samples;
}
/** The exact density of data on the line. */
const densityOf = (id: "gaussian-1d" | "mixture-1d") => {
  const { density }: PointDataset = DATASETS[id];
  if (density === undefined) throw new Error(`the density of ${id} is not known`);
  return density;
};

describe("bandwidths", () => {
  it("Silverman's is 0.9 n^(-1/5) for standard normal samples", () => {
    expect(silvermanBandwidth(standard)).toBeCloseTo(0.9 * 4000 ** -0.2, 2);
    expect(silvermanBandwidth([2, 2, 2])).toBe(0);
  });
  it("Sheather and Jones' is near the best for one normal, (4/3)^(1/5) n^(-1/5)", () => {
    const best = (4 / 3) ** 0.2 * 4000 ** -0.2;
    expect(Math.abs(sheatherJonesBandwidth(standard) / best - 1)).toBeLessThan(0.2);
  });
  it("Sheather and Jones' is near the best for three narrow normals, a third of the samples each", () => {
    const best = 0.3 * (4 / 3) ** 0.2 * (N / 3) ** -0.2;
    for (let seed = 1; seed <= 5; seed++) {
      const samples = perfect("mixture-1d", seed);
      expect(Math.abs(sheatherJonesBandwidth(samples) / best - 1)).toBeLessThan(0.25);
      expect(silvermanBandwidth(samples)).toBeGreaterThan(3 * best);
    }
  });
  it("scales with the samples and knows when there is nothing to estimate", () => {
    const wide = standard.map((x) => 1000 * x);
    expect(sheatherJonesBandwidth(wide) / sheatherJonesBandwidth(standard)).toBeCloseTo(1000, 0);
    expect(sheatherJonesBandwidth([])).toBe(0);
    expect(sheatherJonesBandwidth([1])).toBe(0);
    expect(sheatherJonesBandwidth(new Float32Array(50).fill(2))).toBe(0);
    for (const few of [
      [0, 1],
      [0, 0, 1],
      [1, 2, 3, Number.NaN, Number.POSITIVE_INFINITY],
      [0, 1e30],
    ]) {
      expect(sheatherJonesBandwidth(few)).toBeGreaterThan(0);
      expect(sheatherJonesBandwidth(few)).toBeLessThan(1e30);
    }
  });
});

describe("a perfect generator", () => {
  it("is drawn with modes as high as the data's: .443, where Silverman's rule draws .30", () => {
    const modes = [60, 120, 180]; // on the grid: −2, 0 and 2
    const drawn = [1, 2, 3, 4, 5].flatMap((seed) => {
      const density = kernelDensity(perfect("mixture-1d", seed), 4, 241);
      return modes.map((i) => density[i] ?? 0);
    });
    for (const height of drawn) expect(Math.abs(height / 0.443 - 1)).toBeLessThan(0.2); // 2,000 samples scatter by a tenth
    expect(drawn.reduce((sum, height) => sum + height / drawn.length, 0)).toBeCloseTo(0.43, 1);
  });

  it.each(["gaussian-1d", "mixture-1d"] as const)("leaves D* at one half wherever there are samples: %s", (id) => {
    const density = densityOf(id);
    const highest = density(0);
    for (let seed = 1; seed <= 5; seed++) {
      const best = drawnOptimum(game, density, perfect(id, seed), 4, 241);
      const seen = Array.from(best ?? []).filter((_, i) => density(gridPoint(i, 241, 4)) > 0.15 * highest);
      expect(seen.length).toBeGreaterThan(40);
      for (const value of seen) expect(Math.abs(value - 0.5)).toBeLessThan(0.12);
    }
  });
});

describe("the best discriminator", () => {
  it("is one half where the densities agree and undefined where both vanish", () => {
    const best = optimalDiscriminator([0.2, 0.3, 0], [0.2, 0.1, 0]);
    expect(best[0]).toBe(0.5);
    expect(best[1]).toBeCloseTo(0.75, 12);
    expect(best[2]).toBeNaN();
  });
  it("is s times as high with label smoothing", () => {
    const density = densityOf("gaussian-1d");
    const fakes = perfect("gaussian-1d", 1);
    const plain = drawnOptimum(game, density, fakes, 4, 81);
    const smoothed = drawnOptimum({ ...game, labelSmoothing: 0.9 }, density, fakes, 4, 81);
    expect(smoothed?.[40]).toBeCloseTo(0.9 * (plain?.[40] ?? 0), 12);
    expect(smoothed?.[40]).toBeCloseTo(0.45, 1);
  });
  it("is the ratio of the noised densities with instance noise", () => {
    // Data at 0, fakes one normal at 1 of the same width: D* = sigmoid((1 - 2x) / 2v), v the variance that D sees.
    const density = densityOf("gaussian-1d");
    const fakes = perfect("gaussian-1d", 1).map((x) => x + 1);
    const noised = drawnOptimum({ ...game, instanceNoise: 1 }, density, fakes, 4, 81);
    const spread = 1 / (Math.sqrt(2 * Math.PI) * density(0)); // σ of the data
    for (const i of [25, 40, 50, 60]) {
      const x = gridPoint(i, 81, 4);
      const exact = 1 / (1 + Math.exp(-(1 - 2 * x) / (2 * (spread ** 2 + 1))));
      expect(Math.abs((noised?.[i] ?? 0) - exact)).toBeLessThan(0.04);
    }
  });
  it("is none with packing, nor where D's output is no probability, nor where D is told the class", () => {
    const density = densityOf("gaussian-1d");
    expect(drawnOptimum({ ...game, packing: 2 }, density, standard, 4, 81)).toBeNull();
    expect(drawnOptimum({ ...game, loss: "wasserstein" }, density, standard, 4, 81)).toBeNull();
    expect(drawnOptimum({ ...game, type: "cgan" }, density, standard, 4, 81)).toBeNull();
    expect(drawnOptimum({ ...game, type: "acgan" }, density, standard, 4, 81)).not.toBeNull();
  });
});

describe("the balance of a game", () => {
  it("is 2 ln 2, ln 2 and one half, and moves with label smoothing", () => {
    expect(balanceOf(DEFAULT_CONFIG.model)).toEqual({ opinion: 0.5, dLoss: 2 * Math.LN2, gLoss: Math.LN2 });
    const smoothed = balanceOf({ ...game, labelSmoothing: 0.9 });
    expect(smoothed?.opinion).toBe(0.45);
    expect(smoothed?.dLoss).toBeCloseTo(1.3763, 4);
    expect(smoothed?.gLoss).toBeCloseTo(0.7985, 4);
  });
  it("is claimed for cross-entropies only, and a bound where it is one", () => {
    const claimed = LOSS_IDS.filter((loss) => balanceOf({ ...game, loss }) !== null);
    expect(claimed).toEqual(["minimax", "non-saturating", "feature-matching"]);
    expect([isValueGame(game), isValueGame({ ...game, labelSmoothing: 0.9 })]).toEqual([true, false]);
    expect([boundsDivergence(game), boundsDivergence({ ...game, packing: 2 })]).toEqual([true, false]);
    expect(boundsDivergence({ ...game, instanceNoise: 0.1 })).toBe(true);
  });
});
