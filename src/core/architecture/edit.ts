/** Editing a list of layers: new ones, changed ones, moved ones. Always valid specs; whether shapes fit is shapes.ts's affair. */
import * as v from "valibot";
import { type Activation, type LayerSpec, LayerSpecSchema, type LayerType } from "./layers";
import type { Shape } from "./shape";

/**
 * A layer of a type, with the values that most networks have.
 * @param replaced the layer whose activation it keeps
 * @param input shape that goes in: a layer that holds others begins with some that fit
 */
export function newLayer(type: LayerType, replaced?: LayerSpec, input: Shape = [64]): LayerSpec {
  const made = type === "residual" || type === "skip" ? newNest(type, input) : NEW_LAYERS[type];
  const activation = replaced === undefined ? undefined : activationOf(replaced);
  return activation === undefined || !hasActivation(type) ? made : (editLayer(made, { activation }) ?? made);
}

/** Two layers that keep the input's shape, of the kind that its shape asks for. */
function newNest(type: "residual" | "skip", input: Shape): LayerSpec {
  const channels = Math.min(input.at(-1) ?? 1, 1024);
  const [first, last]: [LayerSpec, LayerSpec] =
    input.length === 3
      ? [
          { type: "conv2d", filters: channels, kernelSize: 3, strides: 1, activation: "leakyRelu" },
          { type: "conv2d", filters: channels, kernelSize: 3, strides: 1 },
        ]
      : [
          { type: "dense", units: channels, activation: "leakyRelu" },
          { type: "dense", units: channels },
        ];
  return { type, layers: [first, last] };
}

const NEW_LAYERS: Record<Exclude<LayerType, "residual" | "skip">, LayerSpec> = {
  dense: { type: "dense", units: 64, activation: "leakyRelu" },
  conv2d: { type: "conv2d", filters: 32, kernelSize: 4, strides: 2, activation: "leakyRelu" },
  conv2dTranspose: { type: "conv2dTranspose", filters: 32, kernelSize: 4, strides: 2, activation: "leakyRelu" },
  batchNorm: { type: "batchNorm" },
  layerNorm: { type: "layerNorm" },
  dropout: { type: "dropout", rate: 0.3 },
  upsample: { type: "upsample" },
  reshape: { type: "reshape", shape: [7, 7, 16] },
  flatten: { type: "flatten" },
  minibatchStdDev: { type: "minibatchStdDev" },
  pixelNorm: { type: "pixelNorm" },
  groupNorm: { type: "groupNorm", groups: 8 },
  selfAttention: { type: "selfAttention" },
  embedding: { type: "embedding", units: 16 },
  conditionalBatchNorm: { type: "conditionalBatchNorm" },
  projection: { type: "projection" },
};

/** The activation that a layer states; undefined where it states none (linear) or can have none. */
export function activationOf(layer: LayerSpec): Activation | undefined {
  return "activation" in layer ? layer.activation : undefined;
}

/** Whether layers of this type apply an activation. */
export function hasActivation(type: LayerType): boolean {
  return "activation" in (LayerSpecSchema.options.find(({ entries }) => entries.type.literal === type)?.entries ?? {});
}

/**
 * The layer with other values; a value of undefined goes back to the default.
 * @returns null when the values are not a layer of this type
 */
export function editLayer(layer: LayerSpec, values: Readonly<Record<string, unknown>>): LayerSpec | null {
  const merged = Object.entries({ ...layer, ...values }).filter(([, value]) => value !== undefined);
  const result = v.safeParse(LayerSpecSchema, Object.fromEntries(merged));
  return result.success ? result.output : null;
}

/** The list with the layer at `from` moved to `to`. */
export function moveLayer(layers: readonly LayerSpec[], from: number, to: number): LayerSpec[] {
  const moved = layers[from];
  if (moved === undefined || to < 0 || to >= layers.length) return [...layers];
  const rest = layers.filter((_, i) => i !== from);
  return [...rest.slice(0, to), moved, ...rest.slice(to)];
}
