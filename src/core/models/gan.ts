/** The game of 2014 in words (Goodfellow et al.), with its losses, penalties and tricks. Its maths: engine/models/game.ts. */
import * as v from "valibot";
import { STACKS } from "../architecture/stacks";
import { augmentEntry, NO_AUGMENT } from "../augment";
import type { OptimizerConfig } from "../config-parts";
import { ganConflicts } from "../gan-conflicts";
import { LOSS_IDS } from "../losses";
import { PENALTY_IDS } from "../penalties";
import { READINGS } from "../readings";
import { choice, integer, real } from "../setting";
import type {
  ConfigOf,
  Context,
  ModelInfo,
  ModelStack,
  ModelStart,
  NetworkOutput,
  NetworkRole,
  PassCost,
  PlayerRole,
} from "./types";

export type GanNetwork = "generator" | "discriminator";

/** What every model has whose D tells reals from fakes; models built on the game add to it. */
export const adversarialEntries = {
  loss: choice(LOSS_IDS, { effect: "record" }),
  /** Strengths of the regularisers of D; 0 is off. Definitions: core/penalties.ts. */
  penalties: v.object({
    clip: real(0, 10, { effect: "record", off: 0, free: true }),
    wganGp: real(0, 1000, { effect: "record", off: 0, free: true }),
    dragan: real(0, 1000, { effect: "record", off: 0, free: true }),
    r1: real(0, 1000, { effect: "record", off: 0, free: true }),
    r2: real(0, 1000, { effect: "record", off: 0, free: true }),
  }),
  /** One-sided label smoothing: the target for reals; 1 is off. */
  labelSmoothing: real(0.5, 1, { effect: "record", off: 1, free: true }),
  /** Standard deviation of Gaussian noise on everything D sees, in data units; 0 is off. */
  instanceNoise: real(0, 2, { effect: "record", off: 0, free: true }),
  /** What is done to images before D sees them, reals and fakes alike (core/augment.ts). */
  augment: augmentEntry,
  /** PacGAN: how many samples D judges together; 1 is off. */
  packing: integer(1, 8, { effect: "restart" }),
  /** Unrolled GAN: how many D updates G looks ahead (dense networks); 0 is off. */
  unrolledSteps: integer(0, 10, { effect: "record" }),
};

const settings = v.object({ type: v.literal("gan"), ...adversarialEntries });
type GanSettings = v.InferOutput<typeof settings>;

/** The settings of the game at rest: the non-saturating loss and nothing else. */
export const PLAIN_GAME = {
  loss: "non-saturating",
  penalties: { clip: 0, wganGp: 0, dragan: 0, r1: 0, r2: 0 },
  labelSmoothing: 1,
  instanceNoise: 0,
  augment: NO_AUGMENT,
  packing: 1,
  unrolledSteps: 0,
} as const;

const adam = (learningRate: number): OptimizerConfig => ({
  type: "adam",
  learningRate,
  beta1: 0.5,
  beta2: 0.999,
  epsilon: 1e-8,
});

type GameConfig = ConfigOf<GanNetwork, GanNetwork, Omit<GanSettings, "type">>;

/** The passes of D's turn. */
function discriminatorPasses({ batchSize, model }: GameConfig): PassCost<GanNetwork>[] {
  const judged = batchSize / model.packing;
  const penalties = PENALTY_IDS.filter((id) => id !== "clip" && model.penalties[id] > 0).length;
  return [
    { network: "generator", examples: batchSize, kind: "forward" },
    { network: "discriminator", examples: 2 * judged, kind: "learned" },
    { network: "discriminator", examples: judged, kind: "penalty", times: penalties },
  ];
}

/** The passes of G's turn. */
function generatorPasses({ batchSize, model }: GameConfig): PassCost<GanNetwork>[] {
  const judged = batchSize / model.packing;
  return [
    { network: "generator", examples: batchSize, kind: "learned" },
    { network: "discriminator", examples: judged, kind: "through" },
    { network: "discriminator", examples: 2 * judged, kind: "ahead", times: model.unrolledSteps },
  ];
}

/** What D is shown: one example, or with PacGAN several of them side by side along the last axis (Lin et al. 2018). */
export const judgedShape = ({ data, settings: { packing } }: Context<{ readonly packing: number }>) => [
  ...data.slice(0, -1),
  (data.at(-1) ?? 0) * packing,
];

/** The named pairs of courses, for every model that has a G and a D. */
export const ganStacks: Readonly<Record<string, ModelStack<GanNetwork>>> = Object.fromEntries(
  Object.entries(STACKS).map(([id, { name, description, kind, generator, discriminator }]) => [
    id,
    {
      name,
      description,
      kind,
      layers: ({ data, latent }) => ({
        generator: generator(data, latent),
        discriminator: discriminator(data, latent),
      }),
    } satisfies ModelStack<GanNetwork>,
  ]),
);

/** What the game begins with. On points: small weights keep D gentle until the fakes have spread, falling rates let both players settle. */
export function ganStart(kind: "points" | "images"): ModelStart<GanNetwork, GanNetwork, typeof PLAIN_GAME> {
  if (kind === "points") {
    return {
      latent: { size: 2, prior: "normal" },
      batchSize: 128,
      schedule: { type: "linear", steps: 6_000, finalRatio: 0.01 },
      model: PLAIN_GAME,
      stack: "toy",
      networks: {
        generator: { initializer: "glorot", ema: 0 },
        discriminator: { initializer: "glorot", ema: 0 },
      },
      players: {
        discriminator: { optimizer: adam(1e-3), turns: 1 },
        generator: { optimizer: adam(1e-3), turns: 1 },
      },
    };
  }
  // A small DCGAN. A faster G than D helps batch norm early.
  return {
    latent: { size: 64, prior: "normal" },
    batchSize: 64,
    schedule: { type: "constant", steps: 10_000, finalRatio: 0.01 },
    model: PLAIN_GAME,
    stack: "dcgan-small",
    networks: {
      generator: { initializer: "dcgan", ema: 0.995 },
      discriminator: { initializer: "dcgan", ema: 0 },
    },
    players: {
      discriminator: { optimizer: adam(4e-4), turns: 1 },
      generator: { optimizer: adam(1e-3), turns: 1 },
    },
  };
}

/** What D says of reals and of fakes, on average. */
const opinions: readonly NetworkOutput[] = [
  {
    symbol: "D(x)",
    role: "real",
    term: "dReal",
    numbers: [{ reading: "dReal", score: "dLogitReal", share: true }],
  },
  {
    symbol: "D(G(z))",
    role: "fake",
    term: "dFake",
    numbers: [{ reading: "dFake", score: "dLogitFake", share: true }],
  },
];

/** The networks of a game in which nobody is told anything; models built on it add to them. */
export const gameNetworks: Readonly<Record<GanNetwork, NetworkRole<{ readonly packing: number }>>> = {
  generator: {
    symbol: "G",
    name: "Generator",
    role: "generator",
    term: "generator",
    inputSymbol: "z",
    outputs: [{ symbol: "G(z)", word: "fakes", role: "fake", term: "fake", numbers: [] }],
    input: ({ latent }) => [latent],
    output: ({ data }) => data,
    ends: "data",
  },
  discriminator: {
    symbol: "D",
    name: "Discriminator",
    role: "discriminator",
    term: "discriminator",
    inputSymbol: "x",
    outputs: opinions,
    input: judgedShape,
    output: () => [1],
    ends: "logit",
  },
};

/** The players of the game; models built on it have the same. */
export const gamePlayers: Readonly<Record<GanNetwork, PlayerRole<GanNetwork, GameConfig>>> = {
  discriminator: {
    symbol: "D",
    name: "Discriminator",
    role: "discriminator",
    updates: ["discriminator"],
    passes: discriminatorPasses,
  },
  generator: {
    symbol: "G",
    name: "Generator",
    role: "generator",
    updates: ["generator"],
    passes: generatorPasses,
  },
};

export const gan: ModelInfo<GanNetwork, GanNetwork, typeof settings, keyof typeof READINGS> = {
  id: "gan",
  name: "GAN",
  lesson:
    "Two networks play a game: G makes fakes of noise, D tells them from reals, and each learns from the other. Watch the fakes go where D points.",
  source: "Goodfellow et al. 2014",
  data: "samples",
  networks: gameNetworks,
  players: gamePlayers,
  sampler: "generator",
  judge: "discriminator",
  settings,
  readings: READINGS,
  stacks: ganStacks,
  start: (kind) => ({ ...ganStart(kind), model: { type: "gan", ...PLAIN_GAME } }),
  conflicts: ganConflicts,
  ofData: ["augment"],
};
