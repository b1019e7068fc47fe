/** Sum, Mean, UnsortedSegmentSum and the square of a vector's norm. */
import * as tf from "@tensorflow/tfjs";
import { required, requireFloat, type WasmKernel } from "./kernel";
import type { KernelRuntime } from "./runtime";

export const sum: WasmKernel = {
  name: "Sum",
  why: "stock transposes the whole tensor before it sums over leading axes, as every bias gradient does",
  compute: (inputs, attrs, runtime) => reduce(required(inputs, "x"), attrs, false, runtime),
};

export const mean: WasmKernel = {
  name: "Mean",
  why: "as Sum; batch norm's statistics are means over leading axes",
  compute: (inputs, attrs, runtime) => reduce(required(inputs, "x"), attrs, true, runtime),
};

export const unsortedSegmentSum: WasmKernel = {
  name: "UnsortedSegmentSum",
  why: "stock has none; the gradient of gather needs it",
  compute(inputs, attrs, runtime) {
    const x = required(inputs, "x");
    const ids = required(inputs, "segmentIds");
    requireFloat(x, "UnsortedSegmentSum");
    const segments = Number(attrs.numSegments);
    const count = tf.util.sizeFromShape(ids.shape);
    const rest = x.shape.slice(ids.shape.length);
    const result = runtime.output([segments, ...rest]);
    const inner = tf.util.sizeFromShape(rest);
    runtime.exports.segmentSum(
      runtime.address(x),
      runtime.address(ids),
      runtime.address(result),
      count,
      inner,
      segments,
    );
    return result;
  },
};

/** Floats whose squares make one partial sum, a double. As in assembly/reductions.ts. */
const SQUARES = 4096;

/** Not one of TensorFlow.js's kernels: ../squared-norm.ts calls it. Its second output are the partial sums. */
export const squaredNorm: WasmKernel = {
  name: "SquaredNorm",
  why: "ours: sums that the update of the weights can make on its way",
  compute(inputs, attrs, runtime) {
    const x = required(inputs, "x");
    requireFloat(x, "SquaredNorm");
    const sizes = attrs.sizes as number[];
    const counts = sizes.map((size) => Math.ceil(size / SQUARES));
    const count = counts.reduce((a, b) => a + b, 0);
    const result = runtime.output([]);
    const partials = runtime.output([2 * count]);
    const [first, sums] = [runtime.address(x), runtime.address(partials)];
    let [from, at] = [0, 0];
    for (const [i, size] of sizes.entries()) {
      runtime.exports.partialSquares(first + 4 * from, sums + 8 * at, size);
      from += size;
      at += counts[i] ?? 0;
    }
    runtime.exports.sumPartials(sums, runtime.address(result), count);
    return [result, partials];
  },
};

function reduce(
  x: tf.TensorInfo,
  attrs: tf.NamedAttrMap,
  mean: boolean,
  runtime: KernelRuntime,
): tf.TensorInfo | undefined {
  if (x.dtype !== "float32") return undefined;
  const axis = attrs.axis as number | number[] | null | undefined;
  const axes = new Set(tf.util.parseAxisParam(axis ?? x.shape.map((_, index) => index), x.shape));
  const block = neighbouringBlock(x.shape, axes);
  if (!block) return undefined;
  const keepDims = attrs.keepDims === true;
  const shape = x.shape.flatMap((size, index) => (axes.has(index) ? (keepDims ? [1] : []) : [size]));
  const result = runtime.output(shape);
  const scale = mean ? 1 / block.length : 1;
  runtime.exports.sumAxis(runtime.address(x), runtime.address(result), block.outer, block.length, block.inner, scale);
  return result;
}

/** [outer, length, inner] when the axes to reduce are neighbours (axes of size 1 do not matter), otherwise undefined. */
function neighbouringBlock(
  shape: readonly number[],
  axes: ReadonlySet<number>,
): { outer: number; length: number; inner: number } | undefined {
  let outer = 1;
  let length = 1;
  let inner = 1;
  let state: "before" | "within" | "after" = "before";
  for (const [index, size] of shape.entries()) {
    if (size === 1) continue;
    if (axes.has(index)) {
      if (state === "after") return undefined;
      state = "within";
      length *= size;
    } else if (state === "before") {
      outer *= size;
    } else {
      state = "after";
      inner *= size;
    }
  }
  return { outer, length, inner };
}
