/** Our WebGPU kernels against plain loops, at the sizes where their edges are. Speed is not tested. */
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openWebGpu } from "../../src/cli/webgpu-node";
import { gemm } from "../../src/engine/kernels/webgpu/gemm";
import type { GpuPlan } from "../../src/engine/kernels/webgpu/program";
import { fitDepth, TILES } from "../../src/engine/kernels/webgpu/tile";
import { numbers, worstDifference } from "../helpers/numbers";
import { multiply } from "../helpers/plain-operations";
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
});
