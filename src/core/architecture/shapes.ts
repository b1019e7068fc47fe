/** Shape inference: what goes into and comes out of every layer, its weights, and what does not fit. No tensors. */
import { contextOf, type ExperimentConfig, networkOf } from "../config";
import { dataShape, datasetClasses } from "../datasets";
import { modelOf, type NetworkRole } from "../models";
import type { Inferred } from "./inference";
import type { InferenceContext } from "./layer-entry";
import { LAYER_TABLE } from "./layer-table";
import type { LayerSpec, LayerType, SpecOf } from "./layers";
import { type Shape, shapeText, size, type WeightShape } from "./shape";

export { type Shape, size, type WeightName, type WeightShape } from "./shape";

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

/** The network of an experiment, as it would be built. @param shape of one example of the data; by default the configured dataset's */
export function describeOwn(
  config: ExperimentConfig,
  name: string,
  shape: Shape = dataShape(config.dataset),
  classes: number = datasetClasses(config.dataset),
): NetworkDescription | ShapeError {
  const role = roleOf(config, name);
  const context = contextOf(config, shape, classes);
  return describeNetwork(networkOf(config, name).layers, role.input(context), role.condition?.(context));
}

function roleOf(config: ExperimentConfig, name: string): NetworkRole {
  const role = modelOf(config).networks[name];
  if (role === undefined) throw new Error(`The model ${modelOf(config).name} has no network ${name}; this is a bug.`);
  return role;
}

/**
 * Everything about the networks of an experiment that cannot be built, a sentence each that begins with the network's name; empty when
 * all fit.
 * @param shape of one example of the data, @param classes of it; by default those of the configured dataset
 */
export function checkArchitecture(
  config: ExperimentConfig,
  shape: Shape = dataShape(config.dataset),
  classes: number = datasetClasses(config.dataset),
): string[] {
  return Object.keys(modelOf(config).networks).flatMap((name) => checkNetwork(config, name, shape, classes));
}

/** The same of one network. */
export function checkNetwork(
  config: ExperimentConfig,
  name: string,
  shape: Shape = dataShape(config.dataset),
  classes: number = datasetClasses(config.dataset),
): string[] {
  const role = roleOf(config, name);
  const layers = config.networks[name]?.layers;
  if (layers === undefined) return [`${role.name}: its layers are missing, so this is another model's configuration.`];
  const network = describeOwn(config, name, shape, classes);
  if ("error" in network) return [`${role.name}: ${network.error}`];
  const wanted = role.output(contextOf(config, shape, classes));
  const problems: string[] = [];
  if (!sameShape(network.outputShape, wanted)) {
    const last = layers.at(-1);
    const place = `Layer ${layers.length} (${last?.type ?? "none"})`;
    const cure = role.ends === "data" ? endingCure(last, network.outputShape, wanted) : flatCure(last, wanted);
    const why =
      role.ends === "data"
        ? `the data is ${shapeText(wanted)}`
        : `${role.symbol} must end in ${size(wanted) === 1 ? "one logit" : `${size(wanted)} numbers`}`;
    problems.push(`${role.name}: ${place} gives ${shapeText(network.outputShape)}, but ${why}: ${cure}`);
  }
  return role.ends === "data" ? problems : [...problems, ...checkEnd(role, layers)];
}

/** What scores, and numbers that a model makes of what it likes, must not have: an activation of their own. */
function checkEnd({ name, symbol, ends }: NetworkRole, layers: readonly LayerSpec[]): string[] {
  const position = layers.findLastIndex((layer) => layer.type !== "flatten" && layer.type !== "reshape");
  const final = layers[position];
  if (final === undefined || !("activation" in final) || (final.activation ?? "linear") === "linear") return [];
  const what =
    ends === "logit"
      ? "output is a logit, from which the loss makes what it needs"
      : "output is numbers without bounds, from which the model makes what it needs";
  return [
    `${name}: Layer ${position + 1} (${final.type}) ends ${symbol} with ${final.activation}, but ${symbol}'s ${what}: set its activation to linear.`,
  ];
}

function flatCure(last: LayerSpec | undefined, wanted: Shape): string {
  const units = size(wanted) === 1 ? "1 unit" : `${size(wanted)} units`;
  return last?.type === "dense" ? `set it to ${units}.` : `end with a dense layer of ${units}.`;
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

function sameShape(a: Shape, b: Shape): boolean {
  return a.length === b.length && a.every((side, i) => side === b[i]);
}
