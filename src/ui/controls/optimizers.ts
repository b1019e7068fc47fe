/** What the controls say about optimisers: names, numbers, definitions, values to begin with. No components. */
import type { OptimizerConfig, OptimizerType } from "../../core/config";

export interface OptimizerNumber {
  readonly key: string;
  readonly label: string;
  readonly definition: string;
  readonly stepping: "linear" | "log";
  readonly step: number;
  readonly value: (optimizer: OptimizerConfig) => number | null;
  readonly set: (optimizer: OptimizerConfig, value: number) => OptimizerConfig;
}

/** Every number that some optimiser has; `value` is null where an optimiser has none of the kind. */
export const OPTIMIZER_NUMBERS: readonly OptimizerNumber[] = [
  {
    key: "learningRate",
    label: "Learning rate",
    definition: "How far one step moves the weights along the gradient.",
    stepping: "log",
    step: 1,
    value: (o) => o.learningRate,
    set: (o, learningRate) => ({ ...o, learningRate }),
  },
  {
    key: "beta1",
    label: "β₁",
    definition: "How much of the past gradient's mean is kept each step. GANs like 0.5 or 0: less inertia.",
    stepping: "linear",
    step: 0.1,
    value: (o) => (o.type === "adam" ? o.beta1 : null),
    set: (o, beta1) => (o.type === "adam" ? { ...o, beta1 } : o),
  },
  {
    key: "beta2",
    label: "β₂",
    definition: "How much of the past squared gradient's mean is kept each step.",
    stepping: "linear",
    step: 0.001,
    value: (o) => (o.type === "adam" ? o.beta2 : null),
    set: (o, beta2) => (o.type === "adam" ? { ...o, beta2 } : o),
  },
  {
    key: "momentum",
    label: "Momentum",
    definition: "How much of the last step is added to this one (heavy ball).",
    stepping: "linear",
    step: 0.1,
    value: (o) => (o.type === "momentum" ? o.momentum : null),
    set: (o, momentum) => (o.type === "momentum" ? { ...o, momentum } : o),
  },
  {
    key: "decay",
    label: "Decay",
    definition: "How much of the past squared gradient's mean is kept each step.",
    stepping: "linear",
    step: 0.01,
    value: (o) => (o.type === "rmsprop" ? o.decay : null),
    set: (o, decay) => (o.type === "rmsprop" ? { ...o, decay } : o),
  },
  {
    key: "epsilon",
    label: "ε",
    definition: "Added to the root of the squared gradient's mean, so that nothing is divided by zero.",
    stepping: "log",
    step: 1,
    value: (o) => (o.type === "adam" || o.type === "rmsprop" ? o.epsilon : null),
    set: (o, epsilon) => (o.type === "adam" || o.type === "rmsprop" ? { ...o, epsilon } : o),
  },
];

/** Another optimiser at the same learning rate, the rest as their authors and PyTorch begin. */
export function optimizerOfType(type: OptimizerType, learningRate: number): OptimizerConfig {
  return MAKERS[type](learningRate);
}

const MAKERS: Record<OptimizerType, (learningRate: number) => OptimizerConfig> = {
  adam: (learningRate) => ({ type: "adam", learningRate, beta1: 0.5, beta2: 0.999, epsilon: 1e-8 }),
  sgd: (learningRate) => ({ type: "sgd", learningRate }),
  momentum: (learningRate) => ({ type: "momentum", learningRate, momentum: 0.9 }),
  rmsprop: (learningRate) => ({ type: "rmsprop", learningRate, decay: 0.99, epsilon: 1e-8 }),
};
