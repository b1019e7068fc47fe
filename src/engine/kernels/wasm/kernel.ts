/** The shape of one of our wasm kernels, and the activations that fused kernels end in. No kernel of its own. */
import * as tf from "@tensorflow/tfjs";
import type { KernelRuntime } from "./runtime";

export type Inputs = tf.NamedTensorInfoMap;

/** One kernel: what TensorFlow.js calls it, and how it is computed. */
export interface WasmKernel {
  /** TensorFlow.js's kernel name. */
  readonly name: string;
  /** Why it stands in for the stock kernel, or that there is none. */
  readonly why: string;
  /** Computes it; undefined hands the call back to the stock kernel. */
  compute(inputs: Inputs, attrs: tf.NamedAttrMap, runtime: KernelRuntime): tf.TensorInfo | tf.TensorInfo[] | undefined;
}

/** The named input. @throws when TensorFlow.js did not pass it */
export function required(inputs: Inputs, name: string): tf.TensorInfo {
  const tensor = inputs[name];
  if (!tensor) throw new Error(`A wasm kernel was called without its input "${name}".`);
  return tensor;
}

/** @throws unless the tensor holds 32-bit floats, the only type these kernels compute in */
export function requireFloat(tensor: tf.TensorInfo, kernel: string): void {
  if (tensor.dtype !== "float32") {
    throw new Error(
      `${kernel} on the wasm backend computes in float32 but was given ${tensor.dtype}. Cast the tensor first.`,
    );
  }
}

const ACTIVATION_KERNELS: Record<string, string> = {
  relu: "Relu",
  relu6: "Relu6",
  elu: "Elu",
  sigmoid: "Sigmoid",
  leakyrelu: "LeakyRelu",
  prelu: "Prelu",
};

/** Applies a fused kernel's activation, disposing of `x`. */
export function activate(
  x: tf.TensorInfo,
  activation: string,
  inputs: Inputs,
  attrs: tf.NamedAttrMap,
  runtime: KernelRuntime,
): tf.TensorInfo {
  if (activation === "linear") return x;
  const name = ACTIVATION_KERNELS[activation];
  if (!name)
    throw new Error(
      `Activation "${activation}" cannot be fused on the wasm backend. Apply it as an operation of its own.`,
    );
  const y = runStock(name, { x, alpha: inputs.preluActivationWeights }, { alpha: attrs.leakyreluAlpha ?? 0 }, runtime);
  runtime.backend.disposeData(x.dataId);
  return y;
}

/** Calls another wasm kernel from inside one. The caller owns the result. */
export function runStock(name: string, inputs: Inputs, attrs: tf.NamedAttrMap, runtime: KernelRuntime): tf.TensorInfo {
  const result = tf.getKernel(name, "wasm").kernelFunc({ inputs, attrs, backend: runtime.backend });
  const [first] = Array.isArray(result) ? result : [result];
  if (!first) throw new Error(`The wasm kernel ${name} returned nothing.`);
  return first;
}
