/**
 * What gradients are checked on: every activation and layer operation, once in TensorFlow.js and once as plain double-precision
 * functions. Data only; the checking is in gradient-check.ts.
 */
import * as tf from "@tensorflow/tfjs";
import { numbers, size } from "./numbers";
import {
  type ConvolutionShape,
  convolve,
  convolveTransposed,
  multiply,
  normalise,
  repeatPixels,
} from "./plain-operations";

export interface GradientCase {
  readonly name: string;
  readonly x: readonly number[];
  readonly xShape: number[];
  /** Weights; empty where the operation has none. */
  readonly w: readonly number[];
  readonly wShape: number[];
  tensors(x: tf.Tensor, w: tf.Tensor): tf.Tensor;
  plain(x: readonly number[], w: readonly number[]): number[];
}

/** Values between -3 and 3 that keep away from the kinks at -1, 0, 1 by more than a difference quotient's step. */
const ordinates = [-2.6, -1.7, -1.2, -0.8, -0.45, -0.1, 0.07, 0.3, 0.62, 0.9, 1.4, 2.1];

function elementwise(
  name: string,
  tensors: (x: tf.Tensor) => tf.Tensor,
  plain: (x: number) => number,
  x: readonly number[] = ordinates,
): GradientCase {
  return {
    name,
    x,
    xShape: [3, x.length / 3],
    w: [],
    wShape: [0],
    tensors: (t) => tensors(t),
    plain: (values) => values.map(plain),
  };
}

const sigmoid = (x: number): number => 1 / (1 + Math.exp(-x));
const positive = ordinates.map((x) => Math.abs(x) + 0.2);
const SELU_ALPHA = 1.6732632423543772;
const SELU_LAMBDA = 1.0507009873554805;

export const activationCases: readonly GradientCase[] = [
  elementwise(
    "relu",
    (x) => tf.relu(x),
    (x) => Math.max(x, 0),
  ),
  elementwise(
    "leakyRelu",
    (x) => tf.leakyRelu(x, 0.2),
    (x) => (x > 0 ? x : 0.2 * x),
  ),
  elementwise("tanh", (x) => tf.tanh(x), Math.tanh),
  elementwise("sigmoid", (x) => tf.sigmoid(x), sigmoid),
  elementwise(
    "elu",
    (x) => tf.elu(x),
    (x) => (x > 0 ? x : Math.expm1(x)),
  ),
  elementwise(
    "softplus",
    (x) => tf.softplus(x),
    (x) => Math.log1p(Math.exp(x)),
  ),
  elementwise(
    "swish",
    (x) => tf.mul(x, tf.sigmoid(x)),
    (x) => x * sigmoid(x),
  ),
  elementwise(
    "selu",
    (x) => tf.selu(x),
    (x) => SELU_LAMBDA * (x > 0 ? x : SELU_ALPHA * Math.expm1(x)),
  ),
  elementwise(
    "relu6",
    (x) => tf.relu6(tf.mul(x, 5)),
    (x) => Math.min(Math.max(5 * x, 0), 6),
  ),
];

export const elementwiseCases: readonly GradientCase[] = [
  elementwise("exp", (x) => tf.exp(x), Math.exp),
  elementwise(
    "square",
    (x) => tf.square(x),
    (x) => x * x,
  ),
  elementwise("sqrt", (x) => tf.sqrt(x), Math.sqrt, positive),
  elementwise("log", (x) => tf.log(x), Math.log, positive),
  elementwise("abs", (x) => tf.abs(x), Math.abs),
  elementwise(
    "clip",
    (x) => tf.clipByValue(x, -1, 1),
    (x) => Math.min(Math.max(x, -1), 1),
  ),
  elementwise(
    "maximum with a constant",
    (x) => tf.maximum(x, 0.5),
    (x) => Math.max(x, 0.5),
  ),
  elementwise(
    "where",
    (x) => tf.where(tf.greater(x, 0), tf.square(x), x),
    (x) => (x > 0 ? x * x : x),
  ),
  elementwise(
    "power",
    (x) => tf.pow(x, 3),
    (x) => x ** 3,
  ),
  elementwise(
    "log of a sigmoid, as in a loss",
    (x) => tf.softplus(tf.neg(x)),
    (x) => Math.log1p(Math.exp(-x)),
  ),
];

function withWeights(
  name: string,
  xShape: number[],
  wShape: number[],
  tensors: (x: tf.Tensor, w: tf.Tensor) => tf.Tensor,
  plain: (x: readonly number[], w: readonly number[]) => number[],
): GradientCase {
  return { name, x: numbers(size(xShape), 11), xShape, w: numbers(size(wShape), 12), wShape, tensors, plain };
}

const columns = (row: readonly number[], count: number): ((i: number) => number) => {
  return (i) => row[i % count] ?? 0;
};

function convolution(
  name: string,
  image: [number, number, number, number],
  filter: [number, number, number, number],
  stride: number,
  pad: "same" | "valid" | tf.backend_util.ExplicitPadding,
): GradientCase {
  const s = shapeOf(image, filter, stride, pad);
  return withWeights(
    name,
    image,
    filter,
    (x, w) => tf.conv2d(x as tf.Tensor4D, w as tf.Tensor4D, stride, pad),
    (x, w) => convolve(x, w, s),
  );
}

function transposedConvolution(
  name: string,
  input: [number, number, number, number],
  output: [number, number, number, number],
  kernel: number,
  stride: number,
): GradientCase {
  const filter: [number, number, number, number] = [kernel, kernel, output[3], input[3]];
  const s = shapeOf(output, filter, stride, "same");
  return withWeights(
    name,
    input,
    filter,
    (x, w) => tf.conv2dTranspose(x as tf.Tensor4D, w as tf.Tensor4D, output, stride, "same"),
    (x, w) => convolveTransposed(x, w, s),
  );
}

function shapeOf(
  image: [number, number, number, number],
  filter: [number, number, number, number],
  stride: number,
  pad: "same" | "valid" | tf.backend_util.ExplicitPadding,
): ConvolutionShape {
  const info = tf.backend_util.computeConv2DInfo(image, filter, stride, 1, pad);
  return { ...info, batch: info.batchSize, padTop: info.padInfo.top, padLeft: info.padInfo.left };
}

/** Normalisation as the engine composes it: moments, then scale and shift by w = [2, channels]. */
function normalisation(name: string, shape: number[], axes: number[], group: (index: number) => number): GradientCase {
  const channels = shape.at(-1) ?? 1;
  const epsilon = 1e-3;
  return withWeights(
    name,
    shape,
    [2, channels],
    (x, w) => {
      const { mean, variance } = tf.moments(x, axes, true);
      const [scale, shift] = tf.unstack(w);
      if (!scale || !shift) throw new Error("w has two rows");
      return tf.add(tf.mul(tf.mul(tf.sub(x, mean), tf.rsqrt(tf.add(variance, epsilon))), scale), shift);
    },
    (x, w) =>
      normalise(x, group, epsilon).map(
        (value, i) => value * columns(w, channels)(i) + (w[channels + (i % channels)] ?? 0),
      ),
  );
}

export const layerCases: readonly GradientCase[] = [
  withWeights(
    "dense",
    [3, 4],
    [4, 2],
    (x, w) => tf.matMul(x as tf.Tensor2D, w as tf.Tensor2D),
    (x, w) => multiply(x, w, 3, 2, 4),
  ),
  withWeights(
    "dense, both operands transposed",
    [4, 3],
    [2, 4],
    (x, w) => tf.matMul(x as tf.Tensor2D, w as tf.Tensor2D, true, true),
    (x, w) => multiply(x, w, 3, 2, 4, true, true),
  ),
  withWeights(
    "fused dense with bias",
    [3, 4],
    [4, 2],
    (x, w) => tf.fused.matMul({ a: x as tf.Tensor2D, b: w as tf.Tensor2D, bias: tf.tensor1d([0.3, -0.2]) }),
    (x, w) => multiply(x, w, 3, 2, 4).map((value, i) => value + (i % 2 === 0 ? 0.3 : -0.2)),
  ),
  withWeights(
    "bias",
    [3, 4],
    [4],
    (x, w) => tf.add(x, w),
    (x, w) => x.map((value, i) => value + columns(w, 4)(i)),
  ),
  convolution("conv2d, same", [2, 4, 3, 2], [3, 3, 2, 2], 1, "same"),
  convolution("conv2d, stride 2, even kernel", [2, 4, 5, 1], [4, 4, 1, 2], 2, "same"),
  convolution("conv2d, valid", [1, 4, 4, 2], [3, 2, 2, 2], 1, "valid"),
  convolution("conv2d, padding by number", [1, 4, 3, 2], [3, 3, 2, 1], 2, [
    [0, 0],
    [1, 1],
    [2, 0],
    [0, 0],
  ]),
  transposedConvolution("conv2dTranspose, stride 2", [2, 2, 2, 2], [2, 4, 4, 1], 4, 2),
  transposedConvolution("conv2dTranspose, odd kernel", [1, 2, 3, 2], [1, 4, 6, 2], 3, 2),
  withWeights(
    "upsampling ×2",
    [2, 2, 3, 2],
    [0],
    (x) => tf.image.resizeNearestNeighbor(x as tf.Tensor4D, [4, 6]),
    (x) => repeatPixels(x, [2, 2, 3, 2], 2),
  ),
  normalisation("batch norm", [5, 3], [0], (i) => i % 3),
  normalisation("batch norm of images", [2, 2, 2, 3], [0, 1, 2], (i) => i % 3),
  normalisation("layer norm", [3, 5], [1], (i) => Math.floor(i / 5)),
  withWeights(
    "dropout by a mask",
    [3, 4],
    [0],
    (x) => tf.mul(x, tf.tensor2d([2, 0, 2, 2, 0, 0, 2, 2, 2, 0, 0, 2], [3, 4])),
    (x) => x.map((value, i) => value * ([2, 0, 2, 2, 0, 0, 2, 2, 2, 0, 0, 2][i] ?? 0)),
  ),
  withWeights(
    "softmax",
    [3, 4],
    [0],
    (x) => tf.softmax(x),
    (x) =>
      x.map((value, i) => {
        const row = x.slice(Math.floor(i / 4) * 4, Math.floor(i / 4) * 4 + 4);
        return Math.exp(value) / row.reduce((sum, other) => sum + Math.exp(other), 0);
      }),
  ),
  withWeights(
    "division by weights",
    [3, 2],
    [2],
    (x, w) => tf.div(x, tf.add(tf.square(w), 0.5)),
    (x, w) => x.map((value, i) => value / (columns(w, 2)(i) ** 2 + 0.5)),
  ),
  withWeights(
    "maximum, broadcast",
    [3, 4],
    [4],
    (x, w) => tf.maximum(x, w),
    (x, w) => x.map((value, i) => Math.max(value, columns(w, 4)(i))),
  ),
  withWeights(
    "minimum, broadcast",
    [3, 4],
    [4],
    (x, w) => tf.minimum(w, x),
    (x, w) => x.map((value, i) => Math.min(value, columns(w, 4)(i))),
  ),
  withWeights(
    "prelu",
    [3, 4],
    [4],
    (x, w) => tf.prelu(x, w),
    (x, w) => x.map((value, i) => (value > 0 ? value : value * columns(w, 4)(i))),
  ),
  withWeights(
    "reshape, transpose, slice and concat",
    [3, 4],
    [2, 3],
    (x, w) => tf.concat([tf.slice(tf.transpose(x as tf.Tensor2D), [1, 0], [2, 3]), tf.reshape(w, [2, 3])], 0),
    (x, w) => [...[1, 2].flatMap((j) => [0, 1, 2].map((i) => x[i * 4 + j] ?? 0)), ...w],
  ),
  withWeights(
    "gather",
    [4, 2],
    [0],
    (x) => tf.gather(x, tf.tensor1d([3, 0, 3], "int32")),
    (x) => [3, 0, 3].flatMap((row) => [x[row * 2] ?? 0, x[row * 2 + 1] ?? 0]),
  ),
  withWeights(
    "broadcast and tile",
    [1, 3],
    [2, 1],
    (x, w) => tf.mul(tf.tile(x, [2, 1]), tf.broadcastTo(w, [2, 3])),
    (x, w) => [0, 1].flatMap((i) => [0, 1, 2].map((j) => (x[j] ?? 0) * (w[i] ?? 0))),
  ),
  withWeights(
    "sums and means over some axes",
    [2, 3, 2],
    [0],
    (x) => tf.mul(tf.sum(x, [1]), tf.mean(tf.square(x), [0, 2]).sum()),
    (x) => {
      const meanSquare = x.reduce((sum, value) => sum + value * value, 0) / 4;
      return [0, 1].flatMap((i) =>
        [0, 1].map((k) => [0, 1, 2].reduce((s, j) => s + (x[(i * 3 + j) * 2 + k] ?? 0), 0) * meanSquare),
      );
    },
  ),
  withWeights(
    "norm of each row, as in a gradient penalty",
    [3, 4],
    [0],
    (x) => tf.sqrt(tf.sum(tf.square(x), 1)),
    (x) => [0, 1, 2].map((i) => Math.hypot(...x.slice(i * 4, i * 4 + 4))),
  ),
  withWeights(
    "average pooling",
    [2, 4, 4, 1],
    [0],
    (x) => tf.avgPool(x as tf.Tensor4D, 2, 2, "valid"),
    (x) => pool(x, (values) => values.reduce((sum, value) => sum + value, 0) / 4),
  ),
  withWeights(
    "maximum pooling",
    [2, 4, 4, 1],
    [0],
    (x) => tf.maxPool(x as tf.Tensor4D, 2, 2, "valid"),
    (x) => pool(x, (values) => Math.max(...values)),
  ),
  withWeights(
    "two layers of a discriminator",
    [2, 3],
    [3, 3],
    (x, w) =>
      tf.sigmoid(tf.matMul(tf.tanh(tf.matMul(x as tf.Tensor2D, w as tf.Tensor2D)), w as tf.Tensor2D, false, true)),
    (x, w) => multiply(multiply(x, w, 2, 3, 3).map(Math.tanh), w, 2, 3, 3, false, true).map(sigmoid),
  ),
];

/** 2×2 windows of [2, 4, 4, 1]. */
function pool(x: readonly number[], reduce: (values: number[]) => number): number[] {
  return [0, 1].flatMap((n) =>
    [0, 1].flatMap((y) =>
      [0, 1].map((i) => reduce([0, 1, 4, 5].map((offset) => x[n * 16 + y * 8 + i * 2 + offset] ?? 0))),
    ),
  );
}
