/** One model being trained: build, step, read, probe, save, restore, dispose. No loop, no clock, no messages. */
import * as tf from "@tensorflow/tfjs";
import { memoryRefusal } from "../core/architecture/memory";
import { checkArchitecture } from "../core/architecture/shapes";
import { contextOf, type ExperimentConfig, networkOf, type Players, playerOf } from "../core/config";
import { findConflicts } from "../core/conflicts";
import type { Execution } from "../core/device";
import { goesOn, recordKey } from "../core/effects";
import { modelOf, type ReadingId, readingIds } from "../core/models";
import { STREAMS, subStream } from "../core/rng";
import { rateFactor } from "../core/schedule";
import type { Snapshot } from "../core/snapshot";
import { isHere, type RealSource } from "./data";
import { type Draw, fillDraw, type StepInputs, type StepMoment, type TakeIn } from "./draws";
import { type Model, mathsOf } from "./models";
import { turn, type WatchedTurn, type Watcher } from "./models/turn";
import { buildNetwork } from "./networks/network";
import { Player } from "./networks/player";
import { restoreTensors, saveTensors } from "./networks/saving";
import { NetworkState } from "./networks/state";
import { NumberLog, type StepNumbers } from "./numbers";
import { makeOptimizer, type Optimizer } from "./optimizers";
import { type DispatchReport, type Given, makeReplayer, type Replayer } from "./replay";

export interface TrainerOptions {
  readonly config: ExperimentConfig;
  readonly data: RealSource;
  /** "eager": every step through TensorFlow.js's engine. Default: "replay" where the backend has it (wasm, webgpu). */
  readonly execution?: Execution["mode"];
  /** Initial weights by the names they are saved with, each as long as its own, in place of those that are drawn. */
  readonly weights?: ReadonlyMap<string, Float32Array>;
  /**
   * CPU threads that share the work of steps that are large enough, this one included; no number depends on it.
   * Default: the cores, at most four, where timed steps find them faster than one.
   */
  readonly threads?: number;
}

/**
 * One model on the current TensorFlow.js backend. A training step at step s draws everything random from
 * (config.seed, stream, s), so the run is a function of the configuration; probes use streams of their own.
 */
export interface Trainer {
  readonly config: ExperimentConfig;
  /** Of one example of the data. */
  readonly shape: readonly number[];
  /** Of the data; undefined where only the configured dataset tells. */
  readonly classes: number | undefined;
  /** Training steps done. */
  readonly step: number;
  /** How steps run now, and why. */
  readonly execution: Execution;
  /** What each dispatch of the last step does when it is replayed, on webgpu; null elsewhere, and before the first. */
  readonly dispatches: readonly DispatchReport[] | null;
  /** Applies a live change (core/effects). @throws Error when the change needs a restart. */
  update(config: ExperimentConfig): void;
  /** Data for the next step, when it is still loading; undefined when the step can run now. */
  ready(): Promise<void> | undefined;
  /** Resolves when the recorded step can be replayed, while a GPU's programs are compiled; until then steps run eagerly. */
  compiled(): Promise<void> | undefined;
  /** One training step. Returns at once; its numbers stay on the device until readNumbers. */
  train(players: Players, inputs?: StepInputs): void;
  /** One asynchronous readback of the numbers of all steps since the last read. */
  readNumbers(): Promise<StepNumbers>;
  /**
   * Lets a probe compute on the networks as they stand: reads back the tensors that it returns, in order, and frees all.
   * @param repeated where the same computation is made again and again, of the numbers given and what `seen` tells of the run: it is
   *   replayed where the backend can
   */
  look(compute: (seen: Seen, given: readonly tf.Tensor[]) => tf.Tensor[], repeated?: Repeated): Promise<Float32Array[]>;
  /**
   * Looks at a player's turn, the k-th of the step that comes next, computed through the engine.
   * @param take whether the turn is taken. No step is counted then: whoever takes turns one by one puts the state back (`restore`)
   *   and takes the step in one.
   * @param see returns what is read back, in order; it may compute
   */
  watchTurn(
    player: string,
    k: number,
    take: boolean,
    see: (turn: WatchedTurn, seen: Seen) => readonly tf.Tensor[],
  ): Promise<Float32Array[]>;
  /** Everything that the run's future depends on. */
  save(): Promise<Snapshot>;
  /** Goes on from a saved state of the same structure. @throws Error naming the tensor that does not fit. */
  restore(snapshot: Snapshot): void;
  dispose(): void;
}

/** A look that is taken often. */
export interface Repeated {
  /** Tells it from all others of the same configuration; null: what it computes may differ, so it is never replayed. */
  readonly key: string | null;
  /** Its inputs, which come as tensors. */
  readonly given: readonly Given[];
}

/** What a probe may look at; it changes nothing of it. */
export interface Seen {
  readonly config: ExperimentConfig;
  /** Of one example of the data. */
  readonly shape: readonly number[];
  /** Of the data; undefined where only the configured dataset tells. */
  readonly classes: number | undefined;
  /** @throws Error when the model has no network of that name */
  network(name: string): NetworkState;
  /** Real samples [count, ...shape] for company, the same ones at every look; null while data is coming. */
  reals(count: number): tf.Tensor | null;
}

/** A configuration that cannot be built or run; `problems` says why, a sentence each. */
export class ConfigError extends Error {
  override readonly name = "ConfigError";
  readonly problems: readonly string[];

  constructor(problems: readonly string[]) {
    super(problems.join(" "));
    this.problems = problems;
  }
}

/**
 * Builds the model's networks on the current backend. Initial weights are a function of config.seed.
 * @param options.data real samples; its shape is what counts, whatever the configuration's dataset is called
 * @throws ConfigError before anything is built, when the networks do not fit the data or memory, or values exclude each other
 */
export function createTrainer(options: TrainerOptions): Trainer {
  const { config, data, execution = "replay", threads = "auto", weights = new Map() } = options;
  refuseConflicts(config, data);
  return new ModelTrainer(config, data, execution, threads, weights);
}

function refuseConflicts(config: ExperimentConfig, data: RealSource): void {
  const refused = findConflicts(config).filter(({ level }) => level === "refused");
  const tooLarge = memoryRefusal([{ config, shape: data.shape }]);
  const problems = [
    ...refused.map(({ text }) => text),
    ...checkArchitecture(config, data.shape, data.labels?.count),
    ...(tooLarge === null ? [] : [tooLarge]),
  ];
  if (problems.length > 0) throw new ConfigError(problems);
}

class ModelTrainer implements Trainer {
  #config: ExperimentConfig;
  #step = 0;
  #disposed = false;
  readonly #data: RealSource;
  readonly #model: Model;
  readonly #networks: Readonly<Record<string, NetworkState>>;
  /** In the order of their turns. */
  readonly #players: readonly Player[];
  readonly #log: NumberLog;
  readonly #replayer: Replayer | undefined;
  readonly #requested: Execution["mode"];
  /** Of the configuration; null after a change. */
  #planKeys: string | null = null;
  #optimizers: Readonly<Record<string, Optimizer>>;

  constructor(
    config: ExperimentConfig,
    data: RealSource,
    execution: Execution["mode"],
    threads: number | "auto",
    weights: ReadonlyMap<string, Float32Array>,
  ) {
    this.#config = config;
    this.#data = data;
    this.#model = mathsOf(config);
    this.#log = new NumberLog(readingIds(config));
    this.#optimizers = optimizersOf(this.#model, config);
    this.#networks = Object.fromEntries(
      Object.entries(this.#model.networks).map(([name, rules], place) => {
        const { layers, initializer, ema } = networkOf(config, name);
        const role = known(modelOf(config).networks, name);
        const context = contextOf(config, data.shape, data.labels?.count);
        const network = buildNetwork(layers, role.input(context), role.condition?.(context));
        const averaged = ema > 0;
        const [{ stream }, { seed }] = [rules, config];
        return [name, new NetworkState({ name, network, initializer, seed, stream, place, averaged, weights })];
      }),
    );
    this.#players = Object.entries(this.#model.players).map(
      ([name, { updates }]) =>
        new Player(
          name,
          updates.map((network) => known(this.#networks, network)),
          known(this.#optimizers, name),
        ),
    );
    this.#requested = execution;
    this.#replayer = execution === "replay" ? this.#makeReplayer(threads) : undefined;
  }

  #makeReplayer(threads: number | "auto"): Replayer | undefined {
    const networks = Object.values(this.#networks);
    const variables = [...networks, ...this.#players].flatMap((owner) => owner.tensors());
    return makeReplayer(
      variables.map(({ variable }) => variable),
      threads,
      [...this.#players.map(({ variables }) => variables), ...networks.map(({ average }) => average ?? [])],
    );
  }

  get execution(): Execution {
    if (this.#replayer !== undefined) return this.#replayer.execution;
    const reason =
      this.#requested === "eager"
        ? "Steps run through TensorFlow.js's engine, as was asked for."
        : `Steps run through TensorFlow.js's engine: the backend ${tf.getBackend()} has no replay.`;
    return { mode: "eager", threads: 1, reason };
  }

  get dispatches(): readonly DispatchReport[] | null {
    return this.#replayer?.dispatches ?? null;
  }

  get config(): ExperimentConfig {
    return this.#config;
  }

  get shape(): readonly number[] {
    return this.#data.shape;
  }

  get classes(): number | undefined {
    return this.#data.labels?.count;
  }

  get step(): number {
    return this.#step;
  }

  update(config: ExperimentConfig): void {
    if (!goesOn(this.#config, config)) {
      throw new Error("This change needs new networks or new data: start the experiment again with it.");
    }
    refuseConflicts(config, this.#data);
    this.#replayer?.settle(); // steps that must be done again are done with the values they had
    this.#config = config;
    this.#optimizers = optimizersOf(this.#model, config);
    this.#planKeys = null;
  }

  ready(): Promise<void> | undefined {
    return this.#data.ready(this.#step);
  }

  compiled(): Promise<void> | undefined {
    return this.#replayer?.pending?.();
  }

  train(players: Players, inputs?: StepInputs): void {
    this.#refuseDisposed();
    const moment: StepMoment = { step: this.#step, updates: this.#updates(), inputs };
    const key = this.#planKey(players);
    const names = this.#readings(players);
    const values = this.#replayer?.replay(key, moment);
    if (values !== undefined) {
      this.#finish(players);
      this.#log.addValues(this.#step, names, values);
      return;
    }
    this.#replayer?.settle();
    tf.tidy(() => {
      const compute = (take: TakeIn) => this.#compute(players, take);
      const make = (draw: Draw) => makeDraw(draw, moment);
      const scalars = this.#replayer === undefined ? compute(make) : this.#replayer.record(key, make, compute);
      this.#finish(players);
      this.#log.add(this.#step, names, scalars);
    });
  }

  /** The players that take their turns in a step, in order. */
  #turning(players: Players): readonly Player[] {
    return players === "all" ? this.#players : this.#players.filter(({ name }) => name === players);
  }

  /** What a step of these players tells, in order. */
  #readings(players: Players): readonly ReadingId[] {
    return this.#turning(players).flatMap(({ name }) => known(this.#model.players, name).readings);
  }

  /** A step as operations on tensors, with its readings in order; everything from outside comes through `take`, so that it can be recorded. */
  #compute(players: Players, take: TakeIn): tf.Scalar[] {
    return this.#turning(players).flatMap((player) => this.#turns(player, players, take));
  }

  /** All turns of a player within a step. @returns the last one's readings */
  #turns(player: Player, players: Players, take: TakeIn): tf.Scalar[] {
    let last: tf.Scalar[] = [];
    for (let k = 0; k < playerOf(this.#config, player.name).turns; k++) {
      last = tf.tidy(() => this.#turn(player, k, players, take));
    }
    return last;
  }

  #turn(player: Player, k: number, players: Players, take: TakeIn, watcher?: Watcher): tf.Scalar[] {
    const rules = known(this.#model.players, player.name);
    const [config, networks] = [this.#config, this.#networks];
    const feed = rules.feed({ config, data: this.#data, networks, take }, k);
    const own = this.#updating(player.name, 1 + k, take);
    const ahead = (name: string, count: number) => this.#ahead(name, count, players, take);
    const ema = (name: string) => networkOf(config, name).ema;
    return turn(rules, player, own, { config, networks, ahead }, feed, ema, watcher);
  }

  /** A player's next updates, for one whose turn comes later in the step. */
  #ahead(name: string, count: number, players: Players, take: TakeIn) {
    const player = this.#playerOf(name);
    const done = players === "all" ? playerOf(this.#config, name).turns : 0;
    const updates = Array.from({ length: count }, (_, i) => this.#updating(name, done + 1 + i, take));
    return { slots: player.slots, updates };
  }

  #playerOf(name: string): Player {
    const player = this.#players.find((other) => other.name === name);
    if (player === undefined) throw new Error(`The model has no player ${name}; this is a bug.`);
    return player;
  }

  #updating(name: string, ahead: number, take: TakeIn) {
    return { optimizer: known(this.#optimizers, name), coefficients: this.#coefficients(name, ahead, take) };
  }

  /** Counts a step. */
  #finish(players: Players): void {
    this.#step += 1;
    for (const player of this.#turning(players)) {
      player.updates += playerOf(this.#config, player.name).turns;
    }
  }

  #updates(): StepMoment["updates"] {
    return Object.fromEntries(this.#players.map(({ name, updates }) => [name, updates]));
  }

  /** The optimiser's numbers for a player's next update after the step's start (ahead = 1) or a later one. */
  #coefficients(name: string, ahead: number, take: TakeIn): tf.Scalar[] {
    // Read when drawn, not when recorded: learning rates are live.
    const now = ({ step, updates }: StepMoment) => {
      const rate = playerOf(this.#config, name).optimizer.learningRate * rateFactor(this.#config.schedule, step);
      return known(this.#optimizers, name).coefficients(rate, known(updates, name) + ahead);
    };
    const { length } = now({ step: this.#step, updates: this.#updates(), inputs: undefined });
    return Array.from({ length }, (_, i) =>
      take({ shape: [], fill: (out, moment) => void out.fill(now(moment)[i] ?? Number.NaN) }).asScalar(),
    );
  }

  /** What the list of a step's operations depends on: all of the configuration but what is read when drawn. */
  #planKey(players: Players): string {
    return `${players} ${this.#configKey}`;
  }

  get #configKey(): string {
    this.#planKeys ??= recordKey(this.#config);
    return this.#planKeys;
  }

  readNumbers(): Promise<StepNumbers> {
    return this.#log.read();
  }

  async look(
    compute: (seen: Seen, given: readonly tf.Tensor[]) => tf.Tensor[],
    repeated?: Repeated,
  ): Promise<Float32Array[]> {
    this.#refuseDisposed();
    const found: { numbers?: Float32Array[] } = {}; // not through tidy, which would look for tensors among them one by one
    const tensors = tf.tidy(() => {
      const replayed = this.#replayLook(compute, repeated);
      if (replayed === undefined) {
        this.#replayer?.settle();
        return compute(this.#seen, repeated?.given.map(toTensor) ?? []);
      }
      if ("tensors" in replayed) return [...replayed.tensors];
      found.numbers = replayed.numbers;
      return [];
    });
    return found.numbers ?? readBack(tensors);
  }

  watchTurn(
    player: string,
    k: number,
    take: boolean,
    see: (turn: WatchedTurn, seen: Seen) => readonly tf.Tensor[],
  ): Promise<Float32Array[]> {
    this.#refuseDisposed();
    this.#replayer?.settle();
    const moment: StepMoment = { step: this.#step, updates: this.#updates(), inputs: undefined };
    const tensors = tf.tidy(() => {
      let found: readonly tf.Tensor[] = [];
      const watcher: Watcher = {
        take,
        see: (turn) => {
          found = see(turn, this.#seen).map((tensor) => tensor.clone());
        },
      };
      this.#turn(this.#playerOf(player), k, "all", (draw) => makeDraw(draw, moment), watcher);
      return [...found];
    });
    return readBack(tensors);
  }

  #replayLook(compute: (seen: Seen, given: readonly tf.Tensor[]) => tf.Tensor[], repeated: Repeated | undefined) {
    if (repeated === undefined || repeated.key === null || this.#replayer?.look === undefined) return undefined;
    const key = `${repeated.key} ${this.#configKey}`;
    return this.#replayer.look(key, repeated.given, (given) => compute(this.#seen, given));
  }

  get #seen(): Seen {
    const [config, shape] = [this.#config, this.#data.shape];
    const network = (name: string) => known(this.#networks, name);
    const reals = (count: number) => {
      if (!isHere(this.#data, 0)) return null;
      const samples = new Float32Array(shape.reduce((a, b) => a * b, count));
      this.#data.minibatch(samples, config.seed, subStream(STREAMS.view, 1), 0);
      return tf.tensor(samples, [count, ...shape], "float32");
    };
    return { config, shape, classes: this.classes, network, reals };
  }

  get #saved() {
    return { networks: Object.values(this.#networks), players: this.#players };
  }

  async save(): Promise<Snapshot> {
    this.#refuseDisposed();
    this.#replayer?.settle();
    const step = this.#step; // before the readback, during which training may go on
    const config = this.#config;
    return { step, config, tensors: await saveTensors(this.#saved) };
  }

  restore(snapshot: Snapshot): void {
    this.#refuseDisposed();
    this.#replayer?.settle();
    restoreTensors(this.#saved, snapshot.tensors);
    this.#step = snapshot.step;
    this.#log.clear();
  }

  dispose(): void {
    if (this.#disposed) return;
    this.#disposed = true;
    this.#log.clear();
    this.#replayer?.dispose();
    for (const owner of [...Object.values(this.#networks), ...this.#players]) owner.dispose();
  }

  #refuseDisposed(): void {
    if (this.#disposed) throw new Error("This trainer was disposed; make a new one.");
  }
}

/** A draw as a tensor, for one step. */
function makeDraw(draw: Draw, moment: StepMoment): tf.Tensor {
  const values = new Float32Array(draw.shape.reduce((a, b) => a * b, 1));
  fillDraw(draw, values, moment);
  return tf.tensor(values, [...draw.shape], "float32");
}

/** The numbers of tensors, which are freed. */
async function readBack(tensors: readonly tf.Tensor[]): Promise<Float32Array[]> {
  try {
    return await Promise.all(tensors.map((tensor) => tensor.data<"float32">()));
  } finally {
    for (const tensor of tensors) tensor.dispose();
  }
}

function toTensor({ values, shape }: Given): tf.Tensor {
  return tf.tensor(values, [...shape], "float32");
}

function optimizersOf(model: Model, config: ExperimentConfig): Readonly<Record<string, Optimizer>> {
  const names = Object.keys(model.players);
  return Object.fromEntries(names.map((name) => [name, makeOptimizer(playerOf(config, name).optimizer)]));
}

/** @throws Error for a name that a model's own code got wrong */
function known<T>(table: Readonly<Record<string, T>>, name: string): T {
  const found = table[name];
  if (found === undefined) throw new Error(`The model has no "${name}"; this is a bug.`);
  return found;
}
