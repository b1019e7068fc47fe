/** Our WebGPU kernels against plain loops, at the sizes where their edges are. Speed is not tested. */
import * as tf from "@tensorflow/tfjs";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { startBackend } from "../../src/cli/node-backend";
import {
  convolution,
  convolutionFilterGradient,
  convolutionInputGradient,
} from "../../src/engine/kernels/webgpu/convolution";
import { gemm } from "../../src/engine/kernels/webgpu/gemm";
import type { Product } from "../../src/engine/kernels/webgpu/product";
import {
  chooseForm,
  costOf,
  doubledOf,
  fitDepth,
  type ProductForm,
  TILES,
} from "../../src/engine/kernels/webgpu/product-form";
import { productPlan } from "../../src/engine/kernels/webgpu/product-plan";
import type { GpuPlan } from "../../src/engine/kernels/webgpu/program";
import { numbers, size, worstDifference } from "../helpers/numbers";
import {
  type ConvolutionShape,
  convolve,
  convolveTransposed,
  filterGradient,
  multiply,
} from "../helpers/plain-operations";
import { webGpuOrSay } from "../helpers/webgpu";
import { openPlanRunner, type PlanRunner } from "../helpers/webgpu-plans";

const FLOAT_NOISE = 2e-5; // single precision over the longest sums here

const gpu = await webGpuOrSay();

describe.skipIf(!gpu)("WebGPU kernels", () => {
  let runner: PlanRunner;
  beforeAll(async () => {
    if (gpu) runner = await openPlanRunner(gpu);
  });
  afterAll(() => runner?.close());

  /** The one operand that the test is after; -1 is the last. */
  async function run(plan: GpuPlan, operands: Parameters<PlanRunner["run"]>[1], at = -1): Promise<Float32Array> {
    return (await runner.run(plan, operands)).at(at) ?? new Float32Array();
  }
  /** Both forms that a driver may be given. */
  const plansOf = (product: Product) => [true, false].map((software) => productPlan(product, { software }));
  const zeros = (length: number) => new Float32Array(length);

  describe("matrix product", () => {
    const sizes: readonly (readonly [m: number, n: number, k: number])[] = [
      [1, 1, 1],
      [7, 3, 2],
      [33, 65, 7],
      [64, 1, 40],
      [3, 64, 65],
      [64, 32, 36],
      [65, 12, 33],
      [12, 68, 16],
      [100, 36, 1],
    ];
    const transposes = [
      [false, false],
      [false, true],
      [true, false],
      [true, true],
    ] as const;
    it.each(sizes)("is right for %d×%d, depth %d, with every transpose", async (m, n, k) => {
      const a = numbers(m * k, 1);
      const b = numbers(k * n, 2);
      for (const [transposeA, transposeB] of transposes) {
        for (const plan of plansOf(gemm({ m, n, k, transposeA, transposeB }))) {
          const c = await run(plan, [a, b, zeros(m * n)]);
          expect(worstDifference(c, multiply(a, b, m, n, k, transposeA, transposeB))).toBeLessThan(FLOAT_NOISE);
        }
      }
    });

    type FormOf = (k: number, splits: number) => ProductForm;
    const tiles = Object.entries(TILES).map(([name, tile]): [string, FormOf] => [
      `tile ${name}`,
      (k, splits) => ({ kind: "tiles", tile: fitDepth(tile, k), splits }),
    ]);
    const blocks = [[4, 4] as const, [8, 8] as const, [4, 3] as const].map(([rows, cols]): [string, FormOf] => [
      `block ${rows}×${cols}`,
      (_k, splits) => ({ kind: "blocks", block: { rows, cols }, splits }),
    ]);
    it.each(tiles)("gives the same bits where the next %s is brought in advance", async (_name, formOf) => {
      for (const [m, n, k] of [
        [70, 67, 70],
        [68, 132, 200],
        [33, 20, 9],
      ] as const) {
        for (const [transposeA, transposeB] of transposes) {
          const [a, b] = [numbers(m * k, 1), numbers(k * n, 2)];
          for (const splits of k > 100 ? [1, 2] : [1]) {
            const form = formOf(k, splits);
            const doubled = doubledOf(form, Number.POSITIVE_INFINITY);
            if (doubled === undefined) throw new Error("Every tile can be brought in advance.");
            const product = gemm({ m, n, k, transposeA, transposeB });
            const expected = await run(productPlan(product, form), [a, b, zeros(m * n)]);
            expect(await run(productPlan(product, doubled), [a, b, zeros(m * n)])).toEqual(expected);
          }
        }
      }
    });

    it.each([...tiles, ...blocks])("is right as %s, whole and split", async (name, formOf) => {
      // A block of three columns is for results of three columns.
      const wide = name.endsWith("3") ? 3 : undefined;
      for (const [m, n, k] of [
        [70, wide ?? 67, 70],
        [68, wide ?? 132, 72],
      ] as const) {
        const a = numbers(m * k, 1);
        const b = numbers(k * n, 2);
        const expected = multiply(a, b, m, n, k);
        for (const splits of [1, 2]) {
          const c = await run(productPlan(gemm({ m, n, k }), formOf(k, splits)), [a, b, zeros(m * n)]);
          expect(worstDifference(c, expected)).toBeLessThan(FLOAT_NOISE);
        }
      }
    });

    it("splits a long depth over workgroups, with the same bits every time", async () => {
      const [m, n, k] = [16, 9, 15000];
      const plan = productPlan(gemm({ m, n, k, transposeA: true }), { software: false });
      expect(plan.passes).toHaveLength(2);
      const a = numbers(m * k, 1);
      const b = numbers(k * n, 2);
      const once = await run(plan, [a, b, zeros(m * n)]);
      expect(worstDifference(once, multiply(a, b, m, n, k, true))).toBeLessThan(FLOAT_NOISE);
      expect(await run(plan, [a, b, zeros(m * n)])).toEqual(once);
    });

    it("computes batches, and shares an operand among them", async () => {
      const [batch, m, n, k] = [3, 5, 6, 8];
      const a = numbers(batch * m * k, 1);
      const b = numbers(batch * k * n, 2);
      const expected = (shared: boolean) =>
        [0, 1, 2].flatMap((i) =>
          multiply(a.slice(i * m * k, (i + 1) * m * k), shared ? b.slice(0, k * n) : b.slice(i * k * n), m, n, k),
        );
      for (const plan of plansOf(gemm({ m, n, k, batch }))) {
        const own = await run(plan, [a, b, zeros(batch * m * n)]);
        expect(worstDifference(own, expected(false))).toBeLessThan(FLOAT_NOISE);
      }
      for (const plan of plansOf(gemm({ m, n, k, batch, shared: "b" }))) {
        const same = await run(plan, [a, b, zeros(batch * m * n)]);
        expect(worstDifference(same, expected(true))).toBeLessThan(FLOAT_NOISE);
      }
    });
  });

  describe("convolution", () => {
    const cases: readonly ConvolutionShape[] = [
      same(1, 1, 1, 1, 1, 1, 1),
      same(2, 5, 7, 3, 5, 3, 1),
      same(2, 7, 5, 3, 2, 4, 2),
      same(3, 8, 8, 1, 9, 4, 2),
      same(2, 6, 6, 4, 8, 4, 2),
      same(2, 9, 6, 8, 4, 3, 1),
      same(1, 7, 7, 4, 3, 1, 2),
      same(1, 3, 3, 2, 2, 5, 1),
      same(1, 7, 8, 2, 4, 2, 3),
      { ...same(2, 6, 9, 2, 4, 3, 1), outHeight: 4, outWidth: 4, strideWidth: 2, padTop: 0, padLeft: 0 }, // "valid"
    ];

    /** "same" padding, as computeConv2DInfo has it. */
    function same(
      batch: number,
      inHeight: number,
      inWidth: number,
      inChannels: number,
      outChannels: number,
      side: number,
      stride: number,
    ): ConvolutionShape {
      const [outHeight, outWidth] = [Math.ceil(inHeight / stride), Math.ceil(inWidth / stride)];
      const pad = (length: number, out: number) => Math.floor(Math.max((out - 1) * stride + side - length, 0) / 2);
      return {
        ...{ batch, inHeight, inWidth, inChannels, outHeight, outWidth, outChannels },
        ...{ filterHeight: side, filterWidth: side, strideHeight: stride, strideWidth: stride },
        ...{ padTop: pad(inHeight, outHeight), padLeft: pad(inWidth, outWidth) },
      };
    }
    const sizesOf = (s: ConvolutionShape) => ({
      image: s.batch * s.inHeight * s.inWidth * s.inChannels,
      filter: s.filterHeight * s.filterWidth * s.inChannels * s.outChannels,
      result: s.batch * s.outHeight * s.outWidth * s.outChannels,
    });

    it.each(cases)(
      "$batch×$inHeight×$inWidth×$inChannels with filters $filterHeight×$filterWidth×$outChannels, stride $strideHeight×$strideWidth",
      async (s) => {
        const { image, filter, result } = sizesOf(s);
        const [x, w, dy] = [numbers(image, 1), numbers(filter, 2), numbers(result, 3)];
        for (const plan of plansOf(convolution(s))) {
          const y = await run(plan, [x, w, zeros(result)]);
          expect(worstDifference(y, convolve(x, w, s))).toBeLessThan(FLOAT_NOISE);
        }
        for (const plan of plansOf(convolutionInputGradient(s))) {
          const dx = await run(plan, [dy, w, new Float32Array(image).fill(9)]);
          expect(worstDifference(dx, convolveTransposed(dy, w, s))).toBeLessThan(FLOAT_NOISE);
        }
        for (const plan of plansOf(convolutionFilterGradient(s))) {
          const dw = await run(plan, [x, dy, zeros(filter)]);
          expect(worstDifference(dw, filterGradient(x, dy, s))).toBeLessThan(FLOAT_NOISE);
        }
      },
    );

    it("splits a long filter gradient over workgroups", async () => {
      const s = same(5, 14, 14, 3, 4, 3, 1);
      const form: ProductForm = { kind: "tiles", tile: TILES.small, splits: 4 };
      const { image, filter, result } = sizesOf(s);
      const [x, dy] = [numbers(image, 1), numbers(result, 3)];
      const plan = productPlan(convolutionFilterGradient(s), form);
      expect(plan.passes).toHaveLength(2);
      const dw = await run(plan, [x, dy, zeros(filter)]);
      expect(worstDifference(dw, filterGradient(x, dy, s))).toBeLessThan(FLOAT_NOISE);
    });

    it("multiplies no tap by the zeros that a stride leaves", () => {
      const s = same(64, 28, 28, 32, 64, 4, 2);
      const forward = convolution(s);
      const backward = convolutionInputGradient(s);
      expect(backward.batch * backward.m * backward.n * backward.k).toBe(forward.m * forward.n * forward.k);
      for (const product of [forward, backward, convolutionFilterGradient(s)]) {
        const { useful, issued, threads } = costOf(product, chooseForm(product, { software: false }));
        expect(issued / useful).toBeLessThanOrEqual(1.1);
        expect(threads).toBeGreaterThanOrEqual(10_000);
      }
    });
  });
});

describe.skipIf(!gpu)("WebGPU kernels as TensorFlow.js's", () => {
  beforeAll(async () => {
    await startBackend("webgpu");
  });
  afterAll(() => tf.removeBackend("webgpu"));

  it("multiply with equal leading axes, and with none on one side", async () => {
    const a = numbers(2 * 3 * 4, 1);
    const b = numbers(2 * 4 * 5, 2);
    const batch = (i: number, j: number) =>
      multiply(a.slice(i * 12, i * 12 + 12), b.slice(j * 20, j * 20 + 20), 3, 5, 4);
    for (const [shapeA, shapeB, expected] of [
      [
        [2, 3, 4],
        [2, 4, 5],
        [...batch(0, 0), ...batch(1, 1)],
      ],
      [
        [2, 3, 4],
        [4, 5],
        [...batch(0, 0), ...batch(1, 0)],
      ],
    ] as const) {
      const c = tf.tidy(() => tf.matMul(tf.tensor(a, [...shapeA]), tf.tensor(b.slice(0, size(shapeB)), [...shapeB])));
      expect(worstDifference(await c.data(), expected)).toBeLessThan(FLOAT_NOISE);
      c.dispose();
    }
  });

  it("keep their order with the backend's own commands, and leave nothing behind", async () => {
    const [m, k] = [8, 1200]; // long enough for scratch
    const a = tf.tensor2d(numbers(m * k, 1), [m, k]);
    const step = () => tf.tidy(() => tf.add(tf.matMul(tf.mul(a, 2), a, false, true), 1));
    const products: ArrayLike<number>[] = [];
    const used: unknown[] = [];
    for (let i = 0; i < 40; i++) {
      const c = step();
      products.push(await c.data());
      c.dispose();
      const memory = tf.memory() as unknown as { numTensors: number; numBytesInGPU: number };
      used.push([memory.numTensors, memory.numBytesInGPU].join());
    }
    const plain = multiply(numbers(m * k, 1), numbers(m * k, 1), m, m, k, false, true).map((x) => 2 * x + 1);
    expect(worstDifference(products[0] ?? [], plain)).toBeLessThan(FLOAT_NOISE);
    expect(new Set(products.map((c) => Array.from(c).join())).size).toBe(1); // the same bits
    expect(used.at(-1)).toBe(used[1]);
    a.dispose();
  });
});
