/**
 * Links of version 1, the first that were published; they say no version. Frozen: these values are what such links were
 * differences from, so nothing here may change. Written out in full, so that nothing elsewhere changes it either.
 */
import type { LayerSpec } from "../architecture/layers";
import type { ExperimentConfig, OptimizerConfig } from "../config";
import { dataShape } from "../datasets";
import type { LinkBase, LinkStack } from "./bases";

const leaky = (units: number): LayerSpec => ({ type: "dense", units, activation: "leakyRelu", alpha: 0.2 });
const logit: LayerSpec = { type: "dense", units: 1 };

const points = (width: number): LinkStack => ({
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
} satisfies Record<string, LinkStack>;

const adam = (learningRate: number): OptimizerConfig => ({
  type: "adam",
  learningRate,
  beta1: 0.5,
  beta2: 0.999,
  epsilon: 1e-8,
});

const start: ExperimentConfig = {
  seed: 1,
  dataset: "ring",
  latent: { size: 2, prior: "normal" },
  batchSize: 128,
  discriminatorSteps: 1,
  loss: "non-saturating",
  generator: { layers: stacks.toy.generator([2], 2), initializer: "he", optimizer: adam(1e-3), ema: 0 },
  discriminator: { layers: stacks.toy.discriminator([2], 2), initializer: "he", optimizer: adam(1e-3) },
  penalties: { clip: 0, wganGp: 0, dragan: 0, r1: 0, r2: 0 },
  labelSmoothing: 1,
  instanceNoise: 0,
  packing: 1,
  unrolledSteps: 0,
  schedule: { type: "constant", steps: 10_000, finalRatio: 0.01 },
};

export const base1: LinkBase = {
  start,
  stacks,
  startOn(dataset) {
    const shape = dataShape(dataset);
    if (shape.length === 1) {
      const { generator, discriminator } = start;
      const layers = { generator: stacks.toy.generator(shape, 2), discriminator: stacks.toy.discriminator(shape, 2) };
      return {
        ...start,
        dataset,
        generator: { ...generator, layers: layers.generator },
        discriminator: { ...discriminator, layers: layers.discriminator },
      };
    }
    const stack = stacks["mlp-small"];
    return {
      ...start,
      dataset,
      latent: { size: 64, prior: "normal" },
      batchSize: 64,
      generator: { layers: stack.generator(shape), initializer: "glorot", optimizer: adam(2e-4), ema: 0 },
      discriminator: { layers: stack.discriminator(), initializer: "glorot", optimizer: adam(2e-4) },
    };
  },
};
