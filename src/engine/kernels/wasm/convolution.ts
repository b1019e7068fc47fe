/** Convolutions: Conv2D, FusedConv2D, and the two gradients. tf.conv2dTranspose is Conv2DBackpropInput. */
import * as tf from "@tensorflow/tfjs";
import { activate, required, requireFloat, type WasmKernel } from "./kernel";
import type { KernelRuntime } from "./runtime";

type Geometry = tf.backend_util.Conv2DInfo;
type Shape4D = [number, number, number, number];

/** The attributes of the four kernels, as TensorFlow.js passes them. */
interface ConvolutionAttrs {
  strides: [number, number] | number;
  pad: "valid" | "same" | number | tf.backend_util.ExplicitPadding;
  dataFormat: "NHWC" | "NCHW";
  dilations?: [number, number] | number;
  dimRoundingMode?: "floor" | "round" | "ceil";
  inputShape?: Shape4D;
  filterShape?: Shape4D;
}

export const conv2d: WasmKernel = {
  name: "Conv2D",
  why: "the matrix product is ours, and results are the same function as in training",
  compute: (inputs, attrs, runtime) =>
    forward(required(inputs, "x"), required(inputs, "filter"), undefined, attrs, runtime),
};

export const fusedConv2d: WasmKernel = {
  name: "FusedConv2D",
  why: "as Conv2D",
  compute(inputs, attrs, runtime) {
    const y = forward(required(inputs, "x"), required(inputs, "filter"), inputs.bias, attrs, runtime);
    return activate(y, String(attrs.activation ?? "linear"), inputs, attrs, runtime);
  },
};

export const conv2dBackpropInput: WasmKernel = {
  name: "Conv2DBackpropInput",
  why: "stock is a scalar loop over every weight of every pixel",
  compute(inputs, attrs, runtime) {
    const dy = required(inputs, "dy");
    const filter = required(inputs, "filter");
    const { inputShape } = attrs as unknown as ConvolutionAttrs;
    if (!inputShape) throw new Error("Conv2DBackpropInput was called without the shape of the input.");
    const shape = geometry(inputShape, filter.shape as Shape4D, attrs);
    requireGradientShape(dy, shape);
    const scratch = prepare(shape, runtime, [dy, filter]);
    const dx = runtime.output(inputShape);
    runtime.exports.convolutionInputGradient(
      runtime.address(dy),
      runtime.address(filter),
      runtime.address(dx),
      scratch,
    );
    return dx;
  },
};

export const conv2dBackpropFilter: WasmKernel = {
  name: "Conv2DBackpropFilter",
  why: "stock has none, so that no convolution can train",
  compute(inputs, attrs, runtime) {
    const x = required(inputs, "x");
    const dy = required(inputs, "dy");
    const { filterShape } = attrs as unknown as ConvolutionAttrs;
    if (!filterShape) throw new Error("Conv2DBackpropFilter was called without the shape of the filter.");
    const shape = geometry(x.shape as Shape4D, filterShape, attrs);
    requireGradientShape(dy, shape);
    const scratch = prepare(shape, runtime, [x, dy]);
    const dw = runtime.output(filterShape);
    runtime.exports.convolutionFilterGradient(runtime.address(x), runtime.address(dy), runtime.address(dw), scratch);
    return dw;
  },
};

function forward(
  x: tf.TensorInfo,
  filter: tf.TensorInfo,
  bias: tf.TensorInfo | undefined,
  attrs: tf.NamedAttrMap,
  runtime: KernelRuntime,
): tf.TensorInfo {
  const shape = geometry(x.shape as Shape4D, filter.shape as Shape4D, attrs);
  if (bias && tf.util.sizeFromShape(bias.shape) !== shape.outChannels) {
    throw new Error(
      `A fused convolution's bias needs ${shape.outChannels} values, one per filter, but has shape [${bias.shape}].`,
    );
  }
  const scratch = prepare(shape, runtime, [x, filter]);
  const y = runtime.output(shape.outShape);
  const biasAddress = bias ? runtime.address(bias) : 0;
  runtime.exports.convolutionForward(
    runtime.address(x),
    runtime.address(filter),
    biasAddress,
    runtime.address(y),
    scratch,
  );
  return y;
}

/** @throws unless dy is a gradient of this convolution's output: the module would read and write beyond its tensors */
function requireGradientShape(dy: tf.TensorInfo, { outShape }: Geometry): void {
  if (tf.util.arraysEqual(dy.shape, outShape)) return;
  throw new Error(`A convolution's gradient has shape [${dy.shape}], but its output has [${outShape}].`);
}

/** Sizes and padding, by TensorFlow.js's own rules. @throws for channels-first images, and where the filter is for other channels */
function geometry(inputShape: Shape4D, filterShape: Shape4D, attrs: tf.NamedAttrMap): Geometry {
  const { strides, pad, dataFormat, dilations = 1, dimRoundingMode } = attrs as unknown as ConvolutionAttrs;
  if (dataFormat !== "NHWC") {
    throw new Error(
      `Convolutions on the wasm backend take images as [batch, height, width, channels], not ${dataFormat}.`,
    );
  }
  if (inputShape[3] !== filterShape[2]) {
    throw new Error(`A filter for ${filterShape[2]} channels cannot be laid over an image of ${inputShape[3]}.`);
  }
  return tf.backend_util.computeConv2DInfo(inputShape, filterShape, strides, dilations, pad, dimRoundingMode);
}

/** Hands the geometry to the module; returns the address of enough scratch. */
function prepare(shape: Geometry, runtime: KernelRuntime, tensors: readonly tf.TensorInfo[]): number {
  for (const tensor of tensors) requireFloat(tensor, "A convolution");
  runtime.exports.setConvolution(
    shape.batchSize,
    shape.inHeight,
    shape.inWidth,
    shape.inChannels,
    shape.outHeight,
    shape.outWidth,
    shape.outChannels,
    shape.filterHeight,
    shape.filterWidth,
    shape.strideHeight,
    shape.strideWidth,
    shape.dilationHeight,
    shape.dilationWidth,
    shape.padInfo.top,
    shape.padInfo.left,
  );
  return runtime.scratch(runtime.exports.convolutionScratchBytes());
}
