/** What the layer editor says about layers: names, numbers and their definitions, a one-line summary. No components. */
import { activationOf } from "../../core/architecture/edit";
import { LAYER_TABLE } from "../../core/architecture/layer-table";
import {
  type Activation,
  DEFAULT_ALPHA,
  type InitializerId,
  type LayerNumber,
  type LayerSpec,
  layerNumbers,
} from "../../core/architecture/layers";

export const ACTIVATION_NAMES: Record<Activation, string> = {
  linear: "linear",
  relu: "ReLU",
  leakyRelu: "leaky ReLU",
  tanh: "tanh",
  sigmoid: "sigmoid",
  elu: "ELU",
  softplus: "softplus",
  swish: "swish",
};

export const INITIALIZER_NAMES: Record<InitializerId, string> = {
  glorot: "Glorot uniform",
  he: "He normal",
  dcgan: "N(0, 0.02²)",
  pytorch: "PyTorch's default",
  orthogonal: "Orthogonal",
};

export interface LayerValue extends LayerNumber {
  /** In the spec. */
  readonly key: string;
  /** As the layer states it, or its default. */
  readonly value: number;
}

/** The numbers that a layer has, with their values, in the order of its spec. */
export function layerValues(layer: LayerSpec): LayerValue[] {
  return layerNumbers(layer.type).flatMap(([key, number]) => {
    const value = statedOrDefault(layer, key);
    return value === null ? [] : [{ key, ...number, value }];
  });
}

function statedOrDefault(layer: LayerSpec, key: string): number | null {
  const stated = Object.entries(layer).find(([name]) => name === key)?.[1];
  if (typeof stated === "number") return stated;
  if (key === "alpha") return activationOf(layer) === "leakyRelu" ? DEFAULT_ALPHA : null;
  return key === "epsilon" ? LAYER_TABLE[layer.type].epsilon : null;
}

/** A layer in a few words: "Dense 64, leaky ReLU". */
export function layerSummary(layer: LayerSpec): string {
  const activation = activationOf(layer);
  const tail = activation === undefined || activation === "linear" ? "" : `, ${ACTIVATION_NAMES[activation]}`;
  return `${LAYER_TABLE[layer.type].name}${layerSize(layer)}${tail}`;
}

/** " 64", " 32, 4×4 /2", " 7×7×16", " of 2 layers" */
function layerSize(layer: LayerSpec): string {
  if (layer.type === "conv2d" || layer.type === "conv2dTranspose") {
    return ` ${layer.filters}, ${layer.kernelSize}×${layer.kernelSize} /${layer.strides}`;
  }
  if ("layers" in layer) return ` of ${layer.layers.length === 1 ? "1 layer" : `${layer.layers.length} layers`}`;
  const values = new Map<string, unknown>(Object.entries(layer));
  return LAYER_TABLE[layer.type].sizes
    .map(({ key }) => {
      const value = values.get(key);
      return ` ${Array.isArray(value) ? value.join("×") : value}`;
    })
    .join("");
}
