/** One GAN being trained: build, step, read, probe, save, restore, dispose. No loop, no clock, no messages. */
import * as tf from "@tensorflow/tfjs";
import { memoryRefusal } from "../core/architecture/memory";
import { checkArchitecture, discriminatorInput } from "../core/architecture/shapes";
import { changeKind, type ExperimentConfig, type Players } from "../core/config";
import { findConflicts } from "../core/penalties";
import { PLAYER_READINGS, STEP_READINGS } from "../core/readings";
import { STREAMS } from "../core/rng";
import { rateFactor } from "../core/schedule";
import type { Snapshot } from "../core/snapshot";
import type { RealSource } from "./data";
import { discriminatorStep } from "./discriminator-step";
import { evaluateDiscriminator, evaluateGenerator } from "./evaluation";
import {
  type Draw,
  type FeedContext,
  feedDiscriminator,
  feedGenerator,
  fillDraw,
  type StepInputs,
  type StepMoment,
  type TakeIn,
} from "./feed";
import { generatorNeedsReals, generatorStep } from "./generator-step";
import { buildNetwork } from "./networks";
import { NumberLog, type StepNumbers } from "./numbers";
import { makeOptimizer, type Optimizer } from "./optimizers";
import { activePenalties } from "./penalties";
import { Player } from "./players";
import { type Execution, makeReplayer, type Replayer } from "./replay";
import { restoreTensors, saveTensors } from "./state";

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
 * One GAN on the current TensorFlow.js backend. A training step at step s draws everything random from
 * (config.seed, stream, s), so the run is a function of the configuration; probes use streams of their own.
 */
export interface Trainer {
  readonly config: ExperimentConfig;
  /** Training steps done. */
  readonly step: number;
  /** How steps run now, and why. */
  readonly execution: Execution;
  /** Applies a live change (core/config changeKind). @throws Error when the change needs a restart. */
  update(config: ExperimentConfig): void;
  /** Data for the next step, when it is still loading; undefined when the step can run now. */
  ready(): Promise<void> | undefined;
  /** Resolves when the recorded step can be replayed, while a GPU's programs are compiled; until then steps run eagerly. */
  compiled(): Promise<void> | undefined;
  /** One training step. Returns at once; its numbers stay on the device until readNumbers. */
  train(players: Players, inputs?: StepInputs): void;
  /** One asynchronous readback of the numbers of all steps since the last read. */
  readNumbers(): Promise<StepNumbers>;
  /** G's samples for latents [count, latent.size] in evaluation mode, with D's logits [count]. Data scale, [count, ...dataShape]. */
  generate(
    latents: Float32Array,
    count: number,
    averaged: boolean,
  ): Promise<{ samples: Float32Array; logits: Float32Array }>;
  /** D's logits [count] of samples [count, ...dataShape], in evaluation mode. */
  score(samples: Float32Array, count: number): Promise<Float32Array>;
  /** Lets a probe compute on the networks as they stand: reads back the tensors that it returns, in order, and frees all. */
  look(compute: (networks: Networks) => tf.Tensor[]): Promise<Float32Array[]>;
  /** Everything that the run's future depends on. */
  save(): Promise<Snapshot>;
  /** Goes on from a saved state of the same structure. @throws Error naming the tensor that does not fit. */
  restore(snapshot: Snapshot): void;
  dispose(): void;
}

/** What a probe may look at; it changes nothing of it. */
export interface Networks {
  readonly generator: Player;
  readonly discriminator: Player;
  readonly config: ExperimentConfig;
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
 * Builds both networks on the current backend. Initial weights are a function of config.seed.
 * @param options.data real samples; its shape is what counts, whatever the configuration's dataset is called
 * @throws ConfigError before anything is built, when the networks do not fit the data or memory, or values exclude each other
 */
export function createTrainer(options: TrainerOptions): Trainer {
  const { config, data, execution = "replay", threads = "auto", weights = new Map() } = options;
  refuseConflicts(config, data);
  return new GanTrainer(config, data, execution, threads, weights);
}

function refuseConflicts(config: ExperimentConfig, data: RealSource): void {
  const refused = findConflicts(config).filter(({ level }) => level === "refused");
  const tooLarge = memoryRefusal([{ config, shape: data.shape }]);
  const problems = [
    ...refused.map(({ text }) => text),
    ...checkArchitecture(config, data.shape),
    ...(tooLarge === null ? [] : [tooLarge]),
  ];
  if (problems.length > 0) throw new ConfigError(problems);
}

class GanTrainer implements Trainer {
  #config: ExperimentConfig;
  #step = 0;
  #disposed = false;
  readonly #data: RealSource;
  readonly #generator: Player;
  readonly #discriminator: Player;
  readonly #log = new NumberLog();
  readonly #replayer: Replayer | undefined;
  readonly #requested: Execution["mode"];
  /** Of the configuration; null after a change. */
  #planKeys: string | null = null;
  #optimizers: { readonly generator: Optimizer; readonly discriminator: Optimizer };

  constructor(
    config: ExperimentConfig,
    data: RealSource,
    execution: Execution["mode"],
    threads: number | "auto",
    weights: ReadonlyMap<string, Float32Array>,
  ) {
    this.#config = config;
    this.#data = data;
    this.#optimizers = optimizersOf(config);
    this.#generator = new Player({
      name: "generator",
      network: buildNetwork(config.generator.layers, [config.latent.size]),
      initializer: config.generator.initializer,
      optimizer: this.#optimizers.generator,
      seed: config.seed,
      stream: STREAMS.initGenerator,
      averaged: config.generator.ema > 0,
      weights,
    });
    this.#discriminator = new Player({
      name: "discriminator",
      network: buildNetwork(config.discriminator.layers, discriminatorInput(data.shape, config.packing)),
      initializer: config.discriminator.initializer,
      optimizer: this.#optimizers.discriminator,
      seed: config.seed,
      stream: STREAMS.initDiscriminator,
      averaged: false,
      weights,
    });
    const variables = [this.#generator, this.#discriminator].flatMap((player) => player.tensors());
    this.#requested = execution;
    this.#replayer =
      execution === "replay"
        ? makeReplayer(
            variables.map(({ variable }) => variable),
            threads,
            [this.#generator.variables, this.#generator.average ?? [], this.#discriminator.variables],
          )
        : undefined;
  }

  get execution(): Execution {
    if (this.#replayer !== undefined) return this.#replayer.execution;
    const reason =
      this.#requested === "eager"
        ? "Steps run through TensorFlow.js's engine, as was asked for."
        : `Steps run through TensorFlow.js's engine: the backend ${tf.getBackend()} has no replay.`;
    return { mode: "eager", threads: 1, reason };
  }

  get config(): ExperimentConfig {
    return this.#config;
  }

  get step(): number {
    return this.#step;
  }

  update(config: ExperimentConfig): void {
    if (changeKind(this.#config, config) === "restart") {
      throw new Error("This change needs new networks or new data: start the experiment again with it.");
    }
    refuseConflicts(config, this.#data);
    this.#replayer?.settle(); // steps that must be done again are done with the values they had
    this.#config = config;
    this.#optimizers = optimizersOf(config);
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
    const values = this.#replayer?.replay(key, moment);
    if (values !== undefined) {
      this.#finish(players);
      this.#log.addValues(this.#step, STEP_READINGS[players], values);
      return;
    }
    this.#replayer?.settle();
    tf.tidy(() => {
      const compute = (take: TakeIn) => this.#compute(players, take);
      const make = (draw: Draw) => makeDraw(draw, moment);
      const scalars = this.#replayer === undefined ? compute(make) : this.#replayer.record(key, make, compute);
      this.#finish(players);
      this.#log.add(this.#step, STEP_READINGS[players], scalars);
    });
  }

  /** A step as operations on tensors, with its readings in the order of STEP_READINGS; everything from outside comes through `take`, so that it can be recorded. */
  #compute(players: Players, take: TakeIn): tf.Scalar[] {
    const scalars = players === "generator" ? [] : this.#computeDiscriminator(take);
    return players === "discriminator" ? scalars : [...scalars, ...this.#computeGenerator(players, take)];
  }

  #computeDiscriminator(take: TakeIn): tf.Scalar[] {
    const config = this.#config;
    const needs = new Set(activePenalties(config.penalties).gradient.flatMap(({ penalty }) => penalty.needs));
    let last: tf.Scalar[] = [];
    for (let k = 0; k < config.discriminatorSteps; k++) {
      last = tf.tidy(() => {
        this.#discriminator.iterateSpectralNorm();
        const feed = feedDiscriminator(this.#feedContext(take), k, needs);
        const coefficients = this.#coefficients("discriminator", 1 + k, take);
        const optimizer = this.#optimizers.discriminator;
        const found = discriminatorStep(this.#generator, this.#discriminator, config, optimizer, coefficients, feed);
        return PLAYER_READINGS.discriminator.map((name) => found[name]);
      });
    }
    return last;
  }

  #computeGenerator(players: Players, take: TakeIn): tf.Scalar[] {
    const config = this.#config;
    return tf.tidy(() => {
      this.#generator.iterateSpectralNorm();
      const feed = feedGenerator(this.#feedContext(take), generatorNeedsReals(config));
      const own = {
        optimizer: this.#optimizers.generator,
        coefficients: this.#coefficients("generator", 1, take),
      };
      const done = players === "both" ? config.discriminatorSteps : 0;
      const ahead = Array.from({ length: config.unrolledSteps }, (_, i) => ({
        optimizer: this.#optimizers.discriminator,
        coefficients: this.#coefficients("discriminator", done + 1 + i, take),
      }));
      const found = generatorStep(this.#generator, this.#discriminator, config, own, ahead, feed);
      return PLAYER_READINGS.generator.map((name) => found[name]);
    });
  }

  /** Counts a step. */
  #finish(players: Players): void {
    this.#step += 1;
    if (players !== "generator") this.#discriminator.updates += this.#config.discriminatorSteps;
    if (players !== "discriminator") this.#generator.updates += 1;
  }

  #updates(): StepMoment["updates"] {
    return { generator: this.#generator.updates, discriminator: this.#discriminator.updates };
  }

  #feedContext(take: TakeIn): FeedContext {
    return {
      config: this.#config,
      data: this.#data,
      generator: this.#generator.network,
      discriminator: this.#discriminator.network,
      take,
    };
  }

  /** The optimiser's numbers for a player's next update after the step's start (ahead = 1) or a later one. */
  #coefficients(name: "generator" | "discriminator", ahead: number, take: TakeIn): tf.Scalar[] {
    // Read when drawn, not when recorded: learning rates are live.
    const now = ({ step, updates }: StepMoment) => {
      const rate = this.#config[name].optimizer.learningRate * rateFactor(this.#config.schedule, step);
      return this.#optimizers[name].coefficients(rate, updates[name] + ahead);
    };
    const { length } = now({ step: this.#step, updates: this.#updates(), inputs: undefined });
    return Array.from({ length }, (_, i) =>
      take({ shape: [], fill: (out, moment) => void out.fill(now(moment)[i] ?? Number.NaN) }).asScalar(),
    );
  }

  /** What the list of a step's operations depends on: all of the configuration but what is read when drawn. */
  #planKey(players: Players): string {
    if (this.#planKeys === null) {
      const { generator, discriminator, schedule: _live, ...rest } = this.#config;
      const player = (own: ExperimentConfig["generator"] | ExperimentConfig["discriminator"]) => ({
        ...own,
        optimizer: { ...own.optimizer, learningRate: 0 },
      });
      this.#planKeys = JSON.stringify({ ...rest, generator: player(generator), discriminator: player(discriminator) });
    }
    return `${players} ${this.#planKeys}`;
  }

  readNumbers(): Promise<StepNumbers> {
    return this.#log.read();
  }

  async generate(
    latents: Float32Array,
    count: number,
    averaged: boolean,
  ): Promise<{ samples: Float32Array; logits: Float32Array }> {
    this.#refuseDisposed();
    const { size } = this.#config.latent;
    if (latents.length !== count * size) {
      throw new RangeError(`${count} latents of ${size} numbers are ${count * size} numbers, not ${latents.length}.`);
    }
    this.#replayer?.settle();
    const [samples, logits] = tf.tidy(() => {
      const z = tf.tensor2d(latents, [count, size], "float32");
      const made = evaluateGenerator(this.#generator, this.#config, z, averaged);
      return [made, evaluateDiscriminator(this.#discriminator, this.#config, made)] as const;
    });
    try {
      const [sampleValues, logitValues] = await Promise.all([samples.data<"float32">(), logits.data<"float32">()]);
      return { samples: sampleValues, logits: logitValues };
    } finally {
      samples.dispose();
      logits.dispose();
    }
  }

  async score(samples: Float32Array, count: number): Promise<Float32Array> {
    this.#refuseDisposed();
    this.#replayer?.settle();
    const logits = tf.tidy(() => {
      const x = tf.tensor(samples, [count, ...this.#data.shape], "float32");
      return evaluateDiscriminator(this.#discriminator, this.#config, x);
    });
    try {
      return await logits.data<"float32">();
    } finally {
      logits.dispose();
    }
  }

  async look(compute: (networks: Networks) => tf.Tensor[]): Promise<Float32Array[]> {
    this.#refuseDisposed();
    this.#replayer?.settle();
    const networks = { generator: this.#generator, discriminator: this.#discriminator, config: this.#config };
    const tensors = tf.tidy(() => compute(networks));
    try {
      return await Promise.all(tensors.map((tensor) => tensor.data<"float32">()));
    } finally {
      for (const tensor of tensors) tensor.dispose();
    }
  }

  async save(): Promise<Snapshot> {
    this.#refuseDisposed();
    this.#replayer?.settle();
    const step = this.#step; // before the readback, during which training may go on
    const config = this.#config;
    return { step, config, tensors: await saveTensors([this.#generator, this.#discriminator]) };
  }

  restore(snapshot: Snapshot): void {
    this.#refuseDisposed();
    this.#replayer?.settle();
    restoreTensors([this.#generator, this.#discriminator], snapshot.tensors);
    this.#step = snapshot.step;
    this.#log.clear();
  }

  dispose(): void {
    if (this.#disposed) return;
    this.#disposed = true;
    this.#log.clear();
    this.#replayer?.dispose();
    this.#generator.dispose();
    this.#discriminator.dispose();
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

function optimizersOf(config: ExperimentConfig) {
  return {
    generator: makeOptimizer(config.generator.optimizer),
    discriminator: makeOptimizer(config.discriminator.optimizer),
  };
}
