/**
 * One model being trained: build, step, read, probe, save, restore, dispose. No loop, no clock, no messages. What a
 * step consists of: round.ts; what it is made of: parts.ts; how it is looked at: looking.ts.
 */
import * as tf from "@tensorflow/tfjs";
import type { ExperimentConfig, Players } from "../core/config";
import type { Execution } from "../core/device";
import { goesOn, recordKey } from "../core/effects";
import { readingIds } from "../core/models";
import type { Snapshot } from "../core/snapshot";
import type { RealSource } from "./data";
import { type Draw, makeDraw, type StepInputs, type StepMoment, type TakeIn } from "./draws";
import { type Look, Looking, type Repeated, readBack, type Seen } from "./looking";
import type { WatchedTurn, Watcher } from "./models/turn";
import { restoreTensors, saveTensors } from "./networks/saving";
import { NumberLog, type StepNumbers } from "./numbers";
import { makeParts, type Parts } from "./parts";
import { refuseConflicts } from "./refusals";
import { type DispatchReport, makeReplayer, type Replayer } from "./replay";
import { Round } from "./round";

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
  /**
   * Resolves when the recorded step can be replayed, while a GPU's programs are compiled; until then steps run eagerly.
   */
  compiled(): Promise<void> | undefined;
  /** One training step. Returns at once; its numbers stay on the device until readNumbers. */
  train(players: Players, inputs?: StepInputs): void;
  /** One asynchronous readback of the numbers of all steps since the last read. */
  readNumbers(): Promise<StepNumbers>;
  /**
   * Lets a probe compute on the networks as they stand: reads back the tensors that it returns, in order, and frees
   * all.
   * @param repeated where the same computation is made again and again, of the numbers given and what `seen` tells of
   *   the run: it is replayed where the backend can
   */
  look(compute: Look, repeated?: Repeated): Promise<Float32Array[]>;
  /**
   * Begins a look that `look` has taken before under the same key, on another thread, at the networks as they stand now: training goes on.
   * @returns null where no thread is free for it
   * @throws LookLost later, when it will not be finished
   */
  lookAside(repeated: Repeated): Promise<Float32Array[]> | null;
  /**
   * Looks at a player's turn, the k-th of the step that comes next, computed through the engine.
   * @param take whether the turn is taken. No step is counted then: whoever takes turns one by one puts the state back
   *   (`restore`) and takes the step in one.
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

/**
 * Builds the model's networks on the current backend. Initial weights are a function of config.seed.
 * @param options.data real samples; its shape is what counts, whatever the configuration's dataset is called
 * @throws ConfigError before anything is built, when the networks do not fit the data or memory, or values exclude each
 *   other
 */
export function createTrainer(options: TrainerOptions): Trainer {
  const { config, data, execution = "replay", threads = "auto", weights = new Map() } = options;
  refuseConflicts(config, data);
  return new ModelTrainer(config, data, execution, threads, weights);
}

class ModelTrainer implements Trainer {
  #config: ExperimentConfig;
  #step = 0;
  #disposed = false;
  readonly #data: RealSource;
  readonly #parts: Parts;
  readonly #round: Round;
  readonly #looking: Looking;
  readonly #log: NumberLog;
  readonly #replayer: Replayer | undefined;
  readonly #requested: Execution["mode"];
  /** Of the configuration; null after a change. */
  #recordKey: string | null = null;

  constructor(
    config: ExperimentConfig,
    data: RealSource,
    execution: Execution["mode"],
    threads: number | "auto",
    weights: ReadonlyMap<string, Float32Array>,
  ) {
    this.#config = config;
    this.#data = data;
    this.#parts = makeParts(config, data, weights);
    this.#round = new Round(this.#parts, data, config);
    this.#log = new NumberLog(readingIds(config));
    this.#requested = execution;
    this.#replayer = execution === "replay" ? this.#makeReplayer(threads) : undefined;
    this.#looking = new Looking(data, this.#parts.networks, this.#replayer);
  }

  #makeReplayer(threads: number | "auto"): Replayer | undefined {
    const { networks, players } = this.#owners;
    const variables = [...networks, ...players].flatMap((owner) => owner.tensors());
    return makeReplayer(
      variables.map(({ variable }) => variable),
      threads,
      [...players.map(({ variables }) => variables), ...networks.map(({ average }) => average ?? [])],
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
    this.#round.update(config);
    this.#recordKey = null;
  }

  ready(): Promise<void> | undefined {
    return this.#data.ready(this.#step);
  }

  compiled(): Promise<void> | undefined {
    return this.#replayer?.pending?.();
  }

  train(players: Players, inputs?: StepInputs): void {
    this.#refuseDisposed();
    const moment = this.#moment(inputs);
    const key = `${players} ${this.#configKey}`;
    const names = this.#round.readings(players);
    const values = this.#replayer?.replay(key, moment);
    if (values !== undefined) {
      this.#finish(players);
      this.#log.addValues(this.#step, names, values);
      return;
    }
    this.#replayer?.settle();
    tf.tidy(() => {
      const compute = (take: TakeIn) => this.#round.compute(players, take);
      const make = (draw: Draw) => makeDraw(draw, moment);
      const scalars = this.#replayer === undefined ? compute(make) : this.#replayer.record(key, make, compute);
      this.#finish(players);
      this.#log.add(this.#step, names, scalars);
    });
  }

  #moment(inputs?: StepInputs): StepMoment {
    return { step: this.#step, updates: this.#round.updates, inputs };
  }

  /** Counts a step. */
  #finish(players: Players): void {
    this.#step += 1;
    this.#round.count(players);
  }

  /** What the list of a step's operations depends on: all of the configuration but what is read when drawn. */
  get #configKey(): string {
    this.#recordKey ??= recordKey(this.#config);
    return this.#recordKey;
  }

  readNumbers(): Promise<StepNumbers> {
    return this.#log.read();
  }

  async look(compute: Look, repeated?: Repeated): Promise<Float32Array[]> {
    this.#refuseDisposed();
    return this.#looking.take(compute, this.#seen, this.#configKey, repeated);
  }

  lookAside(repeated: Repeated): Promise<Float32Array[]> | null {
    this.#refuseDisposed();
    return this.#looking.takeAside(this.#configKey, repeated);
  }

  watchTurn(
    player: string,
    k: number,
    take: boolean,
    see: (turn: WatchedTurn, seen: Seen) => readonly tf.Tensor[],
  ): Promise<Float32Array[]> {
    this.#refuseDisposed();
    this.#replayer?.settle();
    const moment = this.#moment();
    const tensors = tf.tidy(() => {
      let found: readonly tf.Tensor[] = [];
      const watcher: Watcher = {
        take,
        see: (turn) => {
          found = see(turn, this.#seen).map((tensor) => tensor.clone());
        },
      };
      this.#round.turn(player, k, "all", (draw) => makeDraw(draw, moment), watcher);
      return [...found];
    });
    return readBack(tensors);
  }

  get #seen(): Seen {
    return this.#looking.seen(this.#config);
  }

  /** Who has tensors. */
  get #owners() {
    return { networks: Object.values(this.#parts.networks), players: this.#parts.players };
  }

  async save(): Promise<Snapshot> {
    this.#refuseDisposed();
    this.#replayer?.settle();
    const step = this.#step; // before the readback, during which training may go on
    const config = this.#config;
    return { step, config, tensors: await saveTensors(this.#owners) };
  }

  restore(snapshot: Snapshot): void {
    this.#refuseDisposed();
    this.#replayer?.settle();
    restoreTensors(this.#owners, snapshot.tensors);
    this.#step = snapshot.step;
    this.#log.clear();
  }

  dispose(): void {
    if (this.#disposed) return;
    this.#disposed = true;
    this.#log.clear();
    this.#replayer?.dispose();
    const { networks, players } = this.#owners;
    for (const owner of [...networks, ...players]) owner.dispose();
  }

  #refuseDisposed(): void {
    if (this.#disposed) throw new Error("This trainer was disposed; make a new one.");
  }
}
