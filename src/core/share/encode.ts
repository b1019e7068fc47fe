/** Writes experiments as links. Only today's version is written: whatever was opened, its link says what it now is. */
import type { Experiment } from "../arms";
import type { ExperimentConfig, PlayerName } from "../config";
import { type DatasetId, dataShape } from "../datasets";
import { changedLeaves, sameValue } from "../tree";
import { CURRENT_VERSION, current } from "./bases";
import { formatLayers } from "./layer-notation";

/** The experiment that a link with nothing but this dataset opens: the default, fitted to the data. */
export function startingConfig(dataset: DatasetId): ExperimentConfig {
  return current.startOn(dataset);
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
  const pairs = differences(config, startingConfig(config.dataset));
  if (config.dataset !== current.start.dataset) pairs.unshift(["dataset", config.dataset]);
  for (const arm of others) {
    const own = differences(arm.config, config);
    pairs.push(...own.map(([key, value]): Pair => [`${arm.id}.${key}`, value]));
    if (own.length === 0) pairs.push([arm.id, "same"]);
  }
  return pairs;
}

/** Leaves of `value` that differ from `base`, as readable pairs. An optimiser of another type is written whole. */
function differences(value: ExperimentConfig, base: ExperimentConfig): Pair[] {
  return changedLeaves(base, value).map(({ path, after }): Pair => {
    if (path === "generator.layers") return [path, stackOrLayers("generator", value)];
    if (path === "discriminator.layers") return [path, stackOrLayers("discriminator", value)];
    return [path, String(after)];
  });
}

/** The name of the stack that these layers are, otherwise the layers written out. */
function stackOrLayers(player: PlayerName, config: ExperimentConfig): string {
  const layers = config[player].layers;
  const shape = dataShape(config.dataset);
  const kind = shape.length === 1 ? "points" : "images";
  const named = Object.entries(current.stacks).find(
    ([, stack]) => stack.kind === kind && sameValue(stack[player](shape, config.latent.size), layers),
  );
  return named?.[0] ?? formatLayers(layers);
}
