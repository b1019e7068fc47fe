/**
 * The parts that every model's configuration has: seed, data, latent, schedule, and what a network and a player are told. The whole is
 * config.ts.
 */
import * as v from "valibot";
import { INITIALIZERS, LayerSpecSchema, layerCount } from "./architecture/layers";
import { type DatasetId, isDatasetId } from "./datasets";
import { choice, integer, real } from "./setting";

const learningRate = real(0, 1, { effect: "live", free: true });
const moment = (max: number) => real(0, max, { effect: "record", free: true });
const epsilon = real(1e-12, 1e-2, { effect: "record", free: true });

/** Optimisers, with PyTorch's definitions: Adam corrects its bias; Adam and RMSProp add epsilon to the root; momentum is the heavy ball. */
export const OptimizerSchema = v.variant("type", [
  v.object({ type: v.literal("adam"), learningRate, beta1: moment(0.9999), beta2: moment(0.99999), epsilon }),
  v.object({ type: v.literal("sgd"), learningRate }),
  v.object({ type: v.literal("momentum"), learningRate, momentum: moment(0.9999) }),
  v.object({ type: v.literal("rmsprop"), learningRate, decay: moment(0.9999), epsilon }),
]);
export type OptimizerConfig = v.InferOutput<typeof OptimizerSchema>;
export type OptimizerType = OptimizerConfig["type"];
/** As people call them. */
export const OPTIMIZER_NAMES: Readonly<Record<OptimizerType, string>> = {
  adam: "Adam",
  sgd: "SGD",
  momentum: "Momentum",
  rmsprop: "RMSProp",
};
export const OPTIMIZER_TYPES = ["adam", "sgd", "momentum", "rmsprop"] as const satisfies readonly OptimizerType[];

export const LATENT_PRIORS = ["normal", "uniform"] as const;
export type LatentPrior = (typeof LATENT_PRIORS)[number];

export const SCHEDULES = ["constant", "linear", "cosine"] as const;
export type ScheduleType = (typeof SCHEDULES)[number];

/** Up to this many layers a network, those inside others counted: enough for every stack that courses show, few enough to edit by hand. */
export const MAX_LAYERS = 24;

export const NetworkSchema = v.object({
  layers: v.pipe(
    v.unknown(), // so that a list costs no more than its length: it is counted before anything in it is looked at
    v.check((input) => layerCount(input, MAX_LAYERS) <= MAX_LAYERS),
    v.array(LayerSpecSchema),
    v.minLength(1),
    v.metadata({ effect: "restart" }),
  ),
  initializer: choice(INITIALIZERS, { effect: "restart", free: true }),
  /** Decay of the exponential moving average of its weights that views may show; 0 is off. */
  ema: real(0, 0.99999, { effect: "record", off: 0, switchRestarts: true, free: true }),
});
export type NetworkConfig = v.InferOutput<typeof NetworkSchema>;

export const PlayerSchema = v.object({
  optimizer: OptimizerSchema,
  /** Updates within a training step. */
  turns: integer(1, 20, { effect: "record" }),
});
export type PlayerConfig = v.InferOutput<typeof PlayerSchema>;

export const CommonSchema = v.object({
  /** Unsigned 32-bit; with the rest of a configuration it determines the whole run. */
  seed: integer(0, 0xffffffff, { effect: "restart", free: true }),
  dataset: v.pipe(v.custom<DatasetId>(isDatasetId), v.metadata({ effect: "restart" })),
  latent: v.object({
    size: integer(1, 512, { effect: "restart" }),
    /** "normal": N(0, 1); "uniform": U(-1, 1), independent dimensions. */
    prior: choice(LATENT_PRIORS, { effect: "restart" }),
  }),
  batchSize: integer(2, 1024, { effect: "restart" }),
  /** Learning rate schedule of all players: from the optimiser's rate to rate × finalRatio over `steps`, then flat. */
  schedule: v.object({
    type: choice(SCHEDULES, { effect: "live", free: true }),
    steps: integer(1, 1_000_000, { effect: "live", free: true }),
    finalRatio: real(0, 1, { effect: "live", free: true }),
  }),
});
export type CommonConfig = Readonly<v.InferOutput<typeof CommonSchema>>;
