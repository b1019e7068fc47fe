/** Batch normalisation with the batch's own statistics, and its gradient. Not TensorFlow.js's kernels: ../normalize-batch.ts calls them. */
import * as tf from "@tensorflow/tfjs";
import { type Inputs, required, requireFloat, type WasmKernel } from "./kernel";
import type { KernelRuntime } from "./runtime";

export const normalizeBatch: WasmKernel = {
  name: "NormalizeBatch",
  why: "ours: two passes over memory instead of ten",
  compute(inputs, attrs, runtime) {
    const { x, rows, channels } = matrix(inputs);
    const [xAt, gamma, beta] = addresses(inputs, ["x", "gamma", "beta"], runtime);
    const outputs = [runtime.output(x.shape), runtime.output([channels]), runtime.output([channels])];
    const [y = 0, mean = 0, variance = 0] = outputs.map((tensor) => runtime.address(tensor));
    const epsilon = Number(attrs.epsilon);
    runtime.exports.normalizeColumns(xAt, gamma, beta, y, mean, variance, rows, channels, channels, epsilon);
    return outputs;
  },
};

export const normalizeBatchGradient: WasmKernel = {
  name: "NormalizeBatchGradient",
  why: "ours: two passes over memory instead of fourteen",
  compute(inputs, attrs, runtime) {
    const { x, rows, channels } = matrix(inputs);
    const [xAt, dy, gamma, mean, variance] = addresses(inputs, ["x", "dy", "gamma", "mean", "variance"], runtime);
    const outputs = [runtime.output(x.shape), runtime.output([channels]), runtime.output([channels])];
    const [dx = 0, dGamma = 0, dBeta = 0] = outputs.map((tensor) => runtime.address(tensor));
    const sizes = [rows, channels, channels, Number(attrs.epsilon)] as const;
    runtime.exports.normalizeGradient(xAt, dy, gamma, mean, variance, dx, dGamma, dBeta, ...sizes);
    return outputs;
  },
};

/** The input as rows of channels. */
function matrix(inputs: Inputs) {
  const x = required(inputs, "x");
  const channels = x.shape.at(-1) ?? 1;
  return { x, rows: tf.util.sizeFromShape(x.shape) / channels, channels };
}

type Addresses<N> = { [K in keyof N]: number };

function addresses<const N extends readonly string[]>(inputs: Inputs, names: N, runtime: KernelRuntime): Addresses<N> {
  return names.map((name) => {
    const tensor = required(inputs, name);
    requireFloat(tensor, "Batch normalisation");
    return runtime.address(tensor);
  }) as Addresses<N>;
}
