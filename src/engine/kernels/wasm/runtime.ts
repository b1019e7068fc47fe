/**
 * Our WebAssembly module at work in the memory of TensorFlow.js's wasm backend: loading it, finding tensors in that memory, and scratch.
 * Not the kernels (matmul.ts, convolution.ts, ...) and not their registration (register.ts).
 */
import * as tf from "@tensorflow/tfjs";
import type { BackendWasm } from "@tensorflow/tfjs-backend-wasm";
import type { Arithmetic } from "../../../core/device";
import { plainSimd, relaxedSimd } from "./modules.generated";
import { Tile } from "./tile";

/** Addresses and sizes are bytes from the start of memory and counts of floats; flags are 0 or 1. See assembly/*.ts for each function. */
export interface KernelExports {
  /** Rows of the register tile, 4 or 6; no number depends on it. */
  setTileRows(rows: number): void;
  gemmScratchBytes(m: number, n: number, k: number): number;
  gemm(
    a: number,
    b: number,
    c: number,
    m: number,
    n: number,
    k: number,
    transposeA: number,
    transposeB: number,
    lda: number,
    ldb: number,
    ldc: number,
    bias: number,
    accumulate: number,
    scratch: number,
  ): void;
  setConvolution(
    batch: number,
    inHeight: number,
    inWidth: number,
    inChannels: number,
    outHeight: number,
    outWidth: number,
    outChannels: number,
    filterHeight: number,
    filterWidth: number,
    strideHeight: number,
    strideWidth: number,
    dilationHeight: number,
    dilationWidth: number,
    padTop: number,
    padLeft: number,
  ): void;
  convolutionScratchBytes(): number;
  convolutionForward(x: number, filter: number, bias: number, y: number, scratch: number): void;
  convolutionInputGradient(dy: number, filter: number, dx: number, scratch: number): void;
  convolutionFilterGradient(x: number, dy: number, dw: number, scratch: number): void;
  /** The same for some output channels: what one of several threads computes. */
  convolutionFilterColumns(x: number, dy: number, dw: number, first: number, columns: number, scratch: number): void;
  sumAxis(source: number, target: number, outer: number, length: number, inner: number, scale: number): void;
  /** sumAxis along the first axis, for some columns: what one of several threads computes. */
  sumColumns(source: number, target: number, length: number, columns: number, width: number, scale: number): void;
  exp(source: number, target: number, count: number): void;
  tanh(source: number, target: number, count: number): void;
  softplus(source: number, target: number, count: number): void;
  leakyRelu(source: number, target: number, count: number, slope: number): void;
  square(source: number, target: number, count: number): void;
  squareRoot(source: number, target: number, count: number): void;
  inverseSquareRoot(source: number, target: number, count: number): void;
  negate(source: number, target: number, count: number): void;
  sigmoid(source: number, target: number, count: number): void;
  relu(source: number, target: number, count: number): void;
  elu(source: number, target: number, count: number): void;
  absolute(source: number, target: number, count: number): void;
  step(source: number, target: number, count: number, otherwise: number): void;
  clip(source: number, target: number, count: number, low: number, high: number): void;
  eluGradient(dy: number, y: number, dx: number, count: number): void;
  leakyGradient(dy: number, x: number, dx: number, count: number, slope: number): void;
  add: BinaryExport;
  subtract: BinaryExport;
  multiply: BinaryExport;
  divide: BinaryExport;
  maximum: BinaryExport;
  minimum: BinaryExport;
  copyRows(
    source: number,
    target: number,
    rows: number,
    bytes: number,
    sourceStride: number,
    targetStride: number,
  ): void;
  fill(target: number, count: number, value: number): void;
  /** Axes in another order: target's four sizes, and how far apart source's elements lie along each. */
  rearrange(
    source: number,
    target: number,
    n0: number,
    n1: number,
    n2: number,
    n3: number,
    s0: number,
    s1: number,
    s2: number,
    s3: number,
  ): void;
  /** As core/rng's, bit for bit; `words` is 32 bytes of scratch. */
  normals(target: number, count: number, seed: number, stream: number, step: number, words: number): void;
  uniforms(
    target: number,
    count: number,
    seed: number,
    stream: number,
    step: number,
    symmetric: number,
    words: number,
  ): void;
  bernoulli(
    target: number,
    count: number,
    seed: number,
    stream: number,
    step: number,
    threshold: number,
    value: number,
    words: number,
  ): void;
  repeat(source: number, target: number, outer: number, times: number, inner: number): void;
  adamStep(
    gradient: number,
    m: number,
    v: number,
    rate: number,
    correction: number,
    change: number,
    newM: number,
    newV: number,
    count: number,
    beta1: number,
    beta2: number,
    epsilon: number,
  ): void;
  /** adamStep and the subtraction of its change from the weights, at once; and partialSquares of the gradient where `squares` is not 0. */
  adamUpdate(
    w: number,
    gradient: number,
    m: number,
    v: number,
    rate: number,
    correction: number,
    newW: number,
    newM: number,
    newV: number,
    count: number,
    beta1: number,
    beta2: number,
    epsilon: number,
    squares: number,
  ): void;
  /** Batch norm of the first `columns` columns of x [length, width]. */
  normalizeColumns(
    x: number,
    gamma: number,
    beta: number,
    y: number,
    mean: number,
    variance: number,
    length: number,
    columns: number,
    width: number,
    epsilon: number,
  ): void;
  normalizeGradient(
    x: number,
    dy: number,
    gamma: number,
    mean: number,
    variance: number,
    dx: number,
    dGamma: number,
    dBeta: number,
    length: number,
    columns: number,
    width: number,
    epsilon: number,
  ): void;
  sumSquares(source: number, target: number, length: number): void;
  /** Doubles, each the sum of the squares of up to 4096 floats. */
  partialSquares(source: number, partials: number, length: number): void;
  sumPartials(partials: number, target: number, count: number): void;
  segmentSum(source: number, ids: number, target: number, count: number, inner: number, segments: number): void;
}

/** y = a ∘ b over three axes; the last six are the operands' strides in floats. */
type BinaryExport = (
  a: number,
  b: number,
  y: number,
  outer: number,
  middle: number,
  inner: number,
  outerA: number,
  middleA: number,
  innerA: number,
  outerB: number,
  middleB: number,
  innerB: number,
) => void;

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

/** (module (func (result v128) i32.const 0 i8x16.splat)): valid only where SIMD is. */
const SIMD_PROBE = [
  0, 97, 115, 109, 1, 0, 0, 0, 1, 5, 1, 96, 0, 1, 123, 3, 2, 1, 0, 10, 8, 1, 6, 0, 65, 0, 253, 15, 11,
];

/** (module (func (export "f") (param f32 f32 f32) (result f32) ...)): relaxed_madd of its arguments. */
const MADD_PROBE = [
  0, 97, 115, 109, 1, 0, 0, 0, 1, 8, 1, 96, 3, 125, 125, 125, 1, 125, 3, 2, 1, 0, 7, 5, 1, 1, 102, 0, 0, 10, 22, 1, 20,
  0, 32, 0, 253, 19, 32, 1, 253, 19, 32, 2, 253, 19, 253, 133, 2, 253, 31, 0, 11,
];

/**
 * Says whether this browser or Node runs 128-bit SIMD in WebAssembly, and whether its multiply-add is fused. The latter is found out
 * by computing one: some accept relaxed SIMD and round twice all the same.
 */
export function detectSimd(): { simd: boolean; fused: boolean } {
  const simd = WebAssembly.validate(new Uint8Array(SIMD_PROBE));
  return { simd, fused: simd && fuses() };
}

function fuses(): boolean {
  const probe = new Uint8Array(MADD_PROBE);
  if (!WebAssembly.validate(probe)) return false;
  const { f } = new WebAssembly.Instance(new WebAssembly.Module(probe)).exports;
  if (typeof f !== "function") return false;
  // (1 + 2⁻¹²)² = 1 + 2⁻¹¹ + 2⁻²⁴, whose last term a product rounded by itself loses.
  return f(1 + 2 ** -12, 1 + 2 ** -12, -(1 + 2 ** -11)) === 2 ** -24;
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
