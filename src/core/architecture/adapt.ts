/** Fits an experiment to other data or to another model: which stack it uses, and what a change does to it. No tensors. */
import * as v from "valibot";
import { contextOf, type ExperimentConfig, type NetworkConfig, networkOf } from "../config";
import { type DatasetId, dataShape, datasetOf } from "../datasets";
import { type ModelId, type ModelInfo, ModelSchema, modelInfo, modelOf } from "../models";
import { merged, type Tree } from "../tree";
import type { LayerSpec } from "./layers";
import { checkArchitecture } from "./shapes";

/** The named stack whose networks the experiment has, layer for layer; null when somebody edited them. */
export function stackOf(config: ExperimentConfig): string | null {
  return (
    stacksFor(config).find((id) =>
      Object.entries(layersOf(config, id)).every(([name, layers]) => same(layers, networkOf(config, name).layers)),
    ) ?? null
  );
}

/** The model's named stacks that fit the dataset. */
export function stacksFor(config: ExperimentConfig): string[] {
  const { kind } = datasetOf(config.dataset);
  return Object.entries(modelOf(config).stacks).flatMap(([id, stack]) => (stack.kind === kind ? [id] : []));
}

/** The experiment with all networks replaced by a named stack. */
export function withStack<C extends ExperimentConfig>(config: C, id: string): C {
  const layers = layersOf(config, id);
  return withNetworks(config, (name) => ({ layers: [...(layers[name] ?? networkOf(config, name).layers)] }));
}

/**
 * The experiment on another dataset. Data of the same shape keep the networks as they are. Data of another shape get the
 * same named stack, built for them, where it fits their kind, else the stack to begin with. From points to images or back,
 * latent, initialisers, optimisers, averaging and schedule also begin anew, because what suits the one does not train the other.
 */
export function withDataset<C extends ExperimentConfig>(config: C, dataset: DatasetId): C {
  const next = { ...config, dataset };
  if (same(dataShape(dataset), dataShape(config.dataset))) return next;
  const start = modelOf(config).start(datasetOf(dataset).kind);
  if (datasetOf(dataset).kind === datasetOf(config.dataset).kind)
    return withStack(next, stackOf(config) ?? start.stack);
  const { latent, batchSize, schedule } = start;
  const players = Object.fromEntries(
    Object.entries(next.players).map(([name, own]) => [name, { ...own, ...optimizerOf(start.players[name]) }]),
  );
  const settings: Tree = start.model;
  const anew = Object.fromEntries((modelOf(config).ofData ?? []).map((key) => [key, settings[key]]));
  const model = v.parse(ModelSchema, { ...config.model, ...anew });
  const begun = withNetworks({ ...next, latent, batchSize, schedule, players, model }, (name) => ({
    ...start.networks[name],
  }));
  return withStack(begun, start.stack);
}

const optimizerOf = (player: ExperimentConfig["players"][string] | undefined) =>
  player === undefined ? {} : { optimizer: player.optimizer };

/**
 * The experiment with another model: the same data, seed, batch, latent and schedule; settings, networks and players that both models
 * know stay where they fit, everything else is what the model begins with.
 */
export function withModel(config: ExperimentConfig, id: ModelId): ExperimentConfig {
  if (config.model.type === id) return config;
  const info = modelInfo(id);
  const start = info.start(datasetOf(config.dataset).kind);
  const { type: _, ...settings } = config.model;
  const known = Object.fromEntries(Object.entries(settings).filter(([key]) => key in info.settings.entries));
  const model = v.parse(ModelSchema, merged(start.model, known));
  const names = Object.keys(info.networks);
  const common = { ...config, model };
  const made = info.stacks[stackOf(config) ?? start.stack] ?? info.stacks[start.stack];
  const fresh = made?.layers(contextOf(common)) ?? {};
  const begun = (name: string): NetworkConfig => ({
    layers: [...(fresh[name] ?? [])],
    initializer: "glorot",
    ema: 0,
    ...start.networks[name],
  });
  const networks = Object.fromEntries(names.map((name) => [name, config.networks[name] ?? begun(name)]));
  const players = Object.fromEntries(
    Object.entries(start.players).map(([name, own]) => [name, config.players[name] ?? own]),
  );
  const next: ExperimentConfig = { ...common, networks, players };
  // Layers of a network of the same name that end otherwise in this model, or are told of classes otherwise, give way to the stack's.
  const told = (model: ModelInfo, name: string) => model.networks[name]?.condition !== undefined;
  const alike = names.every((name) => told(info, name) === told(modelOf(config), name));
  return alike && checkArchitecture(next).length === 0
    ? next
    : withNetworks(next, (name) => ({ layers: begun(name).layers }));
}

/** @param change what becomes other in each network */
function withNetworks<C extends ExperimentConfig>(config: C, change: (name: string) => Partial<NetworkConfig>): C {
  const networks = Object.fromEntries(
    Object.entries(config.networks).map(([name, own]) => [name, { ...own, ...change(name) }]),
  );
  return { ...config, networks };
}

function layersOf(config: ExperimentConfig, id: string): Readonly<Record<string, readonly LayerSpec[]>> {
  return modelOf(config).stacks[id]?.layers(contextOf(config)) ?? {};
}

/** Equal as values; keys of layers in any order. */
function same(a: readonly (LayerSpec | number)[], b: readonly (LayerSpec | number)[]): boolean {
  const text = (value: LayerSpec | number) =>
    typeof value === "number"
      ? String(value)
      : JSON.stringify(Object.entries(value).sort(([x], [y]) => (x < y ? -1 : 1)));
  return a.length === b.length && a.every((value, i) => text(value) === text(b[i] ?? Number.NaN));
}
