import { describe, expect, it } from "vitest";
import { layerFlops, stepFlops } from "../../../src/core/architecture/flops";
import type { LayerSpec } from "../../../src/core/architecture/layers";
import { describeNetwork } from "../../../src/core/architecture/shapes";
import { DEFAULT_CONFIG, withChanges } from "../../../src/core/config";

const dense = (units: number): LayerSpec => ({ type: "dense", units, activation: "leakyRelu" });

/** G 2-3-2, D 2-5-1 on points: products per example G 6 and 6, D 10 and 5. */
const small = withChanges(DEFAULT_CONFIG, {
  latent: { size: 2, prior: "normal" },
  batchSize: 4,
  networks: {
    generator: { layers: [dense(3), { type: "dense", units: 2 }] },
    discriminator: { layers: [dense(5), { type: "dense", units: 1 }] },
  },
});

function only(spec: LayerSpec, inputShape: number[]): number {
  const network = describeNetwork([spec], inputShape);
  const [layer] = "error" in network ? [] : network.layers;
  if (layer === undefined) throw new Error("the layer does not fit");
  return layerFlops(layer);
}

describe("layerFlops", () => {
  it("is two a product of a dense layer, with or without bias", () => {
    expect(only({ type: "dense", units: 7 }, [5])).toBe(2 * 5 * 7);
    expect(only({ type: "dense", units: 7, useBias: false }, [5])).toBe(2 * 5 * 7);
  });

  it("counts a convolution at its output's pixels and a transposed one at its input's", () => {
    // 28×28×1 to 14×14×32 and back, kernel 4×4: 14·14·32·16 products both ways.
    const conv = { filters: 32, kernelSize: 4, strides: 2 } as const;
    expect(only({ type: "conv2d", ...conv }, [28, 28, 1])).toBe(2 * 14 * 14 * 32 * 16);
    expect(only({ type: "conv2dTranspose", ...conv, filters: 1 }, [14, 14, 32])).toBe(2 * 14 * 14 * 32 * 16);
  });

  it("of a residual block is that of its projection; the layers inside have their own", () => {
    const inside: LayerSpec[] = [{ type: "conv2d", filters: 6, kernelSize: 3, strides: 2 }];
    expect(only({ type: "residual", layers: inside }, [8, 8, 4])).toBe(2 * 4 * 4 * 4 * 6);
    expect(only({ type: "residual", layers: [{ type: "layerNorm" }] }, [8, 8, 4])).toBe(0);
  });

  it("is zero for layers without products", () => {
    expect(only({ type: "batchNorm" }, [5])).toBe(0);
    expect(only({ type: "flatten" }, [2, 2, 3])).toBe(0);
  });
});

describe("stepFlops", () => {
  it("adds up a step of two small networks", () => {
    // D's update: G forward 12; D on reals and fakes, forward, weights, inputs but the first layer's: 2·(15 + 15 + 5).
    // G's update: G forward, weights, inputs but the first layer's 12 + 12 + 6; D forward and inputs 15 + 15.
    expect(stepFlops(small, [2])).toBe(2 * 4 * (12 + 70 + 30 + 30));
  });

  it("counts every update of D", () => {
    const twice = stepFlops(withChanges(small, { players: { discriminator: { turns: 2 } } }), [2]);
    expect(twice - stepFlops(small, [2])).toBe(2 * 4 * (12 + 70));
  });

  it("counts every update of G", () => {
    const twice = stepFlops(withChanges(small, { players: { generator: { turns: 2 } } }), [2]);
    expect(twice - stepFlops(small, [2])).toBe(2 * 4 * (30 + 30));
  });

  it("counts a gradient penalty forward, back, and back through the way back", () => {
    const penalties = { ...small.model.penalties, wganGp: 10 };
    // Leaky ReLU: D forward 15, inputs 15, then twice 15 less the last layer's 5.
    const straight = stepFlops(withChanges(small, { model: { penalties } }), [2]) - stepFlops(small, [2]);
    expect(straight).toBe(2 * 4 * (15 + 15 + 30 - 5));
    // tanh bends: through the first layer's slope, its weights once more (10) but not its input.
    const layers: LayerSpec[] = [
      { type: "dense", units: 5, activation: "tanh" },
      { type: "dense", units: 1 },
    ];
    const bent = withChanges(small, { networks: { discriminator: { layers } } });
    expect(stepFlops(withChanges(bent, { model: { penalties } }), [2]) - stepFlops(bent, [2])).toBe(
      straight + 2 * 4 * 10,
    );
  });

  it("does not count weight clipping", () => {
    const penalties = { ...small.model.penalties, clip: 0.01 };
    expect(stepFlops(withChanges(small, { model: { penalties } }), [2])).toBe(stepFlops(small, [2]));
  });

  it("names the layer that does not fit", () => {
    const layers: LayerSpec[] = [{ type: "upsample" }];
    expect(() => stepFlops(withChanges(small, { networks: { generator: { layers } } }), [2])).toThrow(/Layer 1/);
  });
});
