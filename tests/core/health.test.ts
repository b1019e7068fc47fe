import { describe, expect, it } from "vitest";
import { BINS, distributionOf, type LayerHealth, remarksOf, unitsAtRest } from "../../src/core/health";

describe("a distribution", () => {
  it("has equal bins from the lowest number to the highest, 0 among them", () => {
    const { low, high, shares } = distributionOf([1, 2, 3, 4]);
    expect([low, high]).toEqual([0, 4]);
    expect(shares.length).toBe(BINS);
    expect([shares[10], shares[20], shares[30], shares[39]]).toEqual([0.25, 0.25, 0.25, 0.25]);
    expect(distributionOf([-2, -1]).high).toBe(0);
  });

  it("has the quantiles of its numbers, between the two nearest", () => {
    const { quantiles } = distributionOf(Array.from({ length: 21 }, (_, i) => i));
    expect(quantiles).toEqual([1, 5, 10, 15, 19]);
    expect(distributionOf([0, 1]).quantiles[2]).toBe(0.5);
  });

  it("leaves out what is not finite, and knows no quantile of nothing", () => {
    expect(distributionOf([Number.NaN, 3, Number.POSITIVE_INFINITY]).high).toBe(3);
    const { quantiles, shares } = distributionOf([]);
    expect(quantiles.every(Number.isNaN)).toBe(true);
    expect(shares.every((share) => share === 0)).toBe(true);
  });
});

describe("a unit at rest", () => {
  it("is, of a rectifier, one that is above 0 for no example", () => {
    expect(unitsAtRest("relu", [0, 0, 0], [0, 2, 0])).toBe(2);
    expect(unitsAtRest("leakyRelu", [-3, -3], [-0.1, 0.1])).toBe(1);
  });

  it("is, of a squashing activation, one that is always at the same end", () => {
    expect(unitsAtRest("tanh", [0.98, -0.99, -0.99], [0.99, -0.98, 0.99])).toBe(2);
    expect(unitsAtRest("sigmoid", [0.99, 0.4], [1, 0.6])).toBe(1);
  });

  it("cannot be where an activation has no rest", () => {
    expect(unitsAtRest("linear", [0], [0])).toBeNull();
  });
});

describe("remarks on a layer", () => {
  const nothing = distributionOf([]);
  const learning = { weightNorm: 10, gradientNorm: 1, updateRatio: 1e-3, gradients: nothing };
  const layer: LayerHealth = {
    path: "0",
    type: "dense",
    activation: "relu",
    units: 10,
    atRest: 2,
    activations: nothing,
    learning,
    singularValues: null,
  };

  it("are none for a layer that learns as usual", () => {
    expect(remarksOf(layer)).toEqual([]);
    expect(remarksOf({ ...layer, singularValues: Float32Array.of(1.01, 0.3) })).toEqual([]);
  });

  it("say what stands out", () => {
    expect(remarksOf({ ...layer, atRest: 6 })).toEqual(["More than half of its units are at rest."]);
    const dead = { ...layer, atRest: 10, learning: { ...learning, gradientNorm: 0, updateRatio: 0 } };
    expect(remarksOf(dead)).toEqual(["All of its units are at rest.", "No gradient reaches it: it does not learn."]);
    expect(remarksOf({ ...layer, learning: { ...learning, updateRatio: 0.3 } })[0]).toContain("jump");
    expect(remarksOf({ ...layer, learning: { ...learning, updateRatio: 1e-7 } })[0]).toContain("next to nothing");
    expect(remarksOf({ ...layer, singularValues: Float32Array.of(1.5) })[0]).toContain("should be 1");
  });
});
