/** The parts of a model that is trained, by the names that its words give them. Not how they learn: round.ts. */
import { contextOf, type ExperimentConfig, networkOf, playerOf } from "../core/config";
import { modelOf } from "../core/models";
import type { RealSource } from "./data";
import { type Model, mathsOf } from "./models";
import { buildNetwork } from "./networks/network";
import { Player } from "./networks/player";
import { NetworkState } from "./networks/state";
import { makeOptimizer, type Optimizer } from "./optimizers";

/** What a model is made of, on the device. */
export interface Parts {
  readonly model: Model;
  readonly networks: Readonly<Record<string, NetworkState>>;
  /** In the order of their turns. */
  readonly players: readonly Player[];
}

/**
 * Builds a model's networks and players. Initial weights are a function of config.seed.
 * @param weights initial ones by the names they are saved with, in place of those that are drawn
 */
export function makeParts(
  config: ExperimentConfig,
  data: RealSource,
  weights: ReadonlyMap<string, Float32Array>,
): Parts {
  const model = mathsOf(config);
  const optimizers = optimizersOf(model, config);
  const context = contextOf(config, data.shape, data.labels?.count);
  const networks = Object.fromEntries(
    Object.entries(model.networks).map(([name, { stream }], place) => {
      const { layers, initializer, ema } = networkOf(config, name);
      const role = known(modelOf(config).networks, name);
      const network = buildNetwork(layers, role.input(context), role.condition?.(context));
      const { seed } = config;
      return [name, new NetworkState({ name, network, initializer, seed, stream, place, averaged: ema > 0, weights })];
    }),
  );
  const players = Object.entries(model.players).map(([name, { updates }]) => {
    const own = updates.map((network) => known(networks, network));
    return new Player(name, own, known(optimizers, name));
  });
  return { model, networks, players };
}

/** The players' optimisers, as a configuration sets them. */
export function optimizersOf(model: Model, config: ExperimentConfig): Readonly<Record<string, Optimizer>> {
  const names = Object.keys(model.players);
  return Object.fromEntries(names.map((name) => [name, makeOptimizer(playerOf(config, name).optimizer)]));
}

/** A part by name. @throws Error for a name that a model's own code got wrong */
export function known<T>(table: Readonly<Record<string, T>>, name: string): T {
  const found = table[name];
  if (found === undefined) throw new Error(`The model has no "${name}"; this is a bug.`);
  return found;
}
