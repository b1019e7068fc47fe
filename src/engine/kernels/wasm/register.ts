/**
 * Puts our WebAssembly kernels in the place of TensorFlow.js's on the backend "wasm", and adds those it lacks.
 * The kernels themselves are in the neighbouring files; gradients that are wrong on every backend are mended in ../gradients.ts.
 */
import * as tf from "@tensorflow/tfjs";
import type { BackendWasm } from "@tensorflow/tfjs-backend-wasm";
import type { Arithmetic } from "../../../core/device";
import { normalizeBatch, normalizeBatchGradient } from "./batch-norm";
import { add, addN, maximum, minimum, multiply, realDiv, sub } from "./binary";
import { conv2d, conv2dBackpropFilter, conv2dBackpropInput, fusedConv2d } from "./convolution";
import { detectSimd } from "./detect-simd";
import {
  abs,
  adamStep,
  clipByValue,
  elu,
  eluGrad,
  exp,
  leakyRelu,
  neg,
  relu,
  rsqrt,
  sigmoid,
  softplus,
  sqrt,
  square,
  step,
  tanh,
  tile,
} from "./elementwise";
import type { WasmKernel } from "./kernel";
import { concat, slice, splitV, transpose, zerosLike } from "./layout";
import { batchMatMul, fusedMatMul } from "./matmul";
import { mean, squaredNorm, sum, unsortedSegmentSum } from "./reductions";
import { type KernelRuntime, loadRuntime } from "./runtime";

/** Every kernel we register. Each says why. */
export const WASM_KERNELS: readonly WasmKernel[] = [
  batchMatMul,
  fusedMatMul,
  conv2d,
  fusedConv2d,
  conv2dBackpropInput,
  conv2dBackpropFilter,
  sum,
  mean,
  unsortedSegmentSum,
  exp,
  tanh,
  softplus,
  leakyRelu,
  square,
  sqrt,
  rsqrt,
  neg,
  sigmoid,
  relu,
  elu,
  eluGrad,
  abs,
  step,
  clipByValue,
  tile,
  add,
  sub,
  multiply,
  realDiv,
  maximum,
  minimum,
  addN,
  concat,
  splitV,
  slice,
  zerosLike,
  transpose,
  adamStep,
  normalizeBatch,
  normalizeBatchGradient,
  squaredNorm,
];

export interface WasmKernelOptions {
  /** "plain": without fused multiply-add, also where there is one. Default: by detection. */
  readonly arithmetic?: Arithmetic | undefined;
}

const stockKernels = new Map<string, tf.KernelConfig>();
let registeredFor: { backend: BackendWasm; runtime: KernelRuntime } | undefined;

/** The kernels' runtime while they are registered for the active backend. */
export function wasmRuntime(): KernelRuntime | undefined {
  if (tf.getBackend() !== "wasm" || registeredFor === undefined) return undefined;
  return registeredFor.backend === (tf.backend() as unknown) ? registeredFor.runtime : undefined;
}

/**
 * Registers the kernels; call it once after `tf.setBackend("wasm")`. Calling it again does nothing unless the backend or the wish changed.
 * @returns how the build that runs rounds
 * @throws when wasm is not the active backend, or SIMD is missing (every browser that runs this page's WebGPU or WebGL has it)
 */
export async function registerWasmKernels(options: WasmKernelOptions = {}): Promise<Arithmetic> {
  if (tf.getBackend() !== "wasm") {
    throw new Error(
      `Our WebAssembly kernels join the backend "wasm", but the active one is "${tf.getBackend()}". Choose it first.`,
    );
  }
  const support = detectSimd();
  if (!support.simd) {
    throw new Error(
      "This browser's WebAssembly has no SIMD, which the kernels need. A browser from 2023 or later has it.",
    );
  }
  const arithmetic = support.fused && options.arithmetic !== "plain" ? "fused" : "plain";
  const backend = tf.backend() as unknown as BackendWasm;
  if (registeredFor?.backend === backend && registeredFor.runtime.arithmetic === arithmetic) return arithmetic;
  const runtime = await loadRuntime(backend, arithmetic);
  for (const kernel of WASM_KERNELS) replace(kernel, runtime);
  registeredFor = { backend, runtime };
  return arithmetic;
}

/** Registers one kernel, keeping the stock one for the calls that ours hands back. */
function replace(kernel: WasmKernel, runtime: KernelRuntime): void {
  const present = tf.getKernel(kernel.name, "wasm") as tf.KernelConfig | undefined;
  if (present) {
    // The first one seen is the stock kernel; after that it is an earlier registration of ours.
    if (!stockKernels.has(kernel.name)) stockKernels.set(kernel.name, present);
    tf.unregisterKernel(kernel.name, "wasm"); // registering over it would print a warning
  }
  const stock = stockKernels.get(kernel.name);
  tf.registerKernel({
    kernelName: kernel.name,
    backendName: "wasm",
    ...(stock?.setupFunc ? { setupFunc: stock.setupFunc } : {}),
    kernelFunc: (call) => {
      const result = kernel.compute(call.inputs, call.attrs ?? {}, runtime);
      if (result) return result;
      runtime.observer?.handedBack();
      if (!stock) throw new Error(`The wasm backend cannot compute ${kernel.name} for these inputs.`);
      return stock.kernelFunc(call);
    },
  });
}
