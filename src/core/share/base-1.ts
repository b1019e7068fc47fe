/**
 * Links of version 1, the first that were published; they say no version. Frozen: these values are what such links were
 * differences from, so nothing here may change. Written out in full, so that nothing elsewhere changes it either.
 */
import { withModel } from "../architecture/adapt";
import type { LayerSpec } from "../architecture/layers";
import type { GanConfig, OptimizerConfig } from "../config";
import { type DatasetId, dataShape } from "../datasets";
import type { DataKind } from "../models/types";
import type { LinkBase, LinkStack } from "./bases";

const leaky = (units: number): LayerSpec => ({ type: "dense", units, activation: "leakyRelu", alpha: 0.2 });
const logit: LayerSpec = { type: "dense", units: 1 };

interface Pair {
  readonly kind: DataKind;
  generator(shape: readonly number[]): LayerSpec[];
  discriminator(): LayerSpec[];
}

const points = (width: number): Pair => ({
  kind: "points",
  generator: ([dimension = 1]) => [leaky(width), leaky(width), leaky(width), { type: "dense", units: dimension }],
  discriminator: () => [leaky(width), leaky(width), leaky(width), logit],
});

const imageEnd = (shape: readonly number[]): LayerSpec[] => [
  { type: "dense", units: shape.reduce((a, b) => a * b, 1), activation: "tanh" },
  { type: "reshape", shape: [...shape] },
];

const mlpDiscriminator = (): LayerSpec[] => [
  { type: "flatten" },
  leaky(1024),
  { type: "dropout", rate: 0.3 },
  leaky(512),
  { type: "dropout", rate: 0.3 },
  leaky(256),
  { type: "dropout", rate: 0.3 },
  logit,
];

const stacks = {
  toy: points(64),
  "toy-wide": points(128),
  "mlp-small": {
    kind: "images",
    generator: (shape) => [leaky(128), leaky(256), ...imageEnd(shape)],
    discriminator: () => [{ type: "flatten" }, leaky(256), leaky(128), logit],
  },
  "mlp-batch-norm": {
    kind: "images",
    generator: (shape) => [
      { type: "dense", units: 256, useBias: false },
      { type: "batchNorm", activation: "relu" },
      { type: "dense", units: 512, useBias: false },
      { type: "batchNorm", activation: "relu" },
      { type: "dense", units: 1024, useBias: false },
      { type: "batchNorm", activation: "relu" },
      ...imageEnd(shape),
    ],
    discriminator: mlpDiscriminator,
  },
  "mlp-leaky": {
    kind: "images",
    generator: (shape) => [leaky(256), leaky(512), leaky(1024), ...imageEnd(shape)],
    discriminator: mlpDiscriminator,
  },
  "dcgan-small": {
    kind: "images",
    generator: ([height = 28, width = 28, channels = 1]) => [
      { type: "dense", units: (height / 4) * (width / 4) * 64, useBias: false },
      { type: "batchNorm", activation: "relu" },
      { type: "reshape", shape: [height / 4, width / 4, 64] },
      { type: "conv2dTranspose", filters: 32, kernelSize: 4, strides: 2, useBias: false },
      { type: "batchNorm", activation: "relu" },
      { type: "conv2dTranspose", filters: channels, kernelSize: 4, strides: 2, activation: "tanh" },
    ],
    discriminator: () => [
      { type: "conv2d", filters: 32, kernelSize: 4, strides: 2, activation: "leakyRelu", alpha: 0.2 },
      { type: "conv2d", filters: 64, kernelSize: 4, strides: 2, activation: "leakyRelu", alpha: 0.2 },
      { type: "flatten" },
      logit,
    ],
  },
} satisfies Record<string, Pair>;

const adam = (learningRate: number): OptimizerConfig => ({
  type: "adam",
  learningRate,
  beta1: 0.5,
  beta2: 0.999,
  epsilon: 1e-8,
});

const start: GanConfig = {
  seed: 1,
  dataset: "ring",
  latent: { size: 2, prior: "normal" },
  batchSize: 128,
  model: {
    type: "gan",
    loss: "non-saturating",
    penalties: { clip: 0, wganGp: 0, dragan: 0, r1: 0, r2: 0 },
    labelSmoothing: 1,
    instanceNoise: 0,
    augment: { flip: 0, shift: 0, colour: 0, cutout: 0 },
    packing: 1,
    unrolledSteps: 0,
  },
  networks: {
    generator: { layers: stacks.toy.generator([2]), initializer: "he", ema: 0 },
    discriminator: { layers: stacks.toy.discriminator(), initializer: "he", ema: 0 },
  },
  players: {
    discriminator: { optimizer: adam(1e-3), turns: 1 },
    generator: { optimizer: adam(1e-3), turns: 1 },
  },
  schedule: { type: "constant", steps: 10_000, finalRatio: 0.01 },
};

function gameOn(dataset: DatasetId): GanConfig {
  const shape = dataShape(dataset);
  if (shape.length === 1) {
    const layers = { generator: stacks.toy.generator(shape), discriminator: stacks.toy.discriminator() };
    return {
      ...start,
      dataset,
      networks: {
        generator: { ...start.networks.generator, layers: layers.generator },
        discriminator: { ...start.networks.discriminator, layers: layers.discriminator },
      },
    };
  }
  const stack = stacks["mlp-small"];
  return {
    ...start,
    dataset,
    latent: { size: 64, prior: "normal" },
    batchSize: 64,
    networks: {
      generator: { layers: stack.generator(shape), initializer: "glorot", ema: 0 },
      discriminator: { layers: stack.discriminator(), initializer: "glorot", ema: 0 },
    },
    players: {
      discriminator: { optimizer: adam(2e-4), turns: 1 },
      generator: { optimizer: adam(2e-4), turns: 1 },
    },
  };
}

const linkStacks: Readonly<Record<string, LinkStack>> = Object.fromEntries(
  Object.entries(stacks).map(([id, { kind, generator, discriminator }]): [string, LinkStack] => [
    id,
    { kind, layers: ({ data }) => ({ generator: generator(data), discriminator: discriminator() }) },
  ]),
);

/** These links knew of one model. */
export const base1: LinkBase = {
  start,
  startOn: (dataset, model) => withModel(gameOn(dataset), model),
  stacks: () => linkStacks,
};
