/** Small experiments for tests of the engine. No expectations. */
import {
  DEFAULT_CONFIG,
  type ExperimentConfig,
  type GanConfig,
  type OptimizerConfig,
  withChanges,
} from "../../src/core/config";
import { datasetOf } from "../../src/core/datasets";
import { pointSource, type RealSource } from "../../src/engine/data";
import { createTrainer, type Trainer } from "../../src/engine/trainer";

/** Rate, start and schedule are its own: what is expected of it must not change with the page's default experiment. */
const optimizer: OptimizerConfig = { type: "adam", learningRate: 1e-3, beta1: 0.5, beta2: 0.999, epsilon: 1e-8 };

/** Two narrow layers a player on the ring: a step of it takes about a millisecond. */
export const SMALL: GanConfig = withChanges(DEFAULT_CONFIG, {
  batchSize: 16,
  schedule: { type: "constant", steps: 10_000, finalRatio: 0.01 },
  networks: {
    generator: {
      initializer: "he",
      layers: [
        { type: "dense", units: 8, activation: "leakyRelu" },
        { type: "dense", units: 2 },
      ],
    },
    discriminator: {
      initializer: "he",
      layers: [
        { type: "dense", units: 8, activation: "leakyRelu" },
        { type: "dense", units: 1 },
      ],
    },
  },
  players: { generator: { optimizer }, discriminator: { optimizer } },
});

/** Everything that draws random numbers or keeps state at once. */
export const EVERYTHING: GanConfig = withChanges(SMALL, {
  schedule: { type: "cosine", steps: 20, finalRatio: 0.1 },
  model: {
    loss: "relativistic",
    penalties: { clip: 1, wganGp: 0, dragan: 1, r1: 0.1, r2: 0.1 },
    instanceNoise: 0.1,
    packing: 2,
    unrolledSteps: 2,
  },
  networks: {
    generator: {
      layers: [
        { type: "dense", units: 8, useBias: false },
        { type: "batchNorm", activation: "relu" },
        { type: "dropout", rate: 0.2 },
        { type: "dense", units: 2 },
      ],
      ema: 0.9,
    },
    discriminator: {
      layers: [
        { type: "dense", units: 8, activation: "swish", spectralNorm: true },
        { type: "dropout", rate: 0.3 },
        { type: "layerNorm" },
        { type: "dense", units: 1 },
      ],
    },
  },
  players: {
    discriminator: { turns: 2, optimizer: { type: "rmsprop", learningRate: 1e-3, decay: 0.9, epsilon: 1e-8 } },
  },
});

export function sourceOf(config: ExperimentConfig): RealSource {
  const dataset = datasetOf(config.dataset);
  if (dataset.kind !== "points") throw new Error("These tests sample points.");
  return pointSource(dataset);
}

export const trainerOf = (config: ExperimentConfig): Trainer => createTrainer({ config, data: sourceOf(config) });

export function trainSteps(trainer: Trainer, steps: number): void {
  for (let i = 0; i < steps; i++) trainer.train("all");
}
