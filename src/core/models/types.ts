/**
 * What a model is, in words, shapes and settings: everything that the page, links, files and refusals need to know of it. One file a model
 * beside this one, a line in index.ts; the same model's maths is a file in engine/models. No tensors.
 */
import type * as v from "valibot";
import type { LayerSpec } from "../architecture/layers";
import type { Shape } from "../architecture/shape";
import type { CommonConfig, NetworkConfig, PlayerConfig } from "../config-parts";
import type { Conflict } from "../conflicts";
import type { GlossaryId } from "../glossary";
import type { ReadingInfo } from "../readings";

/** The settings of a model: a valibot object with `type` (the model's id) and entries made by core/setting.ts. */
export type SettingsSchema = v.ObjectSchema<
  { readonly type: v.LiteralSchema<string, undefined> } & v.ObjectEntries,
  undefined
>;

/** A configuration of one model, so that its own code names its networks and players without asking whether they are there. */
export type ConfigOf<N extends string, P extends string, S> = CommonConfig & {
  readonly model: S;
  readonly networks: Readonly<Record<N, NetworkConfig>>;
  readonly players: Readonly<Record<P, PlayerConfig>>;
};

/** What shapes depend on. */
export interface Context<S = unknown> {
  /** Of one example of the data. */
  readonly data: Shape;
  /** Numbers of a latent. */
  readonly latent: number;
  /** Of the data; 0 where its examples belong to none. */
  readonly classes: number;
  readonly settings: S;
}

export interface NetworkRole<S = unknown> {
  /** As formulas write it: "G". */
  readonly symbol: string;
  /** As sentences and headings write it: "Generator". */
  readonly name: string;
  /** Which side of the game's two colours it is drawn in: what makes samples is green, what judges or reads them purple. */
  readonly role: PlayerColor;
  /** The word of the glossary that explains it. */
  readonly term: GlossaryId;
  /** The letters of what goes in: "z", "x, y". */
  readonly inputSymbol: string;
  /** What comes out, as the live diagram writes it. */
  readonly outputs: readonly NetworkOutput[];
  /** Shape of one example that goes in. */
  input(context: Context<S>): Shape;
  /** Shape of one example that must come out. */
  output(context: Context<S>): Shape;
  /** What comes out: examples of the data, scores that must have no activation ("logit"), or numbers that the model reads as it likes. */
  readonly ends: "data" | "logit" | "free";
  /** How many numbers its passes are conditioned on (one-hot classes); none where left out. */
  condition?(context: Context<S>): number;
}

export type PlayerColor = "generator" | "discriminator";

/** Something that comes out of a network, as the live diagram writes it. */
export interface NetworkOutput {
  /** "G(z)". */
  readonly symbol: string;
  /** What it is in a word, before the symbol where there is room: "fakes". */
  readonly word?: string;
  readonly role: "real" | "fake" | PlayerColor;
  /** The word of the glossary that explains it. */
  readonly term: GlossaryId;
  /** The readings that say how it is. */
  readonly numbers: readonly OutputNumber[];
}

export interface OutputNumber {
  /** The model's name of the reading. */
  readonly reading: string;
  /** The reading in its place where the loss makes D's output no probability. */
  readonly score?: string;
  /** What the number is, where the symbol does not say it: "KL". */
  readonly label?: string;
  /** Whose it is, where an output has the numbers of several. */
  readonly role?: "real" | "fake";
  /** A share of 1, which can be drawn as a bar. */
  readonly share?: true;
}

/** One pass of examples through a network within a player's turn, for estimates of time and memory. */
export interface PassCost<N extends string> {
  readonly network: N;
  /** How many examples go through. */
  readonly examples: number;
  /**
   * "forward": constants are made. "through": only the input's gradient is wanted. "learned": only the weights'. "inner": both.
   * "penalty": the gradient of the input's gradient. "ahead": all of an update stays on the tape, for `times` of them.
   */
  readonly kind: "forward" | "through" | "learned" | "inner" | "penalty" | "ahead";
  /** How often; once where left out. */
  readonly times?: number;
}

export interface PlayerRole<N extends string, C> {
  /** As buttons and charts write it: "D". */
  readonly symbol: string;
  readonly name: string;
  readonly role: PlayerColor;
  /** The networks that its turn updates. */
  readonly updates: readonly N[];
  /** The passes of one turn. */
  passes(config: C): readonly PassCost<N>[];
}

/** A ready set of layers for all of a model's networks. */
export interface ModelStack<N extends string> {
  readonly name: string;
  readonly description: string;
  /** Which data it fits. */
  readonly kind: DataKind;
  /** Layers by network, first to last. */
  layers(context: Omit<Context, "settings">): Readonly<Record<N, readonly LayerSpec[]>>;
}

export type DataKind = "points" | "images";

/** What an experiment begins with when a person chooses the model, or data of another kind for it. */
export interface ModelStart<N extends string, P extends string, S>
  extends Pick<CommonConfig, "latent" | "batchSize" | "schedule"> {
  readonly model: S;
  /** One of the model's stacks, which gives the layers. */
  readonly stack: string;
  readonly networks: Readonly<Record<N, Omit<NetworkConfig, "layers">>>;
  readonly players: Readonly<Record<P, PlayerConfig>>;
}

/**
 * What a model IS. `N`: its networks' names, in the order in which they are saved. `P`: its players' names, in the order of their turns.
 * Both are keys of saved runs and links: once published they stay.
 */
export interface ModelInfo<
  N extends string = string,
  P extends string = string,
  Schema extends SettingsSchema = SettingsSchema,
  R extends string = string,
> {
  readonly id: string;
  /** As a list shows it: "GAN". */
  readonly name: string;
  /** One or two sentences for a student: what is special, what to look for. */
  readonly lesson: string;
  /** Authors, year, where in the paper. */
  readonly source: string;
  /** What it learns from: samples alone, or samples with their classes (then data without classes is refused). */
  readonly data: "samples" | "labelled";
  readonly networks: { readonly [name in N]: NetworkRole<v.InferOutput<Schema>> };
  readonly players: { readonly [name in P]: PlayerRole<N, ConfigOf<N, P, v.InferOutput<Schema>>> };
  /** The network that makes samples of latents [latent]: what the stage, the latent panel and the metrics look at. */
  readonly sampler: N;
  /** The network whose first output says how real a sample is; null where none does. */
  readonly judge: N | null;
  /** The network that says where in latent space a sample lies, for a model that has one: then samples can be made again. */
  readonly coder?: N;
  readonly settings: Schema;
  /** What a step tells: by name, in the order of the columns of curves; `player` is whose turn computes it. */
  readonly readings: { readonly [id in R]: ReadingInfo };
  readonly stacks: { readonly [id: string]: ModelStack<N> };
  start(kind: DataKind): ModelStart<N, P, v.InferOutput<Schema>>;
  /** Settings that begin anew with data of another kind, as layers do. */
  readonly ofData?: readonly string[];
  /** Combinations of values that cannot run or should not. Shapes, data without classes and memory are checked for every model. */
  conflicts(config: ConfigOf<N, P, v.InferOutput<Schema>>): readonly Conflict[];
}
