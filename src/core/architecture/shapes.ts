/** Shape inference: what goes into and comes out of every layer, its weights, and what does not fit. No tensors. */
import type { ExperimentConfig } from "../config";
import { dataShape } from "../datasets";
import { type InferenceContext, type Inferred, LAYER_TABLE } from "./layer-table";
import type { LayerSpec, LayerType, SpecOf } from "./layers";
import { type Shape, shapeText, size, type WeightShape } from "./shape";

export { type Shape, shapeText, size, WEIGHT_NAMES, type WeightName, type WeightShape } from "./shape";

export interface LayerDescription {
  readonly spec: LayerSpec;
  readonly inputShape: Shape;
  readonly outputShape: Shape;
  /** Its own; those of layers inside it are with these. */
  readonly weights: readonly WeightShape[];
  /** How many trainable numbers the layer has, with those inside it. */
  readonly parameters: number;
  /** The layers inside it; none but for a residual block or a skip connection. */
  readonly inside: readonly LayerDescription[];
  /** Its place in the network, counted from 0: "3", and inside that layer "3/0". */
  readonly path: string;
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

type SpecMap = { [T in LayerType]: SpecOf<T> };

function infer<T extends LayerType>(type: T, spec: SpecMap[T], context: InferenceContext): Inferred | string {
  return LAYER_TABLE[type].infer(spec, context);
}

/**
 * Shapes and parameter counts of a network, layer by layer.
 * @param layers the specs, first to last
 * @param inputShape shape of one example that enters
 * @param condition how many numbers passes are conditioned on, such as classes; 0 for none
 * @param within the path of the layer that these are inside of, with a slash; nothing for a whole network
 * @returns the description, or the first thing that does not fit
 */
export function describeNetwork(
  layers: readonly LayerSpec[],
  inputShape: Shape,
  condition = 0,
  within = "",
): NetworkDescription | ShapeError {
  const described: LayerDescription[] = [];
  let input = inputShape;
  for (const [index, spec] of layers.entries()) {
    const path = `${within}${index}`;
    const wrong = (what: string): ShapeError => {
      return { position: index + 1, type: spec.type, error: `Layer ${index + 1} (${spec.type}) ${what}` };
    };
    const inner = "layers" in spec ? describeNetwork(spec.layers, input, condition, `${path}/`) : null;
    if (inner !== null && "error" in inner) return wrong(`does not fit inside. ${inner.error}`);
    const inside = inner?.outputShape ?? input;
    const result = infer(spec.type, spec, { input, before: layers[index - 1], condition, inside });
    if (typeof result === "string") return wrong(result);
    const { outputShape, weights = [] } = result;
    const own = weights.reduce((sum, weight) => sum + size(weight.shape), 0);
    const parameters = own + (inner?.parameters ?? 0);
    described.push({ spec, inputShape: input, outputShape, weights, parameters, inside: inner?.layers ?? [], path });
    input = result.outputShape;
  }
  const parameters = described.reduce((sum, layer) => sum + layer.parameters, 0);
  return { layers: described, outputShape: input, parameters };
}

/** The layers with those inside them, each before its own. */
export function flatLayers(layers: readonly LayerDescription[]): LayerDescription[] {
  return layers.flatMap((layer) => [layer, ...flatLayers(layer.inside)]);
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
