/** Batch norm's statistics and results against double precision, where a mean is far larger than the deviation too. Gradients: gradients.test.ts. */
import * as tf from "@tensorflow/tfjs";
import { beforeAll, describe, expect, it } from "vitest";
import { startBackend } from "../../src/cli/node-backend";
import { normals } from "../../src/core/rng";
import { normalizeBatch } from "../../src/engine/kernels/normalize-batch";
import { worstDifference } from "../helpers/numbers";

const EPSILON = 1e-3;

describe.each(["wasm", "cpu"])("batch normalisation on %s", (backend) => {
  beforeAll(async () => {
    await startBackend(backend);
  });

  it.each([
    [64, 3, 0],
    [77, 21, 300],
    [1000, 16, -40],
  ])("of %d rows and %d channels around %d", (rows, channels, center) => {
    const x = normals(new Float32Array(rows * channels), 7, 1, 0).map((value) => Math.fround(value + center));
    const gamma = normals(new Float32Array(channels), 7, 2, 0);
    const beta = normals(new Float32Array(channels), 7, 3, 0);
    const means: number[] = [];
    const variances: number[] = [];
    const expected: number[] = new Array<number>(x.length);
    for (let c = 0; c < channels; c++) {
      const column = Array.from({ length: rows }, (_, r) => x[r * channels + c] ?? 0);
      const mean = column.reduce((a, b) => a + b, 0) / rows;
      const variance = column.reduce((a, b) => a + (b - mean) ** 2, 0) / rows;
      means.push(mean);
      variances.push(variance);
      for (const [r, value] of column.entries()) {
        expected[r * channels + c] =
          ((value - mean) / Math.sqrt(variance + EPSILON)) * (gamma[c] ?? 0) + (beta[c] ?? 0);
      }
    }
    tf.tidy(() => {
      const found: Record<string, Float32Array> = {};
      const y = normalizeBatch(
        tf.tensor2d(x, [rows, channels]),
        tf.tensor1d(gamma),
        tf.tensor1d(beta),
        EPSILON,
        (told) => {
          found.mean = told.mean.dataSync<"float32">();
          found.variance = told.variance.dataSync<"float32">();
        },
      );
      // What a float of this size cannot tell apart is no error.
      const tolerance = 2e-6 + Math.abs(center) * 2 ** -22;
      expect(worstDifference(found.mean ?? [], means)).toBeLessThan(2e-6);
      expect(worstDifference(found.variance ?? [], variances)).toBeLessThan(tolerance);
      expect(worstDifference(y.dataSync(), expected)).toBeLessThan(tolerance);
    });
  });
});
