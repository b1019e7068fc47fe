/** ExperimentConfig: one value that says everything about an experiment. Schema, bounds, defaults. Parsing: parse-config.ts. */
import * as v from "valibot";
import { INITIALIZERS, LayerSpecSchema, layerCount } from "./architecture/layers";
import { toyStack } from "./architecture/stacks";
import { DATASET_IDS } from "./datasets";
import { LOSS_IDS } from "./losses";

const integer = (min: number, max: number) => v.pipe(v.number(), v.integer(), v.minValue(min), v.maxValue(max));
const real = (min: number, max: number) => v.pipe(v.number(), v.minValue(min), v.maxValue(max));

const learningRate = real(0, 1);
const epsilon = real(1e-12, 1e-2);

/** Optimisers, with PyTorch's definitions: Adam corrects its bias; Adam and RMSProp add epsilon to the root; momentum is the heavy ball. */
export const OptimizerSchema = v.variant("type", [
  v.object({ type: v.literal("adam"), learningRate, beta1: real(0, 0.9999), beta2: real(0, 0.99999), epsilon }),
  v.object({ type: v.literal("sgd"), learningRate }),
  v.object({ type: v.literal("momentum"), learningRate, momentum: real(0, 0.9999) }),
  v.object({ type: v.literal("rmsprop"), learningRate, decay: real(0, 0.9999), epsilon }),
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

/** Names of the settings that optimisers have, of every type. */
export const OPTIMIZER_SETTINGS: readonly string[] = [
  ...new Set(OptimizerSchema.options.flatMap(({ entries }) => Object.keys(entries))),
];

export const LATENT_PRIORS = ["normal", "uniform"] as const;
export type LatentPrior = (typeof LATENT_PRIORS)[number];

export const SCHEDULES = ["constant", "linear", "cosine"] as const;
export type ScheduleType = (typeof SCHEDULES)[number];

/** Up to this many layers a player, those inside others counted: enough for every stack that courses show, few enough to edit by hand. */
export const MAX_LAYERS = 24;

const layers = v.pipe(
  v.unknown(), // so that a list costs no more than its length: it is counted before anything in it is looked at
  v.check((input) => layerCount(input, MAX_LAYERS) <= MAX_LAYERS),
  v.array(LayerSpecSchema),
  v.minLength(1),
);

export const ExperimentConfigSchema = v.object({
  /** Unsigned 32-bit; with the rest of this value it determines the whole run. */
  seed: integer(0, 0xffffffff),
  dataset: v.picklist(DATASET_IDS),
  latent: v.object({
    size: integer(1, 512),
    /** "normal": N(0, 1); "uniform": U(-1, 1), independent dimensions. */
    prior: v.picklist(LATENT_PRIORS),
  }),
  batchSize: integer(2, 1024),
  /** Updates of D before each update of G. */
  discriminatorSteps: integer(1, 20),
  loss: v.picklist(LOSS_IDS),
  generator: v.object({
    layers,
    initializer: v.picklist(INITIALIZERS),
    optimizer: OptimizerSchema,
    /** Decay of the exponential moving average of G's weights that views may show; 0 is off. */
    ema: real(0, 0.99999),
  }),
  discriminator: v.object({
    layers,
    initializer: v.picklist(INITIALIZERS),
    optimizer: OptimizerSchema,
  }),
  /** Strengths of the regularisers of D; 0 is off. Definitions: core/penalties.ts. */
  penalties: v.object({
    clip: real(0, 10),
    wganGp: real(0, 1000),
    dragan: real(0, 1000),
    r1: real(0, 1000),
    r2: real(0, 1000),
  }),
  /** One-sided label smoothing: the target for reals; 1 is off. */
  labelSmoothing: real(0.5, 1),
  /** Standard deviation of Gaussian noise on everything D sees, in data units; 0 is off. */
  instanceNoise: real(0, 2),
  /** PacGAN: how many samples D judges together; 1 is off. */
  packing: integer(1, 8),
  /** Unrolled GAN: how many D updates G looks ahead (dense networks); 0 is off. */
  unrolledSteps: integer(0, 10),
  /** Learning rate schedule of both players: from the optimiser's rate to rate × finalRatio over `steps`, then flat. */
  schedule: v.object({
    type: v.picklist(SCHEDULES),
    steps: integer(1, 1_000_000),
    finalRatio: real(0, 1),
  }),
});
export type ExperimentConfig = v.InferOutput<typeof ExperimentConfigSchema>;

const adam: OptimizerConfig = { type: "adam", learningRate: 1e-3, beta1: 0.5, beta2: 0.999, epsilon: 1e-8 };

/**
 * The experiment that a newcomer meets: a ring of eight Gaussians, the game of 2014 with the non-saturating loss, small
 * networks. It finds all eight clusters and comes to rest on them: small weights to begin with keep D gentle until the fakes
 * have spread, and falling rates let both players settle.
 */
export const DEFAULT_CONFIG: ExperimentConfig = {
  seed: 1,
  dataset: "ring",
  latent: { size: 2, prior: "normal" },
  batchSize: 128,
  discriminatorSteps: 1,
  loss: "non-saturating",
  generator: { layers: toyStack.generator([2], 2), initializer: "glorot", optimizer: adam, ema: 0 },
  discriminator: { layers: toyStack.discriminator([2], 2), initializer: "glorot", optimizer: adam },
  penalties: { clip: 0, wganGp: 0, dragan: 0, r1: 0, r2: 0 },
  labelSmoothing: 1,
  instanceNoise: 0,
  packing: 1,
  unrolledSteps: 0,
  schedule: { type: "linear", steps: 6_000, finalRatio: 0.01 },
};

/**
 * What applying `next` to a run of `current` means: "none" when nothing changes, "live" when the running networks can
 * go on (rates, losses, strengths, steps per side), "restart" when networks or data are built anew.
 */
export function changeKind(current: ExperimentConfig, next: ExperimentConfig): "none" | "live" | "restart" {
  if (JSON.stringify(current) === JSON.stringify(next)) return "none";
  return JSON.stringify(structure(current)) === JSON.stringify(structure(next)) ? "live" : "restart";
}

/** The part of a configuration that networks, optimiser slots and data depend on. */
function structure(config: ExperimentConfig): unknown {
  const player = (p: ExperimentConfig["generator"] | ExperimentConfig["discriminator"]) => [
    p.layers,
    p.initializer,
    p.optimizer.type,
  ];
  const { seed, dataset, latent, batchSize, packing } = config;
  const ema = config.generator.ema > 0; // its decay is live, its existence is a second set of weights
  return [seed, dataset, latent, batchSize, packing, ema, player(config.generator), player(config.discriminator)];
}

/** Which players a training step updates. */
export type Players = "both" | PlayerName;

export type PlayerName = "discriminator" | "generator";
