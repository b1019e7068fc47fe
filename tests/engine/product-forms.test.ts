/**
 * What graphics cards are asked to multiply in every preset: the products of all its layers, forward and backward, in the forms that are chosen for
 * them. From shapes alone; whole plans as they are recorded: plan.webgpu.test.ts and `npm run plan`.
 */
import * as tf from "@tensorflow/tfjs";
import { describe, expect, it } from "vitest";
import { describeOwn, flatLayers, type LayerDescription } from "../../src/core/architecture/shapes";
import { PRESET_IDS, PRESETS } from "../../src/core/presets";
import {
  convolution,
  convolutionFilterGradient,
  convolutionInputGradient,
} from "../../src/engine/kernels/webgpu/convolution";
import { gemm } from "../../src/engine/kernels/webgpu/gemm";
import type { Product } from "../../src/engine/kernels/webgpu/product";
import { chooseForm, costOf } from "../../src/engine/kernels/webgpu/product-form";

type Sides = [number, number, number, number];

/** The convolution between two images, the first of which is the larger one. */
function convolutions(larger: Sides, filter: Sides, strides: number): Product[] {
  const info = tf.backend_util.computeConv2DInfo(larger, filter, strides, 1, "same");
  const shape = { ...info, batch: info.batchSize, padTop: info.padInfo.top, padLeft: info.padInfo.left };
  return [convolution(shape), convolutionInputGradient(shape), convolutionFilterGradient(shape)];
}

/** A layer's result and its two gradients, where they are tiles or blocks: tiny ones are computed element by element. */
function productsOf({ spec, inputShape, outputShape }: LayerDescription, batch: number): Product[] {
  if (spec.type === "conv2d" || spec.type === "conv2dTranspose") {
    const isForward = spec.type === "conv2d";
    const [larger, smaller] = isForward ? [inputShape, outputShape] : [outputShape, inputShape];
    const [height = 1, width = 1, channels = 1] = larger;
    const filter: Sides = [spec.kernelSize, spec.kernelSize, channels, smaller.at(-1) ?? 1];
    return convolutions([batch, height, width, channels], filter, spec.strides);
  }
  if (spec.type !== "dense") return [];
  const [m, k, n] = [batch, inputShape.at(-1) ?? 1, outputShape.at(-1) ?? 1];
  const products = [
    gemm({ m, n, k }),
    gemm({ m, n: k, k: n, transposeB: true }),
    gemm({ m: k, n, k: m, transposeA: true }),
  ];
  return products.filter((one) => one.k > 4 && one.m * one.n > 1024 && Math.min(one.m, one.n) > 1);
}

describe("the products of every preset on a graphics card", () => {
  it.each(PRESET_IDS)("multiply hardly more than the maths asks for: %s", (id) => {
    const { config } = PRESETS[id];
    const products = Object.keys(config.networks).flatMap((name) => {
      const network = describeOwn(config, name);
      if ("error" in network) throw new Error(network.error);
      return flatLayers(network.layers).flatMap((layer) => productsOf(layer, config.batchSize));
    });
    const costs = products.map((product) => costOf(product, chooseForm(product, { software: false })));
    const total = (key: "useful" | "issued") => costs.reduce((sum, cost) => sum + cost[key], 0);
    expect(products.length).toBeGreaterThan(0);
    expect(total("issued") / total("useful")).toBeLessThanOrEqual(1.3);
  });
});
