/**
 * A generator's metrics on samples, and their noise floors, by the same draws wherever they are measured. No classifier: that needs files
 * (cli/evaluate.ts). Draws nothing from training's streams.
 */
import { samplerOf } from "../../core/config";
import { datasetOf } from "../../core/datasets";
import { evaluateFloors, evaluatePoints, type MetricValues } from "../../core/metrics";
import { evaluationCount } from "../../core/metrics/sample-counts";
import type { RealSource } from "../data";
import type { Trainer } from "../trainer";
import { evaluationReals, evaluationSamples } from "./evaluation-samples";

export interface MeasuredGenerator {
  readonly metrics: MetricValues;
  /** The same metrics between two real samples: what a perfect generator would read. */
  readonly floors: MetricValues;
  /** G's samples of the fixed evaluation latents, data scale [n, ...shape]. */
  readonly samples: Float32Array;
  /** As many real samples. */
  readonly reals: Float32Array;
}

/** What is measured, and the samples beyond it that somebody else asked for. */
export interface MeasuredWithMore extends MeasuredGenerator {
  /** All that were generated [many, ...shape]; the first of them are the ones measured. */
  readonly generated: Float32Array;
  /** The class that each of them was asked for, where the model is told classes. */
  readonly asked: Uint8Array | undefined;
}

/**
 * Measures the trainer's generator as it stands; by averaged weights where it has them, as they are what one would use.
 * @param atLeast samples to generate, where more are wanted than are measured
 */
export async function measureGenerator(trainer: Trainer, data: RealSource, atLeast = 0): Promise<MeasuredWithMore> {
  const { config } = trainer;
  const dataset = datasetOf(config.dataset);
  const count = evaluationCount(config.dataset);
  await data.ready(0);
  const dimension = data.shape.reduce((a, b) => a * b, 1);
  const averaged = samplerOf(config).ema > 0;
  const { samples: generated, asked } = await evaluationSamples(trainer, Math.max(count, atLeast), averaged);
  const samples = generated.subarray(0, count * dimension);
  const reals = evaluationReals(data, config.seed, count, 1);
  const realsB = evaluationReals(data, config.seed, count, 2);
  const kind = dataset.kind === "points" ? { modes: dataset.modes, extent: dataset.extent } : { image: dataset.shape };
  const input = {
    fakes: samples,
    reals,
    realsB,
    dimension,
    seed: config.seed,
    asked: asked?.subarray(0, count),
    ...kind,
  };
  return { metrics: evaluatePoints(input), floors: evaluateFloors(input), samples, reals, generated, asked };
}
