/**
 * A step of a model as operations on tensors: whose turns it takes, in which order, and with which numbers of the
 * optimisers. What a turn does: models/turn.ts. Nothing is recorded, counted or read back here by itself: that is the
 * trainer's.
 */
import * as tf from "@tensorflow/tfjs";
import { type ExperimentConfig, networkOf, type Players, playerOf } from "../core/config";
import type { ReadingId } from "../core/models";
import { rateFactor } from "../core/schedule";
import type { RealSource } from "./data";
import type { StepMoment, TakeIn } from "./draws";
import { turn, type Watcher } from "./models/turn";
import type { Player } from "./networks/player";
import type { Optimizer } from "./optimizers";
import { known, optimizersOf, type Parts } from "./parts";

/** The turns of a model's players, under a configuration that may change while it is trained. */
export class Round {
  readonly #parts: Parts;
  readonly #data: RealSource;
  #config: ExperimentConfig;
  #optimizers: Readonly<Record<string, Optimizer>>;

  constructor(parts: Parts, data: RealSource, config: ExperimentConfig) {
    this.#parts = parts;
    this.#data = data;
    this.#config = config;
    this.#optimizers = optimizersOf(parts.model, config);
  }

  /** Goes on with another configuration of the same parts. */
  update(config: ExperimentConfig): void {
    this.#config = config;
    this.#optimizers = optimizersOf(this.#parts.model, config);
  }

  /** Updates that each player has behind it. */
  get updates(): StepMoment["updates"] {
    return Object.fromEntries(this.#parts.players.map(({ name, updates }) => [name, updates]));
  }

  /** Counts the updates of a step. */
  count(players: Players): void {
    for (const player of this.#turning(players)) player.updates += playerOf(this.#config, player.name).turns;
  }

  /** What a step of these players tells, in order. */
  readings(players: Players): readonly ReadingId[] {
    return this.#turning(players).flatMap(({ name }) => known(this.#parts.model.players, name).readings);
  }

  /**
   * A step, with its readings in order.
   * @param take everything from outside comes through it, so that the step can be recorded
   */
  compute(players: Players, take: TakeIn): tf.Scalar[] {
    return this.#turning(players).flatMap(({ name }) => this.#turns(name, players, take));
  }

  /** A player's turn, the k-th of the step, with its readings. To be called in a tidy. */
  turn(name: string, k: number, players: Players, take: TakeIn, watcher?: Watcher): tf.Scalar[] {
    const { model, networks } = this.#parts;
    const rules = known(model.players, name);
    const config = this.#config;
    const feed = rules.feed({ config, data: this.#data, networks, take }, k);
    const own = this.#updating(name, 1 + k, take);
    const ahead = (other: string, count: number) => this.#ahead(other, count, players, take);
    const ema = (network: string) => networkOf(config, network).ema;
    return turn(rules, this.#player(name), own, { config, networks, ahead }, feed, ema, watcher);
  }

  /** The players that take their turns in a step, in order. */
  #turning(players: Players): readonly Player[] {
    const all = this.#parts.players;
    return players === "all" ? all : all.filter(({ name }) => name === players);
  }

  /** All turns of a player within a step. @returns the last one's readings */
  #turns(name: string, players: Players, take: TakeIn): tf.Scalar[] {
    let last: tf.Scalar[] = [];
    for (let k = 0; k < playerOf(this.#config, name).turns; k++) {
      last = tf.tidy(() => this.turn(name, k, players, take));
    }
    return last;
  }

  #player(name: string): Player {
    const player = this.#parts.players.find((other) => other.name === name);
    if (player === undefined) throw new Error(`The model has no player ${name}; this is a bug.`);
    return player;
  }

  /** A player's next updates, for one whose turn comes later in the step. */
  #ahead(name: string, count: number, players: Players, take: TakeIn) {
    const done = players === "all" ? playerOf(this.#config, name).turns : 0;
    const updates = Array.from({ length: count }, (_, i) => this.#updating(name, done + 1 + i, take));
    return { slots: this.#player(name).slots, updates };
  }

  #updating(name: string, ahead: number, take: TakeIn) {
    return { optimizer: known(this.#optimizers, name), coefficients: this.#coefficients(name, ahead, take) };
  }

  /** The optimiser's numbers for a player's next update after the step's start (ahead = 1) or a later one. */
  #coefficients(name: string, ahead: number, take: TakeIn): tf.Scalar[] {
    // Read when drawn, not when recorded: learning rates are live.
    const at = (step: number, updates: number) => {
      const rate = playerOf(this.#config, name).optimizer.learningRate * rateFactor(this.#config.schedule, step);
      return known(this.#optimizers, name).coefficients(rate, updates + ahead);
    };
    return at(0, 0).map((_, i) =>
      take({
        shape: [],
        fill: (out, { step, updates }) => void out.fill(at(step, known(updates, name))[i] ?? Number.NaN),
      }).asScalar(),
    );
  }
}
