/**
 * Our WebAssembly module at work in the memory of TensorFlow.js's wasm backend: loading it, finding tensors in that memory, and scratch.
 * Not its functions (exports.ts), not the kernels (matmul.ts, convolution.ts, ...) and not their registration (register.ts).
 */
import * as tf from "@tensorflow/tfjs";
import type { BackendWasm } from "@tensorflow/tfjs-backend-wasm";
import type { Arithmetic } from "../../../core/device";
import type { KernelExports } from "./exports";
import { plainSimd, relaxedSimd } from "./modules.generated";
import { Tile } from "./tile";

/** Who watches the kernels while a step is recorded (../../replay). */
export interface KernelObserver {
  /** A kernel of ours left a call to the stock kernel. */
  handedBack(): void;
}

/** What a kernel is given besides its tensors. */
export interface KernelRuntime {
  /** The module's functions; a recorder puts watched ones in their place for the time of one step. */
  exports: KernelExports;
  observer?: KernelObserver | undefined;
  readonly memory: WebAssembly.Memory;
  /** Memory of the caller's own. @throws when there is none left */
  allocate(bytes: number): number;
  free(address: number): void;
  /** Which build of the kernels this is: "fused" is the one with relaxed SIMD. */
  readonly arithmetic: Arithmetic;
  /** The register tile of the matrix products. */
  readonly tile: Tile;
  readonly backend: BackendWasm;
  /** Where a tensor's first element lies. Stays right while the tensor lives, also when memory grows. */
  address(tensor: tf.TensorInfo): number;
  /** A new tensor with unset contents. */
  output(shape: number[], dtype?: tf.DataType): tf.TensorInfo;
  /** At least this many bytes, the same place every time until a larger piece is asked for. Its contents mean nothing between calls. */
  scratch(bytes: number): number;
  /** Sets a float tensor to zero. */
  clear(tensor: tf.TensorInfo): void;
}

/** The part of Emscripten's module that TensorFlow.js's types leave out. */
interface EmscriptenModule {
  asm?: { memory?: unknown };
  _malloc(bytes: number): number;
  _free(address: number): void;
}

/**
 * Loads the kernels into the backend's memory.
 * @param arithmetic "fused" where `detectSimd` finds it; "plain" otherwise or for the numbers that every machine gives
 * @throws when the memory is not reachable or is shared between threads, for which these builds are not made
 */
export async function loadRuntime(backend: BackendWasm, arithmetic: Arithmetic): Promise<KernelRuntime> {
  const emscripten = backend.wasm as unknown as EmscriptenModule;
  const memory = emscripten.asm?.memory;
  if (!(memory instanceof WebAssembly.Memory)) {
    throw new Error(
      "TensorFlow.js's wasm backend does not show its memory, so our kernels cannot join it. Use the tfjs version in package.json.",
    );
  }
  const bytes = decodeModule(arithmetic === "fused" ? relaxedSimd : plainSimd);
  const { instance } = await WebAssembly.instantiate(bytes, { env: { memory } });
  const exports = instance.exports as unknown as KernelExports;

  let scratchAddress = 0;
  let scratchSize = 0;
  const allocate = (size: number): number => {
    const address = emscripten._malloc(size) >>> 0; // signed above 2 GiB
    if (address === 0) {
      throw new Error(
        `WebAssembly has no ${Math.ceil(size / 2 ** 20)} MiB left for this network. Make it or the batch smaller.`,
      );
    }
    return address;
  };
  const runtime: KernelRuntime = {
    exports,
    memory,
    allocate,
    free: (address) => emscripten._free(address),
    arithmetic,
    tile: new Tile(exports, arithmetic, allocate, (address) => emscripten._free(address)),
    backend,
    address: (tensor) => backend.dataIdMap.get(tensor.dataId).memoryOffset,
    output: (shape, dtype = "float32") => backend.makeOutput(shape, dtype),
    scratch(size) {
      if (size > scratchSize) {
        if (scratchAddress !== 0) emscripten._free(scratchAddress);
        scratchSize = 0;
        scratchAddress = allocate(size);
        scratchSize = size;
      }
      return scratchAddress;
    },
    clear(tensor) {
      runtime.exports.fill(runtime.address(tensor), tf.util.sizeFromShape(tensor.shape), 0);
    },
  };
  return runtime;
}

/** A module from its generated text. */
export function decodeModule(base64: string): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(atob(base64), (character) => character.charCodeAt(0));
}
