/** Editing a list of layers: new ones, changed ones, moved ones. Always valid specs; whether shapes fit is shapes.ts's affair. */
import * as v from "valibot";
import { LAYER_TABLE } from "./layer-table";
import { type Activation, type LayerSpec, LayerSpecSchema, type LayerType } from "./layers";
import type { Shape } from "./shape";

/**
 * A layer of a type, with the values that most networks have.
 * @param replaced the layer whose activation it keeps
 * @param input shape that goes in: a layer that holds others begins with some that fit
 */
export function newLayer(type: LayerType, replaced?: LayerSpec, input: Shape = [64]): LayerSpec {
  const made: LayerSpec = LAYER_TABLE[type].fresh(input);
  const activation = replaced === undefined ? undefined : activationOf(replaced);
  return activation === undefined || !hasActivation(type) ? made : (editLayer(made, { activation }) ?? made);
}

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
