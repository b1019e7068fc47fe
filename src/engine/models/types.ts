/**
 * What a model is to the trainer: networks, and players that take turns, each with an objective on the networks it updates. No loop, no
 * optimiser, no recording: the trainer and turn.ts do the same for every model.
 *
 * The rule that keeps replay: what differs from step to step is a draw or a variable, never a branch.
 */
import type { Scalar, Tensor } from "@tensorflow/tfjs";
import type { ExperimentConfig } from "../../core/config";
import type { ReadingId } from "../../core/models";
import type { FeedContext, Masks } from "../feeds";
import type { NetworkState } from "../networks/state";
import type { Optimizer } from "../optimizers";

/** An optimiser with the coefficients of one update. */
export interface Updating {
  readonly optimizer: Optimizer;
  readonly coefficients: readonly Scalar[];
}

/** What a pass through a network gives. */
export interface Passed {
  readonly output: Tensor;
  /** The input of the last layer that has a kernel. */
  readonly features: Tensor;
}

/** How a pass goes, beside its input. */
export interface PassOptions {
  /** Dropout's; a layer without one passes its input on. */
  readonly masks?: Masks;
  /** What the pass is conditioned on, [batch, size]. */
  readonly condition?: Tensor;
  /** In place of the network's own, as passes take them: those that it will have after updates to come. */
  readonly weights?: readonly Tensor[];
}

/** What an objective works with. `C`: the configuration as the model knows it. */
export interface Table<N extends string, C extends ExperimentConfig = ExperimentConfig> {
  readonly config: C;
  readonly networks: Readonly<Record<N, NetworkState>>;
  /** Weights as passes take them (spectrally normalised), differentiable where the player updates them. */
  weights(name: N): readonly Tensor[];
  /** A training pass; batch norm's statistics are remembered where the player updates the network. */
  apply(name: N, x: Tensor, options?: PassOptions): Passed;
  /** Another player's next updates and the slots they start from, for objectives that look ahead. */
  ahead(player: string, count: number): { readonly slots: readonly Tensor[]; readonly updates: readonly Updating[] };
}

/** What a player minimises, and what its turn tells, all of before the update. */
export interface Objective {
  readonly loss: Scalar;
  /** All of the player's readings but the norm of its gradient. */
  readonly readings: Readonly<{ [id in ReadingId]?: Scalar }>;
}

/**
 * One that learns: how, in tensors; its optimiser and how often it has its turn say `config.players`. `F` is what its turn takes in, `C` the
 * configuration as the model knows it.
 */
export interface ModelPlayer<N extends string, F = unknown, C extends ExperimentConfig = ExperimentConfig> {
  /** The networks it updates. */
  readonly updates: readonly N[];
  /** What its turn tells, in the order of the step's numbers. */
  readonly readings: readonly ReadingId[];
  /** The reading that is the L2 norm of its gradient. */
  readonly gradientNorm: ReadingId;
  /** What its k-th turn of a step takes in: everything from outside, as draws. */
  feed(context: FeedContext<N, C>, k: number): F;
  /** Constants of the gradient, such as fakes for D: computed once, outside the tape. */
  prepare?(table: Table<N, C>, feed: F): F;
  objective(table: Table<N, C>, feed: F): Objective;
  /** What every weight goes through after an update; undefined when nothing. */
  constrain?(config: C): ((weight: Tensor) => Tensor) | undefined;
}

/** What a network needs beside its words (core/models) and its configuration. */
export interface ModelNetwork {
  /** The random stream of its initial weights. */
  readonly stream: number;
  /** Its output in data units, for a network that makes samples and gives something else; the output itself where left out. */
  shown?(config: ExperimentConfig, output: Tensor): Tensor;
}

/** The maths of a model whose words are in core/models, with networks and players of the same names in the same order. */
export interface Model<
  N extends string = string,
  P extends string = string,
  C extends ExperimentConfig = ExperimentConfig,
> {
  /** In the order in which they are saved. */
  readonly networks: { readonly [name in N]: ModelNetwork };
  /** In the order of their turns within a step. */
  readonly players: { readonly [name in P]: ModelPlayer<N, unknown, C> };
  /** The codes [n, latent] in the output of the network that codes samples (`coder` of its words), for a model that has one. */
  codes?(output: Tensor): Tensor;
}
