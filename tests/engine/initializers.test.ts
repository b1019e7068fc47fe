/** Initial weights: spread, and orthogonality, by the formulas. */
import { describe, expect, it } from "vitest";
import type { InitializerId, LayerSpec } from "../../src/core/architecture/layers";
import { describeNetwork } from "../../src/core/architecture/shapes";
import { initialValues } from "../../src/engine/networks/initializers";

/** Start values of a single layer's weight. */
function values(spec: LayerSpec, input: readonly number[], name: "kernel" | "bias", initializer: InitializerId) {
  const network = describeNetwork([spec], input);
  if ("error" in network) throw new Error(network.error);
  const [layer] = network.layers;
  const weight = layer?.weights.find((candidate) => candidate.name === name);
  if (layer === undefined || weight === undefined) throw new Error("no such weight");
  return initialValues(layer, weight, 0, initializer, 7, 1);
}

describe("PyTorch's default", () => {
  it.each<[string, LayerSpec, number[], number]>([
    ["dense: one over the root of its inputs", { type: "dense", units: 300 }, [100], 100],
    ["conv2d: of inputs times window", { type: "conv2d", filters: 64, kernelSize: 3, strides: 1 }, [8, 8, 16], 16 * 9],
    [
      "conv2dTranspose: of outputs times window, as torch counts it",
      { type: "conv2dTranspose", filters: 8, kernelSize: 4, strides: 2 },
      [4, 4, 64],
      8 * 16,
    ],
  ])("%s, biases too", (_name, spec, input, fan) => {
    const limit = 1 / Math.sqrt(fan);
    for (const name of ["kernel", "bias"] as const) {
      const drawn = values(spec, input, name, "pytorch");
      const largest = drawn.reduce((most, x) => Math.max(most, Math.abs(x)), 0);
      expect(largest).toBeLessThanOrEqual(limit);
      expect(largest).toBeGreaterThan(0.6 * limit);
    }
    const kernel = values(spec, input, "kernel", "pytorch");
    const variance = kernel.reduce((sum, x) => sum + x * x, 0) / kernel.length;
    expect(variance / (limit ** 2 / 3)).toBeCloseTo(1, 1);
    expect(values(spec, input, "bias", "he").every((x) => x === 0)).toBe(true);
  });
});

describe("orthogonal", () => {
  /** The kernel as a matrix [rows][outputs]. */
  function matrix(kernel: Float32Array, outputs: number, inputs: number, transposed: boolean): number[][] {
    return Array.from({ length: kernel.length / outputs }, (_, row) =>
      Array.from({ length: outputs }, (_, o) => {
        const tap = Math.floor(row / inputs);
        const at = transposed ? (tap * outputs + o) * inputs + (row % inputs) : row * outputs + o;
        return kernel[at] ?? Number.NaN;
      }),
    );
  }

  it.each<[string, LayerSpec, number[], number, number]>([
    ["tall", { type: "dense", units: 5 }, [12], 5, 12],
    ["wide", { type: "dense", units: 12 }, [5], 12, 5],
    ["of a convolution", { type: "conv2d", filters: 6, kernelSize: 3, strides: 1 }, [4, 4, 2], 6, 2],
    ["of a transposed one", { type: "conv2dTranspose", filters: 6, kernelSize: 3, strides: 2 }, [4, 4, 2], 6, 2],
  ])(
    "%s: columns, or rows where they are fewer, have length 1 and right angles",
    (_name, spec, input, outputs, inputs) => {
      const kernel = values(spec, input, "kernel", "orthogonal");
      const rows = matrix(kernel, outputs, inputs, spec.type === "conv2dTranspose");
      const columns = Array.from({ length: outputs }, (_, o) => rows.map((row) => row[o] ?? Number.NaN));
      const vectors = rows.length >= outputs ? columns : rows;
      for (const [i, a] of vectors.entries()) {
        for (const [j, b] of vectors.entries()) {
          const product = a.reduce((sum, x, k) => sum + x * (b[k] ?? Number.NaN), 0);
          expect(product).toBeCloseTo(i === j ? 1 : 0, 5);
        }
      }
    },
  );
});
