/** Runs a plan on tensors of TensorFlow.js's webgpu backend, in order with the backend's own commands. Not for replay, which has buffers of its own. */
import type * as tf from "@tensorflow/tfjs";
import type { WebGPUBackend } from "@tensorflow/tfjs-backend-webgpu";
import { encodePlan, type GpuPlan, PipelineCache } from "./program";

/** What is used of the backend beyond its public face (tfjs-backend-webgpu 4.22, backend_webgpu.ts; the version is pinned). */
interface Insides {
  readonly commandEncoder: GPUCommandEncoder | null;
  computePassEncoder: GPUComputePassEncoder | null;
  readonly commandQueueOwnedIds: WeakSet<object>;
  dispatchCountInPass: number;
}

const caches = new WeakMap<GPUDevice, PipelineCache>();

function cacheOf(device: GPUDevice): PipelineCache {
  const known = caches.get(device);
  if (known) return known;
  const cache = new PipelineCache(device);
  caches.set(device, cache);
  return cache;
}

/**
 * Computes a plan whose last operand is its result and whose others are inputs.
 * @param batchSize dispatches after which the commands are sent, TensorFlow.js's WEBGPU_DEFERRED_SUBMIT_BATCH_SIZE
 * @returns a new tensor of the given shape
 */
export function runPlan(
  backend: WebGPUBackend,
  plan: GpuPlan,
  inputs: readonly tf.TensorInfo[],
  shape: number[],
  batchSize: number,
): tf.TensorInfo {
  const output = backend.makeTensorInfo(shape, "float32");
  const scratch = plan.scratch.map((floats) => backend.makeTensorInfo([floats], "float32"));
  const bind = ({ dataId }: tf.TensorInfo): GPUBufferBinding => {
    backend.uploadToGPU(dataId); // allocates what has no buffer yet; may end the compute pass to copy
    return { buffer: backend.tensorMap.get(dataId).resource as GPUBuffer };
  };
  const operands = [...inputs, output].map(bind);
  const scratchBuffers = scratch.map(bind);
  backend.ensureCommandEncoderReady();
  const insides = backend as unknown as Insides;
  if (!insides.commandEncoder) throw new Error("TensorFlow.js's webgpu backend made no command encoder.");
  insides.computePassEncoder ??= insides.commandEncoder.beginComputePass();
  encodePlan(insides.computePassEncoder, cacheOf(backend.device), plan, operands, scratchBuffers);
  insides.dispatchCountInPass += plan.passes.length;
  // The backend keeps the buffers of these until the commands are sent.
  for (const { dataId } of [...inputs, output, ...scratch]) insides.commandQueueOwnedIds.add(dataId);
  for (const { dataId } of scratch) backend.disposeData(dataId);
  if (insides.dispatchCountInPass >= batchSize) {
    backend.endComputePassEncoder();
    backend.submitQueue();
  }
  return output;
}
