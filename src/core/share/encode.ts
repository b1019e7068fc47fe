/** Writes experiments as links. Only today's version is written: whatever was opened, its link says what it now is. */
import { withModel } from "../architecture/adapt";
import type { Experiment } from "../arms";
import { contextOf, DEFAULT_CONFIG, type ExperimentConfig, networkOf } from "../config";
import { type DatasetId, datasetOf } from "../datasets";
import type { ModelId } from "../models";
import { shortName } from "../short-names";
import { changedLeaves, sameValue } from "../tree";
import { CURRENT_VERSION, current } from "./bases";
import { formatLayers } from "./layer-notation";

/** The experiment that a link with nothing but this dataset (and model) opens: the default, fitted to the data. */
export function startingConfig(dataset: DatasetId, model: ModelId = DEFAULT_CONFIG.model.type): ExperimentConfig {
  return current.startOn(dataset, model);
}

/**
 * The text after "#"; empty for today's default experiment, otherwise with the version. `decodeExperiment` gives the same
 * experiment back. An empty text opens whatever the default then is: a link to keep needs `permanentHash`.
 */
export function encodeExperiment(experiment: Experiment): string {
  const pairs = pairsOf(experiment);
  return pairs.length === 0 ? "" : withVersion(pairs);
}

/** The text after "#" that opens this experiment for ever, the default experiment too. */
export function permanentHash(experiment: Experiment): string {
  return withVersion(pairsOf(experiment));
}

function withVersion(pairs: readonly Pair[]): string {
  const all: Pair[] = [["v", String(CURRENT_VERSION)], ...pairs];
  return all.map(([key, value]) => `${key}=${encodeURIComponent(value).replaceAll("%3A", ":")}`).join("&");
}

type Pair = readonly [key: string, value: string];

function pairsOf({ arms: [{ config }, ...others] }: Experiment): Pair[] {
  const { dataset, model } = config;
  const pairs = differences(config, startingConfig(dataset, model.type));
  if (model.type !== current.start.model.type) pairs.unshift(["model", model.type]);
  if (config.dataset !== current.start.dataset) pairs.unshift(["dataset", config.dataset]);
  for (const arm of others) {
    const { type } = arm.config.model;
    const own = differences(arm.config, withModel(config, type));
    if (type !== config.model.type) own.unshift(["model", type]);
    pairs.push(...own.map(([key, value]): Pair => [`${arm.id}.${key}`, value]));
    if (own.length === 0) pairs.push([arm.id, "same"]);
  }
  return pairs;
}

/** Leaves of `value` that differ from `base`, as readable pairs. An optimiser of another type is written whole. */
function differences(value: ExperimentConfig, base: ExperimentConfig): Pair[] {
  return changedLeaves(base, value).map(({ path, after }): Pair => {
    const keys = path.split(".");
    const [part, network = ""] = keys;
    const isLayers = part === "networks" && keys.at(-1) === "layers";
    return [shortName(keys), isLayers ? stackOrLayers(network, value) : String(after)];
  });
}

/** The name of the stack that these layers are, otherwise the layers written out. */
function stackOrLayers(network: string, config: ExperimentConfig): string {
  const { layers } = networkOf(config, network);
  const { kind } = datasetOf(config.dataset);
  const named = Object.entries(current.stacks(config.model.type)).find(
    ([, stack]) => stack.kind === kind && sameValue(stack.layers(contextOf(config))[network], layers),
  );
  return named?.[0] ?? formatLayers(layers);
}
