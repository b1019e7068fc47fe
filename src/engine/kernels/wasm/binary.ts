/** Arithmetic on two tensors with broadcasting, and sums of several tensors. The loops are in assembly/binary.ts. */
import * as tf from "@tensorflow/tfjs";
import type { KernelExports } from "./exports";
import { required, type WasmKernel } from "./kernel";

type BinaryExport = "add" | "subtract" | "multiply" | "divide" | "maximum" | "minimum";

function binary(name: string, operation: BinaryExport): WasmKernel {
  return {
    name,
    why: "stock finds the place of every broadcast element by division, and computes one at a time",
    compute(inputs, _attrs, runtime) {
      const a = required(inputs, "a");
      const b = required(inputs, "b");
      if (a.dtype !== "float32" || b.dtype !== "float32") return undefined;
      const shape = tf.broadcast_util.assertAndGetBroadcastShape(a.shape, b.shape);
      const axes = broadcastAxes(a.shape, b.shape, shape);
      if (axes === undefined) return undefined;
      const y = runtime.output(shape);
      apply(runtime.exports[operation], runtime.address(a), runtime.address(b), runtime.address(y), axes);
      return y;
    },
  };
}

export const add = binary("Add", "add");
export const sub = binary("Sub", "subtract");
export const multiply = binary("Multiply", "multiply");
export const realDiv = binary("RealDiv", "divide");
export const maximum = binary("Maximum", "maximum");
export const minimum = binary("Minimum", "minimum");

export const addN: WasmKernel = {
  name: "AddN",
  why: "as Add",
  compute(inputs, _attrs, runtime) {
    const all = Object.values(inputs) as tf.TensorInfo[];
    const [first, second, ...rest] = all;
    if (first === undefined || second === undefined || all.some(({ dtype }) => dtype !== "float32")) return undefined;
    const y = runtime.output(first.shape);
    const count: Axes = { sizes: [1, 1, tf.util.sizeFromShape(first.shape)], a: [0, 0, 1], b: [0, 0, 1] };
    const target = runtime.address(y);
    apply(runtime.exports.add, runtime.address(first), runtime.address(second), target, count);
    for (const x of rest) apply(runtime.exports.add, target, runtime.address(x), target, count);
    return y;
  },
};

type Three = [number, number, number];

/** A broadcast operation over three axes: their sizes, and each operand's strides in floats. */
interface Axes {
  readonly sizes: Three;
  readonly a: Three;
  readonly b: Three;
}

function apply(operation: KernelExports[BinaryExport], a: number, b: number, y: number, axes: Axes): void {
  const [outer, middle, inner] = axes.sizes;
  operation(a, b, y, outer, middle, inner, ...axes.a, ...axes.b);
}

/** Neighbouring axes along which both operands move, or the same one repeats, are one; undefined when more than three remain. */
function broadcastAxes(a: readonly number[], b: readonly number[], shape: readonly number[]): Axes | undefined {
  const merged: { size: number; movesA: boolean; movesB: boolean }[] = [];
  for (const [axis, size] of shape.entries()) {
    if (size === 1) continue;
    const movesA = (a[axis - shape.length + a.length] ?? 1) !== 1;
    const movesB = (b[axis - shape.length + b.length] ?? 1) !== 1;
    const last = merged.at(-1);
    if (last && last.movesA === movesA && last.movesB === movesB) last.size *= size;
    else merged.push({ size, movesA, movesB });
  }
  if (merged.length > 3) return undefined;
  if (merged.length === 0) merged.push({ size: 1, movesA: true, movesB: true });
  while (merged.length < 3) merged.unshift({ size: 1, movesA: false, movesB: false });
  const strides = (key: "movesA" | "movesB"): Three => {
    const result: Three = [0, 0, 0];
    let stride = 1;
    for (let axis = 2; axis >= 0; axis--) {
      const entry = merged[axis];
      if (!entry?.[key]) continue;
      result[axis] = stride;
      stride *= entry.size;
    }
    return result;
  };
  const sizes = merged.map(({ size }) => size) as Three;
  return { sizes, a: strides("movesA"), b: strides("movesB") };
}
