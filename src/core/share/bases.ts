/**
 * What a link's version fixes: the default experiment that links are differences from, and the stacks that they name.
 * Once a version is published its meaning never changes. To change a default or a stack after that: copy what `current`
 * takes from elsewhere into a file base-N.ts of literal values, as base-1.ts is, and add it to FROZEN.
 */
import { withDataset, withModel } from "../architecture/adapt";
import { DEFAULT_CONFIG, type ExperimentConfig } from "../config";
import type { DatasetId } from "../datasets";
import { MODELS, type ModelId } from "../models";
import type { ModelStack } from "../models/types";
import { base1 } from "./base-1";

export interface LinkBase {
  /** The experiment of a link that says nothing. */
  readonly start: ExperimentConfig;
  /** The experiment of a link that says a dataset and a model and nothing else. */
  startOn(dataset: DatasetId, model: ModelId): ExperimentConfig;
  /** What the names of a model's stacks stand for. */
  stacks(model: ModelId): Readonly<Record<string, LinkStack>>;
}

/** The layers of a named stack, for data of a shape. */
export type LinkStack = Pick<ModelStack<string>, "kind" | "layers">;

/** Versions 1, 2, ... that were published and have been followed by another. */
const FROZEN: readonly LinkBase[] = [base1];

/** Today's defaults and stacks, which new links are written with. */
export const current: LinkBase = {
  start: DEFAULT_CONFIG,
  startOn: (dataset, model) => withModel(withDataset(DEFAULT_CONFIG, dataset), model),
  stacks: (model) => MODELS[model].stacks,
};

/** The version that new links say. */
export const CURRENT_VERSION = FROZEN.length + 1;

/** The base of a version; null when there is none such (yet). */
export function baseOf(version: number): LinkBase | null {
  return version === CURRENT_VERSION ? current : (FROZEN[version - 1] ?? null);
}
