/** The table of optimisers. To add one: its schema in core/config, a file here, a line below. */
import type { OptimizerConfig, OptimizerType } from "../../core/config";
import { adam } from "./adam";
import { momentum } from "./momentum";
import { rmsprop } from "./rmsprop";
import { sgd } from "./sgd";
import type { Optimizer } from "./types";

export type { Optimizer } from "./types";

type ConfigMap = { [T in OptimizerType]: Extract<OptimizerConfig, { type: T }> };

const OPTIMIZERS: { readonly [T in OptimizerType]: (config: ConfigMap[T]) => Optimizer } = {
  adam,
  sgd,
  momentum,
  rmsprop,
};

function make<T extends OptimizerType>(type: T, config: ConfigMap[T]): Optimizer {
  return OPTIMIZERS[type](config);
}

/** The optimiser of a configuration; its learning rate is not read here, since a schedule gives it step by step. */
export function makeOptimizer(config: OptimizerConfig): Optimizer {
  return make(config.type, config);
}
