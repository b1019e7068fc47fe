/** Shape inference: what goes into and comes out of every layer, its weights, and what does not fit. No tensors. */
import type { ExperimentConfig } from "../config";
import { dataShape } from "../datasets";
import type { LayerSpec, LayerType } from "./layers";

/** Shapes are those of one example: [features] or [height, width, channels]; the batch axis is left out. */
export type Shape = readonly number[];

export const WEIGHT_NAMES = ["kernel", "bias", "gamma", "beta"] as const;
export type WeightName = (typeof WEIGHT_NAMES)[number];

/** A trainable tensor of a layer. Kernels: dense [in, out], conv2d HWIO, conv2dTranspose HWOI. */
export interface WeightShape {
  readonly name: WeightName;
  readonly shape: Shape;
}

export interface LayerDescription {
  readonly spec: LayerSpec;
  readonly inputShape: Shape;
  readonly outputShape: Shape;
  readonly weights: readonly WeightShape[];
  /** How many trainable numbers the layer has. */
  readonly parameters: number;
}

export interface NetworkDescription {
  readonly layers: readonly LayerDescription[];
  readonly outputShape: Shape;
  readonly parameters: number;
}

/** What does not fit, where, and what would. */
export interface ShapeError {
  /** 1-based position of the layer, as people count. */
  readonly position: number;
  readonly type: LayerType;
  readonly error: string;
}

export const size = (shape: Shape): number => shape.reduce((a, b) => a * b, 1);
/** A shape for people: "[28, 28, 1]". */
export const shapeText = (shape: Shape): string => `[${shape.join(", ")}]`;

interface Inferred {
  readonly outputShape: Shape;
  readonly weights?: readonly WeightShape[];
}
/** Output and weights of a layer for an input shape; a sentence (to be put after "Layer n (type) ") when it does not fit. */
type Rule<T extends LayerType> = (spec: SpecOf<T>, input: Shape, before: LayerSpec | undefined) => Inferred | string;
type SpecMap = { [T in LayerType]: Extract<LayerSpec, { type: T }> };
export type SpecOf<T extends LayerType> = SpecMap[T];

const RULES: { [T in LayerType]: Rule<T> } = {
  dense(spec, input) {
    if (input.length !== 1) {
      return `wants a flat input but gets ${shapeText(input)}: put a flatten layer before it.`;
    }
    const [features = 0] = input;
    const bias: WeightShape[] = spec.useBias === false ? [] : [{ name: "bias", shape: [spec.units] }];
    return { outputShape: [spec.units], weights: [{ name: "kernel", shape: [features, spec.units] }, ...bias] };
  },
  conv2d(spec, input) {
    const [height, width, channels] = input;
    if (height === undefined || width === undefined || channels === undefined) return wantsImage(input);
    const bias: WeightShape[] = spec.useBias === false ? [] : [{ name: "bias", shape: [spec.filters] }];
    return {
      outputShape: [Math.ceil(height / spec.strides), Math.ceil(width / spec.strides), spec.filters],
      weights: [{ name: "kernel", shape: [spec.kernelSize, spec.kernelSize, channels, spec.filters] }, ...bias],
    };
  },
  conv2dTranspose(spec, input) {
    const [height, width, channels] = input;
    if (height === undefined || width === undefined || channels === undefined) return wantsImage(input);
    const bias: WeightShape[] = spec.useBias === false ? [] : [{ name: "bias", shape: [spec.filters] }];
    return {
      outputShape: [height * spec.strides, width * spec.strides, spec.filters],
      weights: [{ name: "kernel", shape: [spec.kernelSize, spec.kernelSize, spec.filters, channels] }, ...bias],
    };
  },
  batchNorm: normalization,
  layerNorm: normalization,
  dropout: (_spec, input) => ({ outputShape: input }),
  upsample(_spec, input) {
    const [height, width, channels] = input;
    if (height === undefined || width === undefined || channels === undefined) return wantsImage(input);
    return { outputShape: [2 * height, 2 * width, channels] };
  },
  reshape(spec, input, before) {
    const wanted = size(spec.shape);
    const given = size(input);
    if (wanted === given) return { outputShape: spec.shape };
    const cure =
      before?.type === "dense"
        ? `set the dense layer before it to ${wanted} units.`
        : `choose a shape of ${given} values, or put a dense layer of ${wanted} units before it.`;
    return `wants ${wanted} values for ${shapeText(spec.shape)} but gets ${given}: ${cure}`;
  },
  flatten: (_spec, input) => ({ outputShape: [size(input)] }),
  minibatchStdDev: (_spec, input) => ({ outputShape: [...input.slice(0, -1), (input.at(-1) ?? 0) + 1] }),
};

function normalization(_spec: unknown, input: Shape): Inferred {
  const shape = [input.at(-1) ?? 0];
  return {
    outputShape: input,
    weights: [
      { name: "gamma", shape },
      { name: "beta", shape },
    ],
  };
}

function wantsImage(input: Shape): string {
  const side = Math.max(1, Math.round(Math.sqrt(size(input))));
  const square = side * side === size(input);
  return `wants an image [height, width, channels] but gets ${shapeText(input)}: put a reshape layer before it${
    square ? `, for example to [${side}, ${side}, 1]` : ""
  }.`;
}

function applyRule<T extends LayerType>(type: T, spec: SpecMap[T], input: Shape, before: LayerSpec | undefined) {
  return RULES[type](spec, input, before);
}

/**
 * Shapes and parameter counts of a network, layer by layer.
 * @param layers the specs, first to last
 * @param inputShape shape of one example that enters
 * @returns the description, or the first thing that does not fit
 */
export function describeNetwork(layers: readonly LayerSpec[], inputShape: Shape): NetworkDescription | ShapeError {
  const described: LayerDescription[] = [];
  let input = inputShape;
  for (const [index, spec] of layers.entries()) {
    const result = applyRule(spec.type, spec, input, layers[index - 1]);
    if (typeof result === "string") {
      return { position: index + 1, type: spec.type, error: `Layer ${index + 1} (${spec.type}) ${result}` };
    }
    const weights = result.weights ?? [];
    const parameters = weights.reduce((sum, weight) => sum + size(weight.shape), 0);
    described.push({ spec, inputShape: input, outputShape: result.outputShape, weights, parameters });
    input = result.outputShape;
  }
  const parameters = described.reduce((sum, layer) => sum + layer.parameters, 0);
  return { layers: described, outputShape: input, parameters };
}

/** What D is shown: one example, or with PacGAN `packing` of them side by side along the last axis (Lin et al. 2018). */
export function discriminatorInput(shape: Shape, packing: number): Shape {
  return [...shape.slice(0, -1), (shape.at(-1) ?? 0) * packing];
}

/**
 * Everything about the two networks of an experiment that cannot be built; empty when both fit.
 * @param shape of one example of the data; by default that of the configured dataset
 */
export function checkArchitecture(config: ExperimentConfig, shape: Shape = dataShape(config.dataset)): string[] {
  return [...checkGenerator(config, shape), ...checkDiscriminator(config, shape)];
}

function checkGenerator(config: ExperimentConfig, shape: Shape): string[] {
  const { layers } = config.generator;
  const network = describeNetwork(layers, [config.latent.size]);
  if ("error" in network) return [`Generator: ${network.error}`];
  if (sameShape(network.outputShape, shape)) return [];
  const last = layers.at(-1);
  const place = `Layer ${layers.length} (${last?.type ?? "none"})`;
  const cure = endingCure(last, network.outputShape, shape);
  return [`Generator: ${place} gives ${shapeText(network.outputShape)}, but the data is ${shapeText(shape)}: ${cure}`];
}

function endingCure(last: LayerSpec | undefined, output: Shape, wanted: Shape): string {
  if (last?.type === "dense" && wanted.length === 1) return `set it to ${wanted[0]} units.`;
  if (size(output) === size(wanted)) return `end with a reshape layer to ${shapeText(wanted)}.`;
  const sameSides = output.length === 3 && output[0] === wanted[0] && output[1] === wanted[1];
  if (sameSides && (last?.type === "conv2d" || last?.type === "conv2dTranspose")) {
    return `set it to ${wanted[2]} filters.`;
  }
  if (output.length === 3 && wanted.length === 3) {
    return "change the strides, upsampling or the first reshape so that height and width come out.";
  }
  return wanted.length === 1
    ? `end with a dense layer of ${size(wanted)} units.`
    : `end with a dense layer of ${size(wanted)} units and a reshape layer to ${shapeText(wanted)}.`;
}

function checkDiscriminator(config: ExperimentConfig, shape: Shape): string[] {
  const { layers } = config.discriminator;
  const network = describeNetwork(layers, discriminatorInput(shape, config.packing));
  if ("error" in network) return [`Discriminator: ${network.error}`];
  const problems: string[] = [];
  const last = layers.at(-1);
  const place = `Layer ${layers.length} (${last?.type ?? "none"})`;
  if (!sameShape(network.outputShape, [1])) {
    const cure = last?.type === "dense" ? "set it to 1 unit." : "end with a dense layer of 1 unit.";
    problems.push(
      `Discriminator: ${place} gives ${shapeText(network.outputShape)}, but D must end in one logit: ${cure}`,
    );
  }
  const position = layers.findLastIndex((layer) => layer.type !== "flatten" && layer.type !== "reshape");
  const final = layers[position];
  if (final !== undefined && "activation" in final && (final.activation ?? "linear") !== "linear") {
    problems.push(
      `Discriminator: Layer ${position + 1} (${final.type}) ends D with ${final.activation}, but D's output is a logit, from which the loss makes what it needs: set its activation to linear.`,
    );
  }
  return problems;
}

function sameShape(a: Shape, b: Shape): boolean {
  return a.length === b.length && a.every((side, i) => side === b[i]);
}
