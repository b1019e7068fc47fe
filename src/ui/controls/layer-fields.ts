/** What the layer editor says about layers: names, numbers and their definitions, a one-line summary. No components. */
import { activationOf } from "../../core/architecture/edit";
import {
  type Activation,
  DEFAULT_ALPHA,
  DEFAULT_BATCH_NORM_EPSILON,
  DEFAULT_CONDITIONAL_BATCH_NORM_EPSILON,
  DEFAULT_GROUP_NORM_EPSILON,
  DEFAULT_LAYER_NORM_EPSILON,
  type InitializerId,
  type LayerSpec,
  type LayerType,
} from "../../core/architecture/layers";

export const LAYER_NAMES: Record<LayerType, string> = {
  dense: "Dense",
  conv2d: "Conv 2-D",
  conv2dTranspose: "Conv 2-D transposed",
  batchNorm: "Batch norm",
  layerNorm: "Layer norm",
  dropout: "Dropout",
  upsample: "Upsample ×2",
  reshape: "Reshape",
  flatten: "Flatten",
  minibatchStdDev: "Minibatch std dev",
  pixelNorm: "Pixel norm",
  groupNorm: "Group norm",
  selfAttention: "Self-attention",
  embedding: "Label embedding",
  conditionalBatchNorm: "Conditional batch norm",
};

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

const DEFAULT_EPSILONS: { readonly [type in LayerType]?: number } = {
  batchNorm: DEFAULT_BATCH_NORM_EPSILON,
  layerNorm: DEFAULT_LAYER_NORM_EPSILON,
  groupNorm: DEFAULT_GROUP_NORM_EPSILON,
  conditionalBatchNorm: DEFAULT_CONDITIONAL_BATCH_NORM_EPSILON,
};

export interface LayerNumber {
  readonly key: string;
  readonly label: string;
  readonly definition: string;
  readonly step: number;
  readonly stepping: "linear" | "log";
  /** The layer's value, or its default where it states none; null where it has no such number. */
  readonly value: (layer: LayerSpec) => number | null;
}

export const LAYER_NUMBERS: readonly LayerNumber[] = [
  {
    key: "units",
    label: "Units",
    definition: "How many numbers the layer gives.",
    step: 8,
    stepping: "linear",
    value: (l) => (l.type === "dense" || l.type === "embedding" ? l.units : null),
  },
  {
    key: "groups",
    label: "Groups",
    definition: "Groups of channels that are normalised together; a divisor of the channels.",
    step: 1,
    stepping: "linear",
    value: (l) => (l.type === "groupNorm" ? l.groups : null),
  },
  {
    key: "filters",
    label: "Filters",
    definition: "How many channels the layer gives.",
    step: 8,
    stepping: "linear",
    value: (l) => (l.type === "conv2d" || l.type === "conv2dTranspose" ? l.filters : null),
  },
  {
    key: "kernelSize",
    label: "Kernel size",
    definition: "Side of the square that each output looks at, in pixels.",
    step: 1,
    stepping: "linear",
    value: (l) => (l.type === "conv2d" || l.type === "conv2dTranspose" ? l.kernelSize : null),
  },
  {
    key: "strides",
    label: "Stride",
    definition:
      "Pixels from one window to the next: how much smaller (or, transposed, larger) the image gets. It should divide the kernel size, or a checkerboard shows.",
    step: 1,
    stepping: "linear",
    value: (l) => (l.type === "conv2d" || l.type === "conv2dTranspose" ? l.strides : null),
  },
  {
    key: "rate",
    label: "Rate",
    definition: "Share of the inputs that are set to zero while training.",
    step: 0.1,
    stepping: "linear",
    value: (l) => (l.type === "dropout" ? l.rate : null),
  },
  {
    key: "epsilon",
    label: "ε",
    definition: "Added to the variance, so that nothing is divided by zero.",
    step: 1,
    stepping: "log",
    value: (l) => ("epsilon" in l && l.epsilon !== undefined ? l.epsilon : (DEFAULT_EPSILONS[l.type] ?? null)),
  },
  {
    key: "alpha",
    label: "Leak α",
    definition: "Slope of leaky ReLU for negative inputs.",
    step: 0.05,
    stepping: "linear",
    value: (l) => ("alpha" in l || activationOf(l) === "leakyRelu" ? ("alpha" in l && l.alpha) || DEFAULT_ALPHA : null),
  },
];

/** A layer in a few words: "Dense 64, leaky ReLU". */
export function layerSummary(layer: LayerSpec): string {
  const activation = activationOf(layer);
  const tail = activation === undefined || activation === "linear" ? "" : `, ${ACTIVATION_NAMES[activation]}`;
  return `${LAYER_NAMES[layer.type]}${layerSize(layer)}${tail}`;
}

function layerSize(layer: LayerSpec): string {
  if (layer.type === "dense" || layer.type === "embedding") return ` ${layer.units}`;
  if (layer.type === "groupNorm") return ` ${layer.groups}`;
  if (layer.type === "conv2d" || layer.type === "conv2dTranspose") {
    return ` ${layer.filters}, ${layer.kernelSize}×${layer.kernelSize} /${layer.strides}`;
  }
  if (layer.type === "dropout") return ` ${layer.rate}`;
  if (layer.type === "reshape") return ` ${layer.shape.join("×")}`;
  return "";
}
