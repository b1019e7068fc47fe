/** Matrix products: BatchMatMul and _FusedMatMul, every transpose at the same speed. */
import * as tf from "@tensorflow/tfjs";
import { activate, required, requireFloat, runStock, type WasmKernel } from "./kernel";
import type { KernelRuntime } from "./runtime";

export const batchMatMul: WasmKernel = {
  name: "BatchMatMul",
  why: "stock takes a scalar path for any transpose, which is every backward pass",
  compute: (inputs, attrs, runtime) =>
    multiply(
      required(inputs, "a"),
      required(inputs, "b"),
      attrs.transposeA === true,
      attrs.transposeB === true,
      undefined,
      runtime,
    ),
};

export const fusedMatMul: WasmKernel = {
  name: "_FusedMatMul",
  why: "stock adds the bias once per 48-wide block of the sum (tfjs-backend-wasm 4.22, batch_mat_mul_impl.cc): wrong for K > 48",
  compute(inputs, attrs, runtime) {
    const a = required(inputs, "a");
    const b = required(inputs, "b");
    const columns = attrs.transposeB ? b.shape.at(-2) : b.shape.at(-1);
    const bias = inputs.bias;
    const isRow = bias !== undefined && bias.shape.at(-1) === columns && tf.util.sizeFromShape(bias.shape) === columns;
    let product = multiply(
      a,
      b,
      attrs.transposeA === true,
      attrs.transposeB === true,
      isRow ? bias : undefined,
      runtime,
    );
    if (bias && !isRow) {
      const sum = runStock("Add", { a: product, b: bias }, {}, runtime);
      runtime.backend.disposeData(product.dataId);
      product = sum;
    }
    return activate(product, String(attrs.activation ?? "linear"), inputs, attrs, runtime);
  },
};

/** op(a)[..., m, k] · op(b)[..., k, n] (+ bias[n]) with leading axes broadcast against each other. */
function multiply(
  a: tf.TensorInfo,
  b: tf.TensorInfo,
  transposeA: boolean,
  transposeB: boolean,
  bias: tf.TensorInfo | undefined,
  runtime: KernelRuntime,
): tf.TensorInfo {
  requireFloat(a, "A matrix product");
  requireFloat(b, "A matrix product");
  if (a.shape.length < 2 || b.shape.length < 2) {
    throw new Error(`A matrix product needs matrices, but got shapes [${a.shape}] and [${b.shape}].`);
  }
  const [rowsA = 0, columnsA = 0] = a.shape.slice(-2);
  const [rowsB = 0, columnsB = 0] = b.shape.slice(-2);
  const [m, k] = transposeA ? [columnsA, rowsA] : [rowsA, columnsA];
  const [kOfB, n] = transposeB ? [columnsB, rowsB] : [rowsB, columnsB];
  if (k !== kOfB) {
    throw new Error(
      `A matrix product needs equal inner sizes, but got ${a.shape.join("×")}${transposeA ? " (transposed)" : ""} and ` +
        `${b.shape.join("×")}${transposeB ? " (transposed)" : ""}: ${k} against ${kOfB}.`,
    );
  }
  const batchA = a.shape.slice(0, -2);
  const batchB = b.shape.slice(0, -2);
  const batch = tf.broadcast_util.assertAndGetBroadcastShape(batchA, batchB);
  const product = runtime.output([...batch, m, n]);
  const count = tf.util.sizeFromShape(batch);
  if (count * m * n === 0) return product;
  if (k === 0) {
    runtime.clear(product);
    return product;
  }
  const { exports } = runtime;
  const scratch = runtime.scratch(exports.gemmScratchBytes(m, n, k));
  const addressA = runtime.address(a);
  const addressB = runtime.address(b);
  const addressC = runtime.address(product);
  const addressBias = bias ? runtime.address(bias) : 0;
  const offsetsA = batchOffsets(batchA, batch);
  const offsetsB = batchOffsets(batchB, batch);
  for (let i = 0; i < count; i++) {
    exports.gemm(
      addressA + (offsetsA[i] ?? 0) * m * k * 4,
      addressB + (offsetsB[i] ?? 0) * k * n * 4,
      addressC + i * m * n * 4,
      m,
      n,
      k,
      transposeA ? 1 : 0,
      transposeB ? 1 : 0,
      columnsA,
      columnsB,
      n,
      addressBias,
      0,
      scratch,
    );
  }
  return product;
}

/** For every matrix of the result, which matrix of an operand it uses when that operand's leading axes are broadcast. */
function batchOffsets(from: readonly number[], to: readonly number[]): number[] {
  const count = tf.util.sizeFromShape([...to]);
  const missing = to.length - from.length;
  return Array.from({ length: count }, (_, index) => {
    let rest = index;
    let offset = 0;
    let stride = 1;
    for (let axis = to.length - 1; axis >= missing; axis--) {
      const size = from[axis - missing] ?? 1;
      const position = rest % (to[axis] ?? 1);
      rest = Math.floor(rest / (to[axis] ?? 1));
      if (size > 1) offset += position * stride;
      stride *= size;
    }
    return offset;
  });
}
