/** Starts each of TensorFlow.js's backends as this project needs it. Not which one: backend.ts. */
import * as tf from "@tensorflow/tfjs";
import { setWasmPaths } from "@tensorflow/tfjs-backend-wasm";
import { WebGPUBackend } from "@tensorflow/tfjs-backend-webgpu";
import type { Arithmetic, BackendName, DeviceReport } from "../core/device";
import { explainError } from "../core/errors";
import type { BackendEnvironment } from "./backend";
import { registerWasmKernels } from "./kernels/wasm/register";
import { tryDriver } from "./kernels/webgpu/driver";
import { registerWebGpuKernels } from "./kernels/webgpu/register";
import { forgetWebGl, watchWebGl } from "./webgl-loss";

export interface Started {
  readonly arithmetic: DeviceReport["arithmetic"];
  readonly lost?: Promise<string>;
  readonly lostNow?: () => string | null;
}

export async function startCpu(): Promise<Started> {
  await start("cpu");
  return { arithmetic: null };
}

/** `tf.setBackend` can return true, return false or throw: here it succeeds or throws. */
export async function start(backend: BackendName): Promise<void> {
  const started = await tf.setBackend(backend);
  if (!started) throw new Error(`TensorFlow.js could not initialise "${backend}"`);
  await tf.ready();
}

/** What is used where it is there: the device's clock, for timing forms of products; threads that exchange numbers, for sums. */
const FEATURES: readonly GPUFeatureName[] = ["timestamp-query", "subgroups"];

export async function startWebGpu(adapter: GPUAdapter): Promise<Started> {
  // Small tensors on the CPU otherwise run in JavaScript, each with a transfer; and a recorded step would freeze their values.
  tf.env().set("WEBGPU_CPU_FORWARD", false);
  // The stock input gradient of a convolution is one thread per pixel; this flag picks the one that goes through a matrix product.
  tf.env().set("WEBGPU_USE_NAIVE_CONV2D_TRANSPOSE", false);
  const { limits } = adapter;
  const device = await adapter.requestDevice({
    requiredFeatures: FEATURES.filter((feature) => adapter.features.has(feature)),
    requiredLimits: {
      maxComputeWorkgroupStorageSize: limits.maxComputeWorkgroupStorageSize,
      maxComputeWorkgroupsPerDimension: limits.maxComputeWorkgroupsPerDimension,
      maxStorageBufferBindingSize: limits.maxStorageBufferBindingSize,
      maxBufferSize: limits.maxBufferSize,
      maxComputeWorkgroupSizeX: limits.maxComputeWorkgroupSizeX,
      maxComputeInvocationsPerWorkgroup: limits.maxComputeInvocationsPerWorkgroup,
      // Programs that do much at once bind many tensors.
      maxStorageBuffersPerShaderStage: limits.maxStorageBuffersPerShaderStage,
    },
  });
  // Our own factory instead of the stock one, which asks for a second adapter, dereferences it when there is none, and keeps the device
  // to itself, so that nobody could hear of its loss.
  if (tf.engine().findBackendFactory("webgpu")) tf.removeBackend("webgpu");
  tf.registerBackend("webgpu", () => new WebGPUBackend(device, adapter.info));
  await start("webgpu");
  registerWebGpuKernels();
  await tryDriver(device);
  const lost = device.lost.then((info) =>
    info.reason === "destroyed"
      ? new Promise<string>(() => {}) // our own doing, nothing to report
      : `The graphics device was lost (${info.message || "the driver gave no reason"}).`,
  );
  return { arithmetic: null, lost };
}

export async function startWebGl(): Promise<Started> {
  forgetWebGl(); // the one that was lost before, if there was one
  await start("webgl");
  if (!tf.env().getBool("WEBGL_RENDER_FLOAT32_ENABLED")) {
    throw new Error("its floats have 16 bits, too few to train with");
  }
  return { arithmetic: null, ...watchWebGl() };
}

/** The build that we ask TensorFlow.js for: see startWasm. */
const WASM_BUILD = "tfjs-backend-wasm-simd.wasm";

/**
 * Where TensorFlow.js shall take its file from. Left to itself it waits for ever for one that stalls, and for one that is missing too, so
 * where the file comes over a network it is fetched here, and handed on from memory.
 */
async function locateWasm({ wasmPaths, fetchFile }: BackendEnvironment): Promise<BackendEnvironment["wasmPaths"]> {
  if (fetchFile === undefined || typeof wasmPaths === "string") return wasmPaths;
  try {
    const bytes = await fetchFile(wasmPaths[WASM_BUILD] ?? WASM_BUILD);
    return { ...wasmPaths, [WASM_BUILD]: URL.createObjectURL(new Blob([bytes], { type: "application/wasm" })) };
  } catch (error) {
    throw new Error(`the page's file ${WASM_BUILD} did not arrive (${explainError(error)})`);
  }
}

let wasmPathsSet = false;

export async function startWasm(environment: BackendEnvironment, arithmetic: Arithmetic | undefined): Promise<Started> {
  // Not engine().findBackend, which would start the backend to find it.
  if (!wasmPathsSet) {
    const paths = await locateWasm(environment);
    wasmPathsSet = true; // TensorFlow.js allows it once, before the start
    // On a cross-origin isolated page TensorFlow.js would load its threaded build, whose shared memory our modules do not import.
    tf.env().set("WASM_HAS_MULTITHREAD_SUPPORT", false);
    setWasmPaths(paths);
  }
  await start("wasm");
  return { arithmetic: await registerWasmKernels({ arithmetic }) };
}
