/** One GAN being trained: build, step, read, probe, save, restore, dispose. No loop, no clock, no messages. */
import type { ExperimentConfig, Players } from "../core/config";
import type { Snapshot } from "../core/snapshot";
import type { RealSource } from "./data";

/** Numbers of the steps since the last read, one row a step in the order of core/history's STEP_SERIES. */
export interface StepNumbers {
  readonly steps: Float64Array; // [n]
  readonly values: Float32Array; // [n, STEP_SERIES_COUNT]
}

/** Random inputs of one training step, for the oracle: flattened, row-major. Otherwise they come from core/rng. */
export interface StepInputs {
  readonly real: Float32Array; // [batch, ...dataShape]
  readonly zD: Float32Array; // [batch, latentDim]
  readonly zG: Float32Array; // [batch, latentDim]
  readonly mix: Float32Array; // [batch], WGAN-GP's interpolation weights
}

export interface TrainerOptions {
  readonly config: ExperimentConfig;
  readonly data: RealSource;
}

/**
 * One GAN on the current TensorFlow.js backend. A training step at step s draws everything random from
 * (config.seed, stream, s), so the run is a function of the configuration; probes use streams of their own.
 */
export interface Trainer {
  readonly config: ExperimentConfig;
  /** Training steps done. */
  readonly step: number;
  /** Applies a live change (core/config changeKind). @throws Error when the change needs a restart. */
  update(config: ExperimentConfig): void;
  /** Data for the next step, when it is still loading; undefined when the step can run now. */
  ready(): Promise<void> | undefined;
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
  /** Everything that the run's future depends on. */
  save(): Promise<Snapshot>;
  /** Goes on from a saved state of the same structure. @throws Error naming the tensor that does not fit. */
  restore(snapshot: Snapshot): void;
  dispose(): void;
}
