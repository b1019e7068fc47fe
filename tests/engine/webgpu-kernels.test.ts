/** Our WebGPU kernels against plain loops, at the sizes where their edges are. Speed is not tested. */
import * as tf from "@tensorflow/tfjs";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { startBackend } from "../../src/cli/node-backend";
import { openWebGpu } from "../../src/cli/webgpu-node";
import type { OptimizerConfig } from "../../src/core/config";
import { bernoulli, integers, normals, uniforms } from "../../src/core/rng";
import { batchNorm, batchNormGradient } from "../../src/engine/kernels/webgpu/batch-norm";
import {
  convolution,
  convolutionFilterGradient,
  convolutionInputGradient,
} from "../../src/engine/kernels/webgpu/convolution";
import { gatherRows } from "../../src/engine/kernels/webgpu/gather";
import { gemm } from "../../src/engine/kernels/webgpu/gemm";
import { updateParameters } from "../../src/engine/kernels/webgpu/optimizers";
import type { GpuPlan } from "../../src/engine/kernels/webgpu/program";
import { randomNumbers } from "../../src/engine/kernels/webgpu/random";
import { reduce } from "../../src/engine/kernels/webgpu/reduce";
import { chooseTile, fitDepth, preferTiles, TILES } from "../../src/engine/kernels/webgpu/tile";
import { CANDIDATES, tuneGemm } from "../../src/engine/kernels/webgpu/tune";
import { numbers, size, worstDifference } from "../helpers/numbers";
import {
  type ConvolutionShape,
  convolve,
  convolveTransposed,
  filterGradient,
  multiply,
  normalise,
} from "../helpers/plain-operations";
import { openPlanRunner, type PlanRunner } from "../helpers/webgpu-plans";

const FLOAT_NOISE = 2e-5; // single precision over the longest sums here

const gpu = await openWebGpu();
if (!gpu)
  console.log("Skipped: no WebGPU driver here. A Chromium (for its SwiftShader) or a Vulkan driver would let it run.");

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
        const c = await run(gemm({ m, n, k, transposeA, transposeB }), [a, b, zeros(m * n)]);
        expect(worstDifference(c, multiply(a, b, m, n, k, transposeA, transposeB))).toBeLessThan(FLOAT_NOISE);
      }
    });

    it.each(Object.entries(TILES))("is right with the tile %s, whole and split", async (_name, tile) => {
      for (const [m, n, k] of [
        [70, 67, 70],
        [68, 132, 72],
      ] as const) {
        const a = numbers(m * k, 1);
        const b = numbers(k * n, 2);
        const expected = multiply(a, b, m, n, k);
        for (const splits of [1, 2]) {
          const choice = { tile: fitDepth(tile, k), splits };
          const c = await run(gemm({ m, n, k }, { choice }), [a, b, zeros(m * n)]);
          expect(worstDifference(c, expected)).toBeLessThan(FLOAT_NOISE);
        }
      }
    });

    it("tries tiles on the device and keeps to the winners", async () => {
      const device = await (await gpu?.requestAdapter())?.requestDevice();
      if (!device) return;
      let clock = 0;
      // Times go up from measurement to measurement: the first candidate wins.
      const options = { now: () => (++clock) ** 2, sizes: [[20, 24, 8]] as const, repeats: 1 };
      const winners = await tuneGemm(device, "a test's", options);
      expect(winners).toEqual([{ size: [20, 24, 8], tile: CANDIDATES[0] }]);
      expect(chooseTile(33, 40, 64).tile).toEqual(CANDIDATES[0]);
      expect(chooseTile(33, 1, 64).tile).toEqual(TILES.column);
      preferTiles(undefined);
      expect(chooseTile(33, 40, 64).tile).toEqual(TILES.small);
      device.destroy();
    });

    it.each(CANDIDATES)("is right with $rows×$cols tiles, $threadRows×$threadCols a thread", async (tile) => {
      const [m, n, k] = [70, 67, 37];
      const [a, b] = [numbers(m * k, 1), numbers(k * n, 2)];
      const c = await run(gemm({ m, n, k }, { choice: { tile: fitDepth(tile, k), splits: 1 } }), [a, b, zeros(m * n)]);
      expect(worstDifference(c, multiply(a, b, m, n, k))).toBeLessThan(FLOAT_NOISE);
    });

    it("splits a long depth over workgroups, with the same bits every time", async () => {
      const [m, n, k] = [16, 9, 1500];
      const plan = gemm({ m, n, k, transposeA: true });
      expect(plan.passes).toHaveLength(2);
      const a = numbers(m * k, 1);
      const b = numbers(k * n, 2);
      const once = await run(plan, [a, b, zeros(m * n)]);
      expect(worstDifference(once, multiply(a, b, m, n, k, true))).toBeLessThan(FLOAT_NOISE);
      expect(await run(plan, [a, b, zeros(m * n)])).toEqual(once);
    });

    it.each([50, 1100])("adds a bias and what is there, then runs the hook, depth %d", async (k) => {
      const [m, n] = [5, 6];
      const [a, b, bias, extra, before] = [m * k, k * n, n, m * n, m * n].map((count, i) => numbers(count, i + 1));
      const plan = gemm(
        { m, n, k },
        {
          bias: true,
          accumulate: true,
          epilogue: {
            inputs: 1,
            outputs: 1,
            functions: "fn hookTwice(x: f32) -> f32 { return 2.0 * x; }",
            expression: "out0[index] = value; value = hookTwice(value) * extra0[index] + f32(row * 10u + col);",
          },
        },
      );
      const results = await runner.run(plan, [a ?? [], b ?? [], bias ?? [], extra ?? [], before ?? [], zeros(m * n)]);
      const sums = multiply(a ?? [], b ?? [], m, n, k).map((x, i) => x + (bias?.[i % n] ?? 0) + (before?.[i] ?? 0));
      expect(worstDifference(results[5] ?? [], sums)).toBeLessThan(FLOAT_NOISE);
      const hooked = sums.map((x, i) => 2 * x * (extra?.[i] ?? 0) + Math.floor(i / n) * 10 + (i % n));
      expect(worstDifference(results[4] ?? [], hooked)).toBeLessThan(FLOAT_NOISE);
    });

    it("computes batches, and shares an operand among them", async () => {
      const [batch, m, n, k] = [3, 5, 6, 8];
      const a = numbers(batch * m * k, 1);
      const b = numbers(batch * k * n, 2);
      const expected = (shared: boolean) =>
        [0, 1, 2].flatMap((i) =>
          multiply(a.slice(i * m * k, (i + 1) * m * k), shared ? b.slice(0, k * n) : b.slice(i * k * n), m, n, k),
        );
      const own = await run(gemm({ m, n, k }, { batch }), [a, b, zeros(batch * m * n)]);
      expect(worstDifference(own, expected(false))).toBeLessThan(FLOAT_NOISE);
      const same = await run(gemm({ m, n, k }, { batch, shared: "b" }), [a, b, zeros(batch * m * n)]);
      expect(worstDifference(same, expected(true))).toBeLessThan(FLOAT_NOISE);
    });
  });

  describe("random numbers", () => {
    const [seed, stream, step] = [-123456789, 0x0010_0304, 70001];
    const moment = Uint32Array.of(9, step, 60000);
    const stepAt = 1;

    it.each([1, 2, 513])("are core/rng's uniform numbers bit for bit, %d of them", async (count) => {
      const expected = uniforms(new Float32Array(count), seed, stream, step);
      const plain = randomNumbers({ kind: "uniforms", seed, stream }, count, { stepAt });
      expect(await run(plain, [moment, zeros(count)])).toEqual(expected);
      const symmetric = randomNumbers({ kind: "symmetric", seed, stream }, count, { stepAt });
      expect(await run(symmetric, [moment, zeros(count)])).toEqual(expected.map((u) => 2 * u - 1));
    });

    it.each([0, 0.3, 0.5, 1])("are its coins bit for bit, probability %d", async (probability) => {
      const count = 301;
      const plan = randomNumbers({ kind: "bernoulli", seed, stream, probability, value: 1 / 0.7 }, count, { stepAt });
      const expected = bernoulli(new Float32Array(count), probability, seed, stream, step, 1 / 0.7);
      expect(await run(plan, [moment, zeros(count)])).toEqual(expected);
    });

    it.each([1, 10, 60000, 2 ** 21 - 1])("are its whole numbers below %d", async (bound) => {
      const count = 255;
      const plan = randomNumbers({ kind: "integers", seed, stream, boundAt: 0 }, count, { stepAt });
      const drawn = await run(plan, [Uint32Array.of(bound, step), zeros(count)]);
      expect([...new Int32Array(drawn.buffer)]).toEqual([
        ...integers(new Int32Array(count), bound, seed, stream, step),
      ]);
    });

    it("are its normal numbers within single precision, also in the tails", async () => {
      const count = 40001;
      const plan = randomNumbers({ kind: "normals", seed, stream }, count, { stepAt });
      const drawn = await run(plan, [moment, zeros(count)]);
      const expected = normals(new Float32Array(count), seed, stream, step);
      let worst = 0;
      for (const [i, x] of expected.entries()) worst = Math.max(worst, Math.abs((drawn[i] ?? Number.NaN) - x));
      expect(worst).toBeLessThan(2e-6);
    });

    it("go through a hook", async () => {
      const plan = randomNumbers({ kind: "uniforms", seed, stream }, 6, {
        stepAt,
        columns: 3,
        epilogue: { inputs: 1, expression: "value = extra0[index] + f32(row) + 0.0 * value + f32(col) * 10.0;" },
      });
      expect([...(await run(plan, [moment, [1, 1, 1, 1, 1, 1], zeros(6)]))]).toEqual([1, 11, 21, 2, 12, 22]);
    });
  });

  describe("optimisers", () => {
    const count = 300;
    const [gradient = [], weights = [], first = [], second = []] = [1, 2, 3, 4].map((s) => numbers(count, s));
    const squares = second.map((x) => x * x);
    const rate = 0.01;
    /** One update of one weight, as the optimisers' files have it: [weight, ...slots]. */
    const cases: readonly [OptimizerConfig, readonly number[], number[][], (i: number) => number[]][] = [
      [
        { type: "adam", learningRate: rate, beta1: 0.5, beta2: 0.99, epsilon: 1e-8 },
        [rate / (1 - 0.5 ** 3), 1 / Math.sqrt(1 - 0.99 ** 3)],
        [first, squares],
        (i) => {
          const g = gradient[i] ?? 0;
          const m = 0.5 * (first[i] ?? 0) + 0.5 * g;
          const v = 0.99 * (squares[i] ?? 0) + 0.01 * g * g;
          const mHat = m / (1 - 0.5 ** 3);
          return [(weights[i] ?? 0) - (rate * mHat) / (Math.sqrt(v / (1 - 0.99 ** 3)) + 1e-8), m, v];
        },
      ],
      [{ type: "sgd", learningRate: rate }, [rate], [], (i) => [(weights[i] ?? 0) - rate * (gradient[i] ?? 0)]],
      [
        { type: "momentum", learningRate: rate, momentum: 0.9 },
        [rate],
        [first],
        (i) => {
          const velocity = 0.9 * (first[i] ?? 0) + (gradient[i] ?? 0);
          return [(weights[i] ?? 0) - rate * velocity, velocity];
        },
      ],
      [
        { type: "rmsprop", learningRate: rate, decay: 0.9, epsilon: 1e-7 },
        [rate],
        [squares],
        (i) => {
          const square = 0.9 * (squares[i] ?? 0) + 0.1 * (gradient[i] ?? 0) ** 2;
          return [(weights[i] ?? 0) - (rate * (gradient[i] ?? 0)) / Math.sqrt(square + 1e-7), square];
        },
      ],
    ];
    it.each(cases)("$type updates weights and slots in place", async (config, coefficients, slots, expected) => {
      const plan = updateParameters(config, count, { coefficientsAt: 2 });
      const results = await runner.run(plan, [gradient, [0, 0, ...coefficients], weights, ...slots]);
      for (const [j, result] of results.slice(2).entries()) {
        const wanted = gradient.map((_, i) => expected(i)[j] ?? Number.NaN);
        expect(worstDifference(result, wanted)).toBeLessThan(1e-6);
      }
    });

    it("clip in the hook", async () => {
      const plan = updateParameters({ type: "sgd", learningRate: 1 }, 3, {
        epilogue: { expression: "value = clamp(value, -0.1, 0.1);" },
      });
      const result = await run(plan, [[0, 0, 0], [1], [5, -5, 0.05]]);
      expect([...result]).toEqual([0.1, -0.1, 0.05].map(Math.fround));
    });
  });

  describe("minibatches", () => {
    it("are rows of floats", async () => {
      const data = numbers(12, 1);
      const plan = gatherRows(3, 2, { source: "floats" });
      const result = await run(plan, [data, Uint32Array.of(5, 0, 5), zeros(6)]);
      expect([...result]).toEqual([10, 11, 0, 1, 10, 11].map((i) => Math.fround(data[i] ?? 0)));
    });

    it("are rows of bytes, each as the values say, also where rows begin within a word", async () => {
      const bytes = Uint8Array.from({ length: 28 }, (_, i) => (i * 37 + 11) % 256);
      const values = Float32Array.from({ length: 256 }, (_, byte) => -1 + (2 * byte) / 255);
      const plan = gatherRows(2, 7, { source: "bytes" });
      const result = await run(plan, [new Uint32Array(bytes.buffer), Uint32Array.of(3, 1), values, zeros(14)]);
      const from = (row: number) => [...bytes.slice(row * 7, row * 7 + 7)].map((byte) => values[byte]);
      expect([...result]).toEqual([...from(3), ...from(1)]);
    });
  });

  describe("sums", () => {
    const shapes: readonly (readonly [outer: number, length: number, inner: number])[] = [
      [1, 1, 1],
      [1, 65, 33],
      [1, 7, 2],
      [130, 2, 1],
      [7, 300, 1],
      [3, 5, 65],
      [1, 30000, 1],
      [1, 5000, 7],
      [2, 20000, 1],
    ];
    const plain = (x: readonly number[], outer: number, length: number, inner: number, f: (v: number) => number) =>
      Array.from({ length: outer * inner }, (_, i) => {
        let sum = 0;
        const at = Math.floor(i / inner) * length * inner + (i % inner);
        for (let j = 0; j < length; j++) sum += f(x[at + j * inner] ?? 0);
        return sum;
      });

    it.each(shapes)("are right over the middle of %d×%d×%d", async (outer, length, inner) => {
      const x = numbers(outer * length * inner, 1);
      const sums = await run(reduce({ outer, length, inner }), [x, zeros(outer * inner)]);
      expect(
        worstDifference(
          sums,
          plain(x, outer, length, inner, (v) => v),
        ),
      ).toBeLessThan(FLOAT_NOISE);
    });

    it.each([90, 30000])(
      "are means of a function of two tensors, added to what is there and clipped, length %d",
      async (length) => {
        const [x, y] = [numbers(length, 1), numbers(length, 2)];
        const plan = reduce(
          { outer: 1, length, inner: 1 },
          {
            scale: 1 / length,
            accumulate: true,
            prologue: { inputs: 1, expression: "value = value * value * extra0[index];" },
            epilogue: { inputs: 1, outputs: 1, expression: "out0[0] = value; value = max(value, extra1[0]);" },
          },
        );
        const results = await runner.run(plan, [x, y, [10], [2], zeros(1)]);
        const mean = 2 + x.reduce((sum, v, i) => sum + v * v * (y[i] ?? 0), 0) / length;
        expect(worstDifference(results[4] ?? [], [mean])).toBeLessThan(FLOAT_NOISE);
        expect([...(results[3] ?? [])]).toEqual([10]);
      },
    );
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
        const y = await run(convolution(s), [x, w, zeros(result)]);
        expect(worstDifference(y, convolve(x, w, s))).toBeLessThan(FLOAT_NOISE);
        const dx = await run(convolutionInputGradient(s), [dy, w, new Float32Array(image).fill(9)]);
        expect(worstDifference(dx, convolveTransposed(dy, w, s))).toBeLessThan(FLOAT_NOISE);
        const dw = await run(convolutionFilterGradient(s), [x, dy, zeros(filter)]);
        expect(worstDifference(dw, filterGradient(x, dy, s))).toBeLessThan(FLOAT_NOISE);
      },
    );

    it("splits a long filter gradient over workgroups", async () => {
      const s = same(5, 14, 14, 3, 4, 3, 1);
      const { image, filter, result } = sizesOf(s);
      const [x, dy] = [numbers(image, 1), numbers(result, 3)];
      const plan = convolutionFilterGradient(s);
      expect(plan.passes).toHaveLength(2);
      const dw = await run(plan, [x, dy, zeros(filter)]);
      expect(worstDifference(dw, filterGradient(x, dy, s))).toBeLessThan(FLOAT_NOISE);
    });

    it("adds a bias per channel and runs the hook, forwards and as transposed convolution", async () => {
      const s = same(2, 5, 4, 3, 4, 3, 2);
      const { image, filter, result } = sizesOf(s);
      const [x, w, dy] = [numbers(image, 1), numbers(filter, 2), numbers(result, 3)];
      const bias = numbers(4, 4);
      const options = { bias: true, epilogue: { expression: "value = max(value, 0.0) + f32(row * 4u + col);" } };
      const y = await run(convolution(s, options), [x, w, bias, zeros(result)]);
      const expected = convolve(x, w, s).map((v, i) => Math.max(v + (bias[i % 4] ?? 0), 0) + i);
      expect(worstDifference(y, expected)).toBeLessThan(FLOAT_NOISE);
      const dx = await run(convolutionInputGradient(s, { bias: true }), [dy, w, bias.slice(0, 3), zeros(image)]);
      const up = convolveTransposed(dy, w, s).map((v, i) => v + (bias[i % 3] ?? 0));
      expect(worstDifference(dx, up)).toBeLessThan(FLOAT_NOISE);
    });
  });

  describe("batch normalisation", () => {
    const epsilon = 1e-3;
    const shapes: readonly (readonly [rows: number, channels: number])[] = [
      [2, 1],
      [7, 3],
      [65, 33],
      [5000, 17], // in parts
    ];
    /** y, dx, dgamma and dbeta from the formulas of the paper, for the upstream gradient dy. */
    function plain(
      rows: number,
      channels: number,
      x: readonly number[],
      dy: readonly number[],
      gamma: readonly number[],
    ) {
      const hat = normalise(x, (i) => i % channels, epsilon);
      const [dgamma, dbeta, variance] = [0, 1, 2].map(() => new Array<number>(channels).fill(0));
      const mean = new Array<number>(channels).fill(0);
      for (const [i, v] of x.entries()) mean[i % channels] = (mean[i % channels] ?? 0) + v / rows;
      for (const [i, v] of x.entries()) {
        const c = i % channels;
        if (variance) variance[c] = (variance[c] ?? 0) + (v - (mean[c] ?? 0)) ** 2 / rows;
        if (dgamma) dgamma[c] = (dgamma[c] ?? 0) + (dy[i] ?? 0) * (hat[i] ?? 0);
        if (dbeta) dbeta[c] = (dbeta[c] ?? 0) + (dy[i] ?? 0);
      }
      const dx = x.map((_, i) => {
        const c = i % channels;
        const inner = (dy[i] ?? 0) - ((dbeta?.[c] ?? 0) + (hat[i] ?? 0) * (dgamma?.[c] ?? 0)) / rows;
        return ((gamma[c] ?? 0) / Math.sqrt((variance?.[c] ?? 0) + epsilon)) * inner;
      });
      return { hat, moments: [...mean, ...(variance ?? [])], dx, dgamma: dgamma ?? [], dbeta: dbeta ?? [] };
    }

    it.each(shapes)("%d rows of %d channels, forwards and backwards", async (rows, channels) => {
      const x = numbers(rows * channels, 1).map((v) => 3 * v + 2);
      const dy = numbers(rows * channels, 2);
      const [gamma, beta] = [numbers(channels, 3), numbers(channels, 4)];
      const expected = plain(rows, channels, x, dy, gamma);
      const forward = await runner.run(batchNorm({ rows, channels }, { epsilon }), [
        ...[x, gamma, beta, zeros(rows * channels), zeros(2 * channels)],
      ]);
      const y = expected.hat.map((v, i) => v * (gamma[i % channels] ?? 0) + (beta[i % channels] ?? 0));
      expect(worstDifference(forward[3] ?? [], y)).toBeLessThan(FLOAT_NOISE);
      expect(worstDifference(forward[4] ?? [], expected.moments)).toBeLessThan(FLOAT_NOISE);
      const backward = await runner.run(batchNormGradient({ rows, channels }, { epsilon }), [
        ...[dy, x, gamma, forward[4] ?? [], zeros(rows * channels), zeros(channels), zeros(channels)],
      ]);
      expect(worstDifference(backward[4] ?? [], expected.dx)).toBeLessThan(FLOAT_NOISE);
      expect(worstDifference(backward[5] ?? [], expected.dgamma)).toBeLessThan(FLOAT_NOISE);
      expect(worstDifference(backward[6] ?? [], expected.dbeta)).toBeLessThan(FLOAT_NOISE);
    });

    it.each([70, 1500])("finds its parameters in a flat vector, with hooks, %d rows", async (rows) => {
      const channels = 18;
      const flat = { gammaAt: 5, betaAt: 30 };
      const [x, dy, gate] = [1, 2, 3].map((s) => numbers(rows * channels, s));
      const parameters = numbers(60, 4);
      const gamma = parameters.slice(5, 5 + channels);
      const forward = await runner.run(
        batchNorm({ rows, channels }, { epsilon, flat, epilogue: { expression: "value = max(value, 0.0);" } }),
        [x ?? [], parameters, zeros(rows * channels), zeros(2 * channels)],
      );
      const expected = plain(rows, channels, x ?? [], dy?.map((v, i) => v * (gate?.[i] ?? 0)) ?? [], gamma);
      const y = expected.hat.map((v, i) => v * (gamma[i % channels] ?? 0) + (parameters[30 + (i % channels)] ?? 0));
      const relu = y.map((v) => Math.max(v, 0));
      expect(worstDifference(forward[2] ?? [], relu)).toBeLessThan(FLOAT_NOISE);
      const backward = await runner.run(
        batchNormGradient(
          { rows, channels },
          { epsilon, flat, accumulate: true, prologue: { inputs: 1, expression: "value *= extra0[index];" } },
        ),
        [
          dy ?? [],
          x ?? [],
          parameters,
          forward[3] ?? [],
          gate ?? [],
          zeros(rows * channels),
          new Float32Array(60).fill(1),
        ],
      );
      expect(worstDifference(backward[5] ?? [], expected.dx)).toBeLessThan(FLOAT_NOISE);
      const gradients = Array.from(
        { length: 60 },
        (_, i) => 1 + (expected.dgamma[i - 5] ?? 0) + (expected.dbeta[i - 30] ?? 0),
      );
      expect(worstDifference(backward[6] ?? [], gradients)).toBeLessThan(FLOAT_NOISE);
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
