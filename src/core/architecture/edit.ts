/** Editing a list of layers: new ones, changed ones, moved ones. Always valid specs; whether shapes fit is shapes.ts's affair. */
import * as v from "valibot";
import { type Activation, type LayerSpec, LayerSpecSchema, type LayerType } from "./layers";

/** A layer of a type, with the values that most networks have; it keeps the activation of the layer it replaces. */
export function newLayer(type: LayerType, replaced?: LayerSpec): LayerSpec {
  const made = NEW_LAYERS[type];
  const activation = replaced === undefined ? undefined : activationOf(replaced);
  return activation === undefined || !hasActivation(type) ? made : (editLayer(made, { activation }) ?? made);
}

const NEW_LAYERS: Record<LayerType, LayerSpec> = {
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
