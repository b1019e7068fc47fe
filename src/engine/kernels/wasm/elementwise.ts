/** Functions of each element, broadcasting, and Adam's step. */
import * as tf from "@tensorflow/tfjs";
import type { KernelExports } from "./exports";
import { required, requireFloat, type WasmKernel } from "./kernel";

type Loop = (exports: KernelExports, x: number, y: number, count: number, attrs: tf.NamedAttrMap) => void;

/** A kernel y = f(x) for single-precision tensors; others go to the stock kernel. */
function map(name: string, loop: Loop): WasmKernel {
  return {
    name,
    why: "stock computes one element at a time",
    compute(inputs, attrs, runtime) {
      const x = required(inputs, "x");
      if (x.dtype !== "float32") return undefined;
      const y = runtime.output(x.shape);
      loop(runtime.exports, runtime.address(x), runtime.address(y), tf.util.sizeFromShape(x.shape), attrs);
      return y;
    },
  };
}

export const exp = map("Exp", (exports, x, y, count) => exports.exp(x, y, count));
export const tanh = map("Tanh", (exports, x, y, count) => exports.tanh(x, y, count));
export const softplus = map("Softplus", (exports, x, y, count) => exports.softplus(x, y, count));
export const leakyRelu = map("LeakyRelu", (exports, x, y, count, attrs) =>
  exports.leakyRelu(x, y, count, Number(attrs.alpha)),
);

export const square = map("Square", (exports, x, y, count) => exports.square(x, y, count));
export const sqrt = map("Sqrt", (exports, x, y, count) => exports.squareRoot(x, y, count));
export const rsqrt = map("Rsqrt", (exports, x, y, count) => exports.inverseSquareRoot(x, y, count));
export const neg = map("Neg", (exports, x, y, count) => exports.negate(x, y, count));
export const sigmoid = map("Sigmoid", (exports, x, y, count) => exports.sigmoid(x, y, count));
export const relu = map("Relu", (exports, x, y, count) => exports.relu(x, y, count));
export const elu = map("Elu", (exports, x, y, count) => exports.elu(x, y, count));
export const abs = map("Abs", (exports, x, y, count) => exports.absolute(x, y, count));
export const step = map("Step", (exports, x, y, count, attrs) => exports.step(x, y, count, Number(attrs.alpha)));
export const clipByValue = map("ClipByValue", (exports, x, y, count, attrs) =>
  exports.clip(x, y, count, Number(attrs.clipValueMin), Number(attrs.clipValueMax)),
);

export const eluGrad: WasmKernel = {
  name: "EluGrad",
  why: "as Elu",
  compute(inputs, _attrs, runtime) {
    const dy = required(inputs, "dy");
    const y = required(inputs, "y");
    if (dy.dtype !== "float32" || y.dtype !== "float32") return undefined;
    const dx = runtime.output(y.shape);
    const count = tf.util.sizeFromShape(y.shape);
    runtime.exports.eluGradient(runtime.address(dy), runtime.address(y), runtime.address(dx), count);
    return dx;
  },
};

export const tile: WasmKernel = {
  name: "Tile",
  why: "stock finds the place of every element by division; broadcasting, which the gradients of sums are, needs only copies",
  compute(inputs, attrs, runtime) {
    const x = required(inputs, "x");
    const reps = attrs.reps as number[];
    if (x.dtype !== "float32" || reps.length !== x.shape.length) return undefined;
    const repeated = reps.flatMap((times, axis) => (times === 1 ? [] : [axis]));
    const [first, last] = [repeated[0], repeated.at(-1)];
    if (first === undefined || last === undefined) return undefined;
    // Neighbouring axes of size 1, or one axis of any size: blocks that follow themselves.
    const single = first === last;
    if (!single && x.shape.slice(first, last + 1).some((length) => length !== 1)) return undefined;
    const times = reps.slice(first, last + 1).reduce((product, count) => product * count, 1);
    const outer = tf.util.sizeFromShape(x.shape.slice(0, first));
    const inner = tf.util.sizeFromShape(x.shape.slice(first));
    const y = runtime.output(x.shape.map((length, axis) => length * (reps[axis] ?? 1)));
    runtime.exports.repeat(runtime.address(x), runtime.address(y), outer, times, inner);
    return y;
  },
};

/** Not one of TensorFlow.js's kernels: ../adam-step.ts calls it. */
export const adamStep: WasmKernel = {
  name: "AdamStep",
  why: "ours: one pass over memory instead of ten",
  compute(inputs, attrs, runtime) {
    const tensors = ["gradient", "m", "v", "rate", "correction"].map((name) => required(inputs, name));
    for (const tensor of tensors) requireFloat(tensor, "Adam");
    const [gradient = 0, m = 0, v = 0, rate = 0, correction = 0] = tensors.map((tensor) => runtime.address(tensor));
    const { shape } = required(inputs, "gradient");
    const outputs = [runtime.output(shape), runtime.output(shape), runtime.output(shape)];
    const [change = 0, newM = 0, newV = 0] = outputs.map((tensor) => runtime.address(tensor));
    runtime.exports.adamStep(
      gradient,
      m,
      v,
      rate,
      correction,
      change,
      newM,
      newV,
      tf.util.sizeFromShape(shape),
      Number(attrs.beta1),
      Number(attrs.beta2),
      Number(attrs.epsilon),
    );
    return outputs;
  },
};
