/** Concat, SplitV, Slice, Transpose, and tensors of one value: copies of rows. What only renames memory (Reshape) stays stock. */
import * as tf from "@tensorflow/tfjs";
import { required, type WasmKernel } from "./kernel";

const FLOAT = 4; // bytes

export const concat: WasmKernel = {
  name: "Concat",
  why: "stock copies row by row in JavaScript",
  compute(inputs, attrs, runtime) {
    const given = Object.values(inputs) as tf.TensorInfo[];
    const all = given.filter(({ shape }) => tf.util.sizeFromShape(shape) > 0);
    const [first] = all;
    if (first === undefined || all.some(({ dtype }) => dtype !== "float32")) return undefined;
    const axis = tf.util.parseAxisParam(Number(attrs.axis), first.shape)[0] ?? 0;
    tf.backend_util.assertParamsConsistent(
      given.map(({ shape }) => shape),
      axis,
    );
    const y = runtime.output(
      tf.backend_util.computeOutShape(
        all.map(({ shape }) => shape),
        axis,
      ),
    );
    const rows = tf.util.sizeFromShape(first.shape.slice(0, axis));
    const stride = tf.util.sizeFromShape(y.shape.slice(axis)) * FLOAT;
    let target = runtime.address(y);
    for (const x of all) {
      const bytes = tf.util.sizeFromShape(x.shape.slice(axis)) * FLOAT;
      runtime.exports.copyRows(runtime.address(x), target, rows, bytes, bytes, stride);
      target += bytes;
    }
    return y;
  },
};

export const splitV: WasmKernel = {
  name: "SplitV",
  why: "as Concat",
  compute(inputs, attrs, runtime) {
    const x = required(inputs, "x");
    if (x.dtype !== "float32") return undefined;
    const axis = tf.util.parseAxisParam(Number(attrs.axis), x.shape)[0] ?? 0;
    const sizes = tf.backend_util.prepareSplitSize(
      x as tf.Tensor,
      attrs.numOrSizeSplits as unknown as number | number[],
      axis,
    );
    const rows = tf.util.sizeFromShape(x.shape.slice(0, axis));
    const stride = tf.util.sizeFromShape(x.shape.slice(axis)) * FLOAT;
    let source = runtime.address(x);
    return sizes.map((size) => {
      const shape = x.shape.map((length, i) => (i === axis ? size : length));
      const bytes = tf.util.sizeFromShape(shape.slice(axis)) * FLOAT;
      const y = runtime.output(shape);
      runtime.exports.copyRows(source, runtime.address(y), rows, bytes, stride, bytes);
      source += bytes;
      return y;
    });
  },
};

export const slice: WasmKernel = {
  name: "Slice",
  why: "as Concat",
  compute(inputs, attrs, runtime) {
    const x = required(inputs, "x");
    if (x.dtype !== "float32") return undefined;
    const [begin = [], size = []] = tf.slice_util.parseSliceParams(
      x as tf.Tensor,
      attrs.begin as number[],
      attrs.size as number[],
    );
    const cut = x.shape.flatMap((length, axis) => (size[axis] === length ? [] : [axis]));
    if (cut.length > 1) return undefined;
    const axis = cut[0] ?? 0;
    const y = runtime.output(size);
    const rows = tf.util.sizeFromShape(x.shape.slice(0, axis));
    const rest = tf.util.sizeFromShape(x.shape.slice(axis + 1)) * FLOAT;
    const source = runtime.address(x) + (begin[axis] ?? 0) * rest;
    const bytes = (size[axis] ?? 1) * rest;
    if (bytes > 0) {
      runtime.exports.copyRows(source, runtime.address(y), rows, bytes, (x.shape[axis] ?? 1) * rest, bytes);
    }
    return y;
  },
};

export const zerosLike: WasmKernel = {
  name: "ZerosLike",
  why: "stock fills in JavaScript",
  compute(inputs, _attrs, runtime) {
    const x = required(inputs, "x");
    if (x.dtype !== "float32") return undefined;
    const y = runtime.output(x.shape);
    runtime.exports.fill(runtime.address(y), tf.util.sizeFromShape(x.shape), 0);
    return y;
  },
};

export const transpose: WasmKernel = {
  name: "Transpose",
  why: "stock is written for one thread and one tensor; a spectrally normalised transposed convolution has one in every step",
  compute(inputs, attrs, runtime) {
    const x = required(inputs, "x");
    if (x.dtype !== "float32") return undefined;
    const perm = attrs.perm as number[];
    const strides = tf.util.computeStrides(x.shape).concat(1);
    const shape = perm.map((axis) => x.shape[axis] ?? 1);
    // Axes that stay neighbours in their order are one; those of size 1 do not matter.
    const merged: { size: number; stride: number }[] = [];
    for (const [i, axis] of perm.entries()) {
      const [size, stride] = [shape[i] ?? 1, strides[axis] ?? 1];
      if (size === 1) continue;
      const last = merged.at(-1);
      if (last !== undefined && last.stride === size * stride) merged.splice(-1, 1, { size: last.size * size, stride });
      else merged.push({ size, stride });
    }
    if (merged.length > 4) return undefined;
    while (merged.length < 4) merged.unshift({ size: 1, stride: 0 });
    const y = runtime.output(shape);
    const [a, b, c, d] = merged.map(({ size }) => size) as [number, number, number, number];
    const [sa, sb, sc, sd] = merged.map(({ stride }) => stride) as [number, number, number, number];
    runtime.exports.rearrange(runtime.address(x), runtime.address(y), a, b, c, d, sa, sb, sc, sd);
    return y;
  },
};
