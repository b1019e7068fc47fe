/** What the layer editor says about layers: names, numbers and their definitions, a one-line summary. No components. */
import { activationOf } from "../../core/architecture/edit";
import { LAYER_TABLE } from "../../core/architecture/layer-table";
import {
  type Activation,
  DEFAULT_ALPHA,
  type InitializerId,
  type LayerSpec,
  type LayerType,
  type SpecOf,
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

/** Every number that some layer has, by its name in the spec: a new layer's is missing here until it has words. */
type LayerNumberKey = {
  [T in LayerType]: {
    [K in keyof SpecOf<T>]-?: number extends Extract<SpecOf<T>[K], number> ? K : never;
  }[keyof SpecOf<T>];
}[LayerType];

export interface LayerNumber {
  readonly label: string;
  readonly definition: string;
  readonly step: number;
  readonly stepping: "linear" | "log";
}

/** In the order in which the page shows them. */
export const LAYER_NUMBERS: { readonly [key in LayerNumberKey]: LayerNumber } = {
  units: {
    label: "Units",
    definition: "How many numbers the layer gives.",
    step: 8,
    stepping: "linear",
  },
  groups: {
    label: "Groups",
    definition: "Groups of channels that are normalised together; a divisor of the channels.",
    step: 1,
    stepping: "linear",
  },
  filters: {
    label: "Filters",
    definition: "How many channels the layer gives.",
    step: 8,
    stepping: "linear",
  },
  kernelSize: {
    label: "Kernel size",
    definition: "Side of the square that each output looks at, in pixels.",
    step: 1,
    stepping: "linear",
  },
  strides: {
    label: "Stride",
    definition:
      "Pixels from one window to the next: how much smaller (or, transposed, larger) the image gets. It should divide the kernel size, or a checkerboard shows.",
    step: 1,
    stepping: "linear",
  },
  rate: {
    label: "Rate",
    definition: "Share of the inputs that are set to zero while training.",
    step: 0.1,
    stepping: "linear",
  },
  epsilon: {
    label: "ε",
    definition: "Added to the variance, so that nothing is divided by zero.",
    step: 1,
    stepping: "log",
  },
  alpha: {
    label: "Leak α",
    definition: "Slope of leaky ReLU for negative inputs.",
    step: 0.05,
    stepping: "linear",
  },
};

export interface LayerValue extends LayerNumber {
  readonly key: LayerNumberKey;
  /** As the layer states it, or its default. */
  readonly value: number;
}

/** The numbers that a layer has, with their values. */
export function layerValues(layer: LayerSpec): LayerValue[] {
  return entriesOf(LAYER_NUMBERS).flatMap(([key, number]) => {
    const value = statedOrDefault(layer, key);
    return value === null ? [] : [{ key, ...number, value }];
  });
}

const entriesOf = <K extends string, T>(table: { readonly [key in K]: T }) => Object.entries(table) as [K, T][];

function statedOrDefault(layer: LayerSpec, key: LayerNumberKey): number | null {
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
