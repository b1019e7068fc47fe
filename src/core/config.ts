/**
 * ExperimentConfig: one value that says everything about an experiment. The whole of the schema, the default, changes. Its parts:
 * config-parts.ts and core/models/; reading it from outside: parse-config.ts; what a change means: effects.ts.
 */
import * as v from "valibot";
import { CommonSchema, type NetworkConfig, NetworkSchema, type PlayerConfig, PlayerSchema } from "./config-parts";
import { type DatasetId, dataShape, datasetClasses, datasetOf } from "./datasets";
import type { LossId } from "./losses";
import {
  type ConfigOf,
  type Context,
  type MODELS,
  type ModelConfig,
  type ModelId,
  ModelSchema,
  modelInfo,
  modelOf,
} from "./models";
import type { GanNetwork } from "./models/gan";
import { merged } from "./tree";

export * from "./config-parts";

export const ExperimentConfigSchema = v.object({
  ...CommonSchema.entries,
  model: ModelSchema,
  /** By the names that the model gives its networks. */
  networks: v.record(v.string(), NetworkSchema),
  /** By the names that the model gives its players, in the order of their turns. */
  players: v.record(v.string(), PlayerSchema),
});

/** The configuration of any model. A model's own code takes the `ConfigOf` of its names. */
export type ExperimentConfig = ConfigOf<string, string, ModelConfig>;

/** The models in which a discriminator with a loss tells the generator's fakes from reals. */
export type AdversarialConfig = ConfigOf<GanNetwork, GanNetwork, Extract<ModelConfig, { readonly loss: LossId }>>;

/** The configuration of the game of 2014. */
export type GanConfig = ConfigOf<GanNetwork, GanNetwork, Extract<ModelConfig, { readonly type: "gan" }>>;

export function isGan(config: ExperimentConfig): config is GanConfig {
  return config.model.type === "gan";
}

export function isAdversarial(config: ExperimentConfig): config is AdversarialConfig {
  return "loss" in config.model;
}

/** The loss of the game; null for models without a discriminator. */
export function lossOf({ model }: Pick<ExperimentConfig, "model">): LossId | null {
  return "loss" in model ? model.loss : null;
}

/** @throws Error when the configuration has no network of that name: parsed ones have all of their model's */
export const networkOf = (config: ExperimentConfig, name: string): NetworkConfig =>
  present(config.networks[name], `network ${name}`);

/** @throws Error when the configuration has no player of that name */
export const playerOf = (config: ExperimentConfig, name: string): PlayerConfig =>
  present(config.players[name], `player ${name}`);

function present<T>(found: T | undefined, what: string): T {
  if (found === undefined) throw new Error(`This configuration has no ${what}: it is another model's.`);
  return found;
}

/** The same game with another loss. */
export const withLoss = (config: AdversarialConfig, loss: LossId): AdversarialConfig => ({
  ...config,
  model: { ...config.model, loss },
});

/** The network that makes samples of latents. */
export const samplerOf = (config: ExperimentConfig): NetworkConfig => networkOf(config, modelOf(config).sampler);

/**
 * What an experiment's shapes depend on.
 * @param data shape of one example, and how many classes there are; by default those of the configured dataset
 */
export function contextOf(
  { dataset, latent, model }: Pick<ExperimentConfig, "dataset" | "latent" | "model">,
  data: readonly number[] = dataShape(dataset),
  classes = datasetClasses(dataset),
): Context<ModelConfig> {
  return { data, latent: latent.size, classes, settings: model };
}

/** What an experiment with this model on this dataset begins with. */
export function startOf(id: ModelId, dataset: DatasetId): ExperimentConfig {
  const info = modelInfo(id);
  const start = info.start(datasetOf(dataset).kind);
  const { latent, batchSize, schedule } = start;
  const model = v.parse(ModelSchema, start.model);
  const layers = info.stacks[start.stack]?.layers(contextOf({ dataset, latent, model })) ?? {};
  const networks = Object.fromEntries(
    Object.entries(start.networks).map(([name, own]) => [name, { layers: [...(layers[name] ?? [])], ...own }]),
  );
  return { seed: 1, dataset, latent, batchSize, schedule, model, networks, players: start.players };
}

/** A part of a configuration: what it leaves out stays. */
export type Changes<T> = T extends readonly unknown[] | string | number | boolean
  ? T
  : { readonly [key in keyof T]?: Changes<T[key]> };

/**
 * A configuration with some of its values changed. Lists, optimisers of another type and models of another type are taken whole.
 * @returns a copy; what did not change is shared
 */
export function withChanges<C extends ExperimentConfig>(config: C, changes: Changes<C>): C {
  return merged(config, changes) as C;
}

/**
 * The experiment that a newcomer meets: a ring of eight Gaussians, the game of 2014 with the non-saturating loss, small
 * networks. It finds all eight clusters and comes to rest on them.
 */
export const DEFAULT_CONFIG: GanConfig = gameOf(startOf("gan", "ring"));

function gameOf(config: ExperimentConfig): GanConfig {
  if (!isGan(config)) throw new Error("The default experiment is the game of 2014; this is a bug.");
  return config;
}

/** Who has a turn in a training step: one player of the model, or all of them in order. */
export type Players = "all" | PlayerName;

/** The players of all models. */
export type PlayerName = { [id in ModelId]: keyof (typeof MODELS)[id]["players"] & string }[ModelId];
