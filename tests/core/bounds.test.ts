import { describe, expect, it } from "vitest";
import { LAYER_TYPES, LayerSpecSchema, layerNumbers } from "../../src/core/architecture/layers";
import { BOUNDS, layerBounds, optimizerBounds } from "../../src/core/bounds";
import { DEFAULT_CONFIG, OPTIMIZER_TYPES, OptimizerSchema } from "../../src/core/config";
import { parseConfig } from "../../src/core/parse-config";
import { isTree } from "../../src/core/tree";

describe("bounds", () => {
  it("are those of the schema", () => {
    expect(BOUNDS.batchSize).toEqual({ min: 2, max: 1024, integer: true });
    expect(BOUNDS.labelSmoothing).toEqual({ min: 0.5, max: 1, integer: false });
    expect(optimizerBounds("adam", "learningRate")).toEqual({ min: 0, max: 1, integer: false });
    expect(layerBounds("dense", "units")).toEqual({ min: 1, max: 65536, integer: true });
    expect(layerBounds("dense", "alpha")).toEqual({ min: 0, max: 1, integer: false });
  });

  it("are where the parser clamps", () => {
    const { config } = parseConfig({ ...DEFAULT_CONFIG, batchSize: 99_999 });
    expect(config.batchSize).toBe(BOUNDS.batchSize.max);
  });

  it("name what is not there", () => {
    expect(() => optimizerBounds("sgd", "beta1")).toThrow(/"sgd" has no number called "beta1"/);
  });

  it("find layers and optimisers by the order of their ids, which is the order of the schemas", () => {
    expect(LayerSpecSchema.options.map(({ entries }) => entries.type.literal)).toEqual([...LAYER_TYPES]);
    expect(OptimizerSchema.options.map(({ entries }) => entries.type.literal)).toEqual([...OPTIMIZER_TYPES]);
  });

  it("every number of every layer has words for the page", () => {
    for (const { entries } of LayerSpecSchema.options) {
      const numbers = Object.entries(entries).flatMap(([key, entry]: [string, object]) => {
        const inner = "wrapped" in entry ? entry.wrapped : entry;
        return isTree(inner) && inner.type === "number" ? [key] : [];
      });
      expect(
        layerNumbers(entries.type.literal).map(([key]) => key),
        entries.type.literal,
      ).toEqual(numbers);
    }
    expect(layerNumbers("groupNorm").map(([key, { label }]) => [key, label])).toEqual([
      ["groups", "Groups"],
      ["epsilon", "ε"],
      ["alpha", "Leak α"],
    ]);
  });
});
