/** Our WebAssembly kernels against plain loops, at the sizes where their edges are. Speed is not tested. */
import * as tf from "@tensorflow/tfjs";
import { beforeAll, describe, expect, it } from "vitest";
import { startBackend } from "../../src/cli/node-backend";
import type { Arithmetic } from "../../src/core/device";
import { adamStep } from "../../src/engine/kernels/adam-step";
import { squaredNorm } from "../../src/engine/kernels/squared-norm";
import { detectSimd } from "../../src/engine/kernels/wasm/detect-simd";
import type { KernelExports } from "../../src/engine/kernels/wasm/exports";
import { registerWasmKernels, WASM_KERNELS, wasmRuntime } from "../../src/engine/kernels/wasm/register";
import { Tile } from "../../src/engine/kernels/wasm/tile";
import { numbers, size, worstDifference } from "../helpers/numbers";
import {
  type ConvolutionShape,
  convolve,
  convolveTransposed,
  filterGradient,
  multiply,
} from "../helpers/plain-operations";

const FLOAT_NOISE = 2e-5; // single precision over the longest sums here

function tensor(values: readonly number[], shape: number[]): tf.Tensor {
  return tf.tensor(Float32Array.from(values), shape);
}

// Node 20 has no relaxed SIMD, so there the second half runs only where the first does not.
const variants: Arithmetic[] = detectSimd().fused ? ["plain", "fused"] : ["plain"];

describe.each(variants)("WebAssembly kernels, %s multiply-add", (arithmetic) => {
  beforeAll(async () => {
    const { report } = await startBackend("wasm", { arithmetic });
    expect(report.arithmetic).toBe(arithmetic);
  });

  describe("matrix product", () => {
    // Around the 6×8 tile, the 96-row and 2048-column blocks, and the 384-deep blocks.
    const sizes: readonly (readonly [m: number, n: number, k: number])[] = [
      [1, 1, 1],
      [1, 9, 5],
      [7, 1, 3],
      [5, 7, 1],
      [6, 8, 4],
      [7, 9, 5],
      [12, 16, 385],
      [13, 17, 1000],
      [97, 3, 11],
      [193, 25, 40],
      [2, 2049, 3],
      [64, 33, 70],
    ];
    const transposes = [
      [false, false],
      [false, true],
      [true, false],
      [true, true],
    ] as const;
    it.each(sizes)("is right for %d×%d, depth %d, with every transpose", (m, n, k) => {
      const a = numbers(m * k, 1);
      const b = numbers(k * n, 2);
      for (const [transposeA, transposeB] of transposes) {
        const product = tf.tidy(() =>
          tf
            .matMul(
              tensor(a, transposeA ? [k, m] : [m, k]),
              tensor(b, transposeB ? [n, k] : [k, n]),
              transposeA,
              transposeB,
            )
            .dataSync(),
        );
        expect(worstDifference(product, multiply(a, b, m, n, k, transposeA, transposeB))).toBeLessThan(FLOAT_NOISE);
      }
    });

    it("gives the same bits with either register tile", () => {
      const exports = wasmRuntime()?.exports;
      if (exports === undefined) throw new Error("The kernels are not registered.");
      for (const [m, n, k] of sizes) {
        for (const [transposeA, transposeB] of transposes) {
          const operands = [tensor(numbers(m * k, 1), transposeA ? [k, m] : [m, k])] as tf.Tensor2D[];
          operands.push(tensor(numbers(k * n, 2), transposeB ? [n, k] : [k, n]) as tf.Tensor2D);
          const [a, b] = operands as [tf.Tensor2D, tf.Tensor2D];
          const bias = tensor(numbers(n, 3), [n]);
          const [low, tall] = ([4, 6] as const).map((rows) => {
            exports.setTileRows(rows);
            return tf.tidy(() => tf.fused.matMul({ a, b, bias, transposeA, transposeB }).dataSync());
          });
          tf.dispose([a, b, bias]);
          expect(tall).toEqual(low);
        }
      }
      exports.setTileRows(wasmRuntime()?.tile.rows ?? 4);
    });

    it("broadcasts leading axes", () => {
      const a = numbers(2 * 1 * 3 * 4, 1);
      const b = numbers(5 * 4 * 2, 2);
      const product = tf.tidy(() => tf.matMul(tensor(a, [2, 1, 3, 4]), tensor(b, [5, 4, 2])));
      expect(product.shape).toEqual([2, 5, 3, 2]);
      const expected = [0, 1].flatMap((i) =>
        [0, 1, 2, 3, 4].flatMap((j) => multiply(a.slice(i * 12, i * 12 + 12), b.slice(j * 8, j * 8 + 8), 3, 2, 4)),
      );
      expect(worstDifference(product.dataSync(), expected)).toBeLessThan(FLOAT_NOISE);
      product.dispose();
    });

    it("is zero for a sum over nothing", () => {
      expect([...tf.matMul(tf.zeros([2, 0]), tf.zeros([0, 3])).dataSync()]).toEqual([0, 0, 0, 0, 0, 0]);
    });

    it("names both shapes when they do not fit", () => {
      expect(() => tf.matMul(tf.zeros([2, 3]), tf.zeros([2, 3]))).toThrow();
    });

    it("adds a fused bias once, also for sums longer than 48", () => {
      for (const k of [3, 49, 400, 800]) {
        const a = numbers(5 * k, 1);
        const b = numbers(k * 9, 2);
        const bias = numbers(9, 3);
        const actual = tf.tidy(() =>
          tf.fused
            .matMul({
              a: tensor(a, [5, k]) as tf.Tensor2D,
              b: tensor(b, [k, 9]) as tf.Tensor2D,
              bias: tensor(bias, [9]),
            })
            .dataSync(),
        );
        const expected = multiply(a, b, 5, 9, k).map((value, i) => value + (bias[i % 9] ?? 0));
        expect(worstDifference(actual, expected)).toBeLessThan(FLOAT_NOISE);
      }
    });

    it.each(["relu", "elu", "sigmoid", "leakyrelu"] as const)("ends in a fused %s", (activation) => {
      const a = tensor(numbers(6, 1), [2, 3]) as tf.Tensor2D;
      const b = tensor(numbers(12, 2), [3, 4]) as tf.Tensor2D;
      const plain = tf.matMul(a, b);
      const applied = {
        relu: () => tf.relu(plain),
        elu: () => tf.elu(plain),
        sigmoid: () => tf.sigmoid(plain),
        leakyrelu: () => tf.leakyRelu(plain, 0.3),
      };
      const before = tf.memory().numTensors;
      const fused = tf.fused.matMul({ a, b, activation, leakyreluAlpha: 0.3 });
      expect(tf.memory().numTensors).toBe(before + 1);
      expect(worstDifference(fused.dataSync(), applied[activation]().dataSync())).toBeLessThan(FLOAT_NOISE);
    });

    it("gives the same bits every time", () => {
      const a = tensor(numbers(70 * 500, 1), [70, 500]) as tf.Tensor2D;
      const b = tensor(numbers(500 * 30, 2), [500, 30]) as tf.Tensor2D;
      const once = tf.matMul(a, b).dataSync();
      expect(tf.matMul(a, b).dataSync()).toEqual(once);
    });
  });

  describe("convolution", () => {
    interface Case {
      readonly image: [number, number, number, number];
      readonly filter: [number, number, number, number];
      readonly strides: [number, number];
      readonly pad: "same" | "valid" | tf.backend_util.ExplicitPadding;
      readonly dilations?: [number, number];
    }
    const cases: readonly Case[] = [
      { image: [1, 1, 1, 1], filter: [1, 1, 1, 1], strides: [1, 1], pad: "same" },
      { image: [2, 5, 7, 3], filter: [3, 3, 3, 5], strides: [1, 1], pad: "same" },
      { image: [2, 7, 5, 3], filter: [4, 4, 3, 2], strides: [2, 2], pad: "same" },
      { image: [3, 8, 8, 1], filter: [4, 4, 1, 9], strides: [2, 2], pad: "same" },
      { image: [2, 6, 9, 2], filter: [3, 2, 2, 4], strides: [1, 2], pad: "valid" },
      { image: [2, 6, 6, 7], filter: [1, 1, 7, 3], strides: [1, 1], pad: "valid" },
      { image: [2, 6, 6, 3], filter: [1, 1, 3, 3], strides: [2, 2], pad: "same" },
      {
        image: [2, 5, 6, 2],
        filter: [3, 3, 2, 3],
        strides: [2, 1],
        pad: [
          [0, 0],
          [2, 1],
          [0, 2],
          [0, 0],
        ],
      },
      { image: [1, 3, 3, 2], filter: [5, 5, 2, 2], strides: [1, 1], pad: "same" },
      { image: [9, 28, 28, 8], filter: [4, 4, 8, 20], strides: [2, 2], pad: "same" }, // several pieces of patches
      { image: [5, 28, 28, 1], filter: [4, 4, 1, 9], strides: [2, 2], pad: "same" }, // which end within an image
      { image: [4, 20, 19, 3], filter: [5, 5, 3, 8], strides: [1, 2], pad: "valid" },
      { image: [3, 7, 7, 2], filter: [2, 2, 2, 8], strides: [4, 3], pad: "valid" }, // edges that no patch sees
      { image: [3, 9, 11, 1], filter: [4, 4, 1, 16], strides: [1, 1], pad: "same" }, // without patches: tiles of four
      { image: [2, 13, 27, 3], filter: [5, 3, 3, 24], strides: [3, 2], pad: "same" }, // that do not fill a row
      { image: [2, 9, 10, 4], filter: [3, 4, 4, 8], strides: [2, 1], pad: "same" },
      { image: [2, 9, 8, 3], filter: [3, 3, 3, 2], strides: [1, 1], pad: "same", dilations: [2, 3] },
    ];

    function shapeOf({ image, filter, strides, pad, dilations = [1, 1] }: Case): ConvolutionShape {
      const info = tf.backend_util.computeConv2DInfo(image, filter, strides, dilations, pad);
      return { ...info, batch: info.batchSize, padTop: info.padInfo.top, padLeft: info.padInfo.left };
    }

    it.each(cases)("$image by $filter, strides $strides, $pad: result and both gradients", (c) => {
      const s = shapeOf(c);
      const outShape = [s.batch, s.outHeight, s.outWidth, s.outChannels];
      const x = numbers(size(c.image), 1);
      const w = numbers(size(c.filter), 2);
      const dy = numbers(size(outShape), 3);
      tf.tidy(() => {
        const y = tf.conv2d(
          tensor(x, c.image) as tf.Tensor4D,
          tensor(w, c.filter) as tf.Tensor4D,
          c.strides,
          c.pad,
          "NHWC",
          c.dilations ?? 1,
        );
        expect(y.shape).toEqual(outShape);
        expect(worstDifference(y.dataSync(), convolve(x, w, s))).toBeLessThan(FLOAT_NOISE);
        if (c.dilations) return; // TensorFlow.js has no gradient for dilated convolutions
        const attrs = { strides: c.strides, pad: c.pad, dataFormat: "NHWC" };
        const [dx, dw] = [
          tf
            .engine()
            .runKernel(
              "Conv2DBackpropInput",
              { dy: tensor(dy, outShape), filter: tensor(w, c.filter) },
              { ...attrs, inputShape: c.image },
            ) as tf.Tensor,
          tf
            .engine()
            .runKernel(
              "Conv2DBackpropFilter",
              { x: tensor(x, c.image), dy: tensor(dy, outShape) },
              { ...attrs, filterShape: c.filter },
            ) as tf.Tensor,
        ];
        expect(worstDifference(dx.dataSync(), convolveTransposed(dy, w, s))).toBeLessThan(FLOAT_NOISE);
        expect(worstDifference(dw.dataSync(), filterGradient(x, dy, s))).toBeLessThan(FLOAT_NOISE);
      });
    });

    it.each([1, 2, 3, 4])("gives the bits of the product with patches where it makes none: %i channels", (channels) => {
      const image = [2, 10, 13, channels] as const;
      const x = tensor(numbers(size(image), 1), [...image]) as tf.Tensor4D;
      // Nine filters are no whole tiles and go by patches.
      const filters = tensor(numbers(16 * channels * 9, 2), [4, 4, channels, 9]) as tf.Tensor4D;
      const eight = tf.slice(filters, [0, 0, 0, 0], [4, 4, channels, 8]);
      const byPatches = tf.slice(tf.conv2d(x, filters, 2, "same"), [0, 0, 0, 0], [-1, -1, -1, 8]);
      expect(tf.conv2d(x, eight, 2, "same").dataSync()).toEqual(byPatches.dataSync());
    });

    it.each([4, 8])("adds a fused bias and activation: %i filters", (filters) => {
      const x = tensor(numbers(2 * 5 * 5 * 3, 1), [2, 5, 5, 3]) as tf.Tensor4D;
      const filter = tensor(numbers(3 * 3 * 3 * filters, 2), [3, 3, 3, filters]) as tf.Tensor4D;
      const bias = tensor(numbers(filters, 3), [filters]);
      const fused = tf.fused.conv2d({ x, filter, strides: 1, pad: "same", bias, activation: "relu" });
      const apart = tf.relu(tf.add(tf.conv2d(x, filter, 1, "same"), bias));
      expect(worstDifference(fused.dataSync(), apart.dataSync())).toBeLessThan(FLOAT_NOISE);
    });
  });

  describe("sums", () => {
    const shape = [3, 5, 4, 7];
    const values = numbers(size(shape), 5);
    const x = (): tf.Tensor => tensor(values, shape);

    function plainSum(axes: readonly number[]): number[] {
      const kept = shape.map((length, axis) => (axes.includes(axis) ? 1 : length));
      const result = new Array<number>(size(kept)).fill(0);
      for (const [index, value] of values.entries()) {
        let rest = index;
        let target = 0;
        let stride = 1;
        for (let axis = shape.length - 1; axis >= 0; axis--) {
          const length = shape[axis] ?? 1;
          if (!axes.includes(axis)) target += (rest % length) * stride;
          stride *= kept[axis] ?? 1;
          rest = Math.floor(rest / length);
        }
        result[target] = (result[target] ?? 0) + value;
      }
      return result;
    }

    it.each([[[0]], [[1]], [[3]], [[0, 1]], [[0, 1, 2]], [[1, 2]], [[2, 3]], [[0, 1, 2, 3]], [[0, 2]], [[0, 3]]])(
      "over axes %j",
      (axes) => {
        const count = axes.reduce((product, axis) => product * (shape[axis] ?? 1), 1);
        const expected = plainSum(axes);
        tf.tidy(() => {
          expect(worstDifference(tf.sum(x(), axes).dataSync(), expected)).toBeLessThan(FLOAT_NOISE);
          const mean = tf.mean(x(), axes, true);
          expect(mean.shape).toEqual(shape.map((length, axis) => (axes.includes(axis) ? 1 : length)));
          const means = expected.map((value) => value / count);
          expect(worstDifference(mean.dataSync(), means)).toBeLessThan(FLOAT_NOISE);
        });
      },
    );

    it("of integers still goes to the stock kernel", () => {
      expect(tf.sum(tf.tensor1d([1, 2, 3], "int32")).dataSync()[0]).toBe(6);
    });

    it("over wide rows keeps every column", () => {
      const wide = numbers(9 * 53, 6);
      const expected = Array.from({ length: 53 }, (_, j) =>
        wide.reduce((sum, value, i) => (i % 53 === j ? sum + value : sum), 0),
      );
      expect(worstDifference(tf.sum(tensor(wide, [9, 53]), 0).dataSync(), expected)).toBeLessThan(FLOAT_NOISE);
    });

    it("by segment, leaving out ids that are no segment", () => {
      const sums = tf.unsortedSegmentSum(tf.tensor2d([1, 2, 3, 4, 5, 6], [3, 2]), tf.tensor1d([2, 0, 2], "int32"), 4);
      expect([...sums.dataSync()]).toEqual([3, 4, 0, 0, 6, 8, 0, 0]);
    });
  });

  describe("functions of each element", () => {
    // Odd counts, so that the last elements go through the loop for leftovers.
    const wide = [...numbers(4001, 8).map((x) => x * 20), ...numbers(1002, 9).map((x) => x * 1e-3), 0, 86, -86];
    const ulps = (actual: number, expected: number): number =>
      Math.abs(actual - expected) / Math.max(Math.abs(expected) * 2 ** -24, 2 ** -149);
    const functions = {
      exp: [tf.exp, Math.exp],
      tanh: [tf.tanh, Math.tanh],
      softplus: [tf.softplus, (x: number) => Math.max(x, 0) + Math.log1p(Math.exp(-Math.abs(x)))],
    } as const;
    it.each(["exp", "tanh", "softplus"] as const)("%s is within a few units in the last place", (name) => {
      const [f, plain] = functions[name];
      const x = Float32Array.from(wide);
      const y = f(tf.tensor1d(x)).dataSync();
      expect(Math.max(...y.map((value, i) => ulps(value, plain(x[i] ?? 0))))).toBeLessThan(8);
    });

    it("keeps infinities and NaN, and never overflows in softplus", () => {
      const x = tf.tensor1d([Infinity, -Infinity, NaN, 1000, -1000]);
      expect([...tf.exp(x).dataSync()]).toEqual([Infinity, 0, NaN, Infinity, 0]);
      expect([...tf.tanh(x).dataSync()]).toEqual([1, -1, NaN, 1, -1]);
      expect([...tf.softplus(x).dataSync()]).toEqual([Infinity, 0, NaN, 1000, 0]);
      expect([...tf.leakyRelu(x, 0.5).dataSync()]).toEqual([Infinity, -Infinity, NaN, 1000, -500]);
    });

    it.each([1, 2, 3, 4, 5, 7])("writes exactly %d elements", (count) => {
      const x = numbers(count, 3);
      const neighbour = tf.ones([8]);
      const y = tf.leakyRelu(tf.tensor1d(x), 0.25).dataSync();
      expect(
        worstDifference(
          y,
          x.map((value) => (value > 0 ? value : value / 4)),
        ),
      ).toBeLessThan(FLOAT_NOISE);
      expect([...neighbour.dataSync()]).toEqual(new Array(8).fill(1));
    });
  });

  it.each([
    [[5], [3]],
    [
      [1, 7],
      [4, 1],
    ],
    [
      [4, 1],
      [1, 9],
    ],
    [
      [2, 1, 1, 3],
      [1, 4, 2, 1],
    ],
    [
      [2, 3],
      [2, 2],
    ],
    [[1], [13]],
  ])("tiles %j by %j", (shape, reps) => {
    const x = numbers(size(shape), 4);
    const y = tf.tile(tensor(x, shape), reps);
    expect(y.shape).toEqual(shape.map((length, axis) => length * (reps[axis] ?? 1)));
    const expected = Array.from({ length: y.size }, (_, index) => {
      let rest = index;
      let source = 0;
      let stride = 1;
      for (let axis = shape.length - 1; axis >= 0; axis--) {
        const length = shape[axis] ?? 1;
        source += (rest % length) * stride; // rest / tiled length drops the repeats
        rest = Math.floor(rest / (length * (reps[axis] ?? 1)));
        stride *= length;
      }
      return x[source] ?? 0;
    });
    expect(worstDifference(y.dataSync(), expected)).toBeLessThan(1e-7);
  });

  it("squares a vector's norm, whatever its parts", () => {
    const x = numbers(10_007, 1);
    const expected = x.reduce((sum, value) => sum + value * value, 0);
    for (const sizes of [[10_007], [1, 10_006], [4097, 5910]]) {
      const [found = 0] = tf.tidy(() => squaredNorm(tf.tensor1d(x), sizes).dataSync());
      expect(Math.abs(found / expected - 1)).toBeLessThan(1e-6);
    }
  });

  it("takes one step of Adam as the composed operations do, and only outside of a tape", () => {
    const beta1 = 0.5;
    const beta2 = 0.999;
    const epsilon = 1e-8;
    const [gradient, m] = [tensor(numbers(23, 1), [23]), tensor(numbers(23, 2), [23])];
    const v = tf.square(tensor(numbers(23, 3), [23]));
    const [rate, correction] = [tf.scalar(0.002), tf.scalar(3)];
    const one = adamStep({ gradient, m, v, rate, correction }, { beta1, beta2, epsilon });
    const newM = tf.add(tf.mul(m, beta1), tf.mul(gradient, 1 - beta1));
    const newV = tf.add(tf.mul(v, beta2), tf.mul(tf.square(gradient), 1 - beta2));
    const change = tf.div(tf.mul(newM, rate), tf.add(tf.mul(tf.sqrt(newV), correction), epsilon));
    if (!one) throw new Error("wasm has the kernel");
    expect(worstDifference(one.m.dataSync(), newM.dataSync())).toBeLessThan(1e-6);
    expect(worstDifference(one.v.dataSync(), newV.dataSync())).toBeLessThan(1e-6);
    expect(worstDifference(one.change.dataSync(), change.dataSync())).toBeLessThan(1e-6);
    tf.grad((x: tf.Tensor) => {
      expect(adamStep({ gradient: x, m, v, rate, correction }, { beta1, beta2, epsilon })).toBeUndefined();
      return tf.sum(x);
    })(gradient);
  });

  it("takes 1 - β of a β near 1 from double precision", () => {
    const [g, zero] = [tf.ones([5]), tf.zeros([5])];
    const inputs = { gradient: g, m: zero, v: zero, rate: tf.scalar(1), correction: tf.scalar(1) };
    const one = adamStep(inputs, { beta1: 0.9999, beta2: 0.99999, epsilon: 1e-8 });
    for (const m of one?.m.dataSync() ?? [0]) expect(m).toBe(Math.fround(1 - 0.9999));
    for (const v of one?.v.dataSync() ?? [0]) expect(v).toBe(Math.fround(1 - 0.99999));
  });

  it.each([
    [
      [3, 5],
      [1, 0],
    ],
    [
      [4, 3, 5],
      [0, 2, 1],
    ],
    [
      [4, 4, 7, 9],
      [0, 1, 3, 2],
    ],
    [
      [2, 3, 4, 5],
      [0, 2, 1, 3],
    ],
    [
      [2, 3, 4, 5],
      [3, 1, 0, 2],
    ],
    [
      [2, 1, 4, 5],
      [2, 1, 0, 3],
    ],
    [
      [2, 3, 2, 3, 2],
      [4, 3, 2, 1, 0],
    ], // stock's
  ])("exchanges the axes of %j as %j", (shape, perm) => {
    const values = numbers(size(shape), 1);
    const strides = shape.map((_, axis) => size(shape.slice(axis + 1)));
    const turned = perm.map((axis) => shape[axis] ?? 1);
    const expected = Array.from({ length: values.length }, (_, index) => {
      const place = turned.map((length, i) => Math.floor(index / size(turned.slice(i + 1))) % length);
      return values[place.reduce((sum, at, i) => sum + at * (strides[perm[i] ?? 0] ?? 0), 0)] ?? Number.NaN;
    });
    const y = tf.tidy(() => tf.transpose(tensor(values, shape), perm));
    expect(y.shape).toEqual(turned);
    expect([...y.dataSync()]).toEqual([...Float32Array.from(expected)]);
    y.dispose();
  });

  it("keeps NaN in a step function, and in the slope of leaky ReLU", () => {
    const x = tensor([1, Number.NaN, -1, 0, Number.NaN, 2], [6]);
    expect([...tf.step(x, 0.2).dataSync()]).toEqual([1, Number.NaN, Math.fround(0.2), Math.fround(0.2), Number.NaN, 1]);
  });

  it.each<[string, () => tf.Tensor]>([
    ["Concat of other widths", () => tf.concat([tf.ones([2, 3]), tf.ones([2, 4])], 0)],
    ["Concat of other ranks", () => tf.concat([tf.ones([2, 3]), tf.ones([3]) as tf.Tensor], 0)],
    ["matMul of vectors", () => tf.engine().runKernel("BatchMatMul", { a: tf.ones([3]), b: tf.ones([3, 2]) }, {})],
    ["matMul of other depths", () => tf.matMul(tf.ones([2, 3]), tf.ones([2, 3]))],
    ["matMul of other batches", () => tf.matMul(tf.ones([2, 2, 3]), tf.ones([3, 3, 2]))],
    [
      "conv2dTranspose to another size",
      () => tf.conv2dTranspose(tf.ones<tf.Rank.R4>([1, 4, 4, 2]), tf.ones([3, 3, 5, 2]), [1, 16, 16, 5], 2, "same"),
    ],
    [
      "conv2dTranspose to another batch",
      () => tf.conv2dTranspose(tf.ones<tf.Rank.R4>([1, 4, 4, 2]), tf.ones([3, 3, 5, 2]), [2, 8, 8, 5], 2, "same"),
    ],
    [
      "conv2dTranspose to other channels",
      () => tf.conv2dTranspose(tf.ones<tf.Rank.R4>([1, 4, 4, 2]), tf.ones([3, 3, 5, 2]), [1, 8, 8, 4], 2, "same"),
    ],
  ])("refuses %s", (_name, compute) => {
    expect(() => tf.tidy(compute)).toThrow();
  });

  it("stays right while the memory grows", () => {
    const a = tensor(numbers(40 * 40, 1), [40, 40]) as tf.Tensor2D;
    const once = tf.matMul(a, a).dataSync();
    const large = Array.from({ length: 6 }, () => tf.zeros([1 << 22]));
    expect(tf.matMul(a, a).dataSync()).toEqual(once);
    for (const t of large) t.dispose();
  });

  it("leaves no tensor behind", () => {
    const before = tf.memory().numTensors;
    tf.tidy(() => {
      const x = tf.ones<tf.Rank.R4>([2, 4, 4, 2]);
      const w = tf.variable(tf.ones<tf.Rank.R4>([3, 3, 2, 2]), true, "left-behind");
      const { grads } = tf.variableGrads(() => tf.sum(tf.square(tf.conv2d(x, w, 2, "same"))) as tf.Scalar, [w]);
      for (const g of Object.values(grads)) g.dispose();
      w.dispose();
    });
    expect(tf.memory().numTensors).toBe(before);
  });
});

it("registers every kernel once and without a warning", async () => {
  await startBackend("wasm");
  const arithmetic = await registerWasmKernels();
  expect(["plain", "fused"]).toContain(arithmetic);
  for (const { name, why } of WASM_KERNELS) {
    expect(tf.getKernel(name, "wasm").kernelName).toBe(name);
    expect(why.length).toBeGreaterThan(5);
  }
});

describe("the register tile of matrix products", () => {
  /** A module whose products take so long with each tile, on a clock of their own. */
  function machine(took: Readonly<Record<number, number>>) {
    const seen = { now: 0, rows: 0, products: 0, borrowed: 0 };
    const exports = {
      setTileRows: (rows: number) => void Object.assign(seen, { rows }),
      gemmScratchBytes: () => 64,
      fill: () => {},
      gemm: () => {
        seen.products += 1;
        seen.now += took[seen.rows] ?? 0;
      },
    };
    const tile = new Tile(
      exports as unknown as KernelExports,
      "fused",
      (borrowed) => Object.assign(seen, { borrowed }).borrowed,
      () => void Object.assign(seen, { borrowed: 0 }),
      () => seen.now,
    );
    return { seen, tile };
  }

  it.each([
    { took: { 4: 3, 6: 2 }, faster: 6 },
    { took: { 4: 2, 6: 3 }, faster: 4 },
  ])("is the one that this machine is faster with: $faster rows", ({ took, faster }) => {
    const { seen, tile } = machine(took);
    for (let step = 0; step < 100; step++) tile.afterStep();
    expect(tile.rows).toBe(faster);
    expect(seen).toMatchObject({ rows: faster, borrowed: 0 });
    const { products } = seen;
    for (let step = 0; step < 100; step++) tile.afterStep();
    expect(seen.products).toBe(products); // found out once
  });
});
