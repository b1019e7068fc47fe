/**
 * What a training step takes in from outside: minibatches, latents, noise, dropout masks, rates, drawn on the host and put
 * on the device before the step computes anything. So the rest of a step is the same list of operations every time.
 */
import * as tf from "@tensorflow/tfjs";
import type { ExperimentConfig } from "../core/config";
import { sampleLatents } from "../core/latents";
import { bernoulli, normals, STREAMS, subStream, uniforms } from "../core/rng";
import type { RealSource } from "./data";
import type { Network } from "./networks";
import type { StepInputs } from "./trainer";

/** Dropout's masks by layer index. */
export type Masks = ReadonlyMap<number, tf.Tensor>;

/** What D judges and how, in either player's step. */
export interface JudgeFeed {
  /** Standard normal noise on reals and fakes [batch, ...shape]; null without instance noise. */
  readonly noise: { readonly real: tf.Tensor; readonly fake: tf.Tensor } | null;
  /** D's masks for reals and fakes, each [judged, ...]. */
  readonly masks: { readonly real: Masks; readonly fake: Masks };
}

export interface DiscriminatorFeed extends JudgeFeed {
  readonly real: tf.Tensor; // [batch, ...shape]
  readonly z: tf.Tensor; // [batch, latent]
  readonly masksG: Masks;
  readonly mix: tf.Tensor; // [judged]; a scalar zero when no penalty asks for it
  readonly perturbation: tf.Tensor; // [judged, ...]; likewise
}

export interface GeneratorFeed extends JudgeFeed {
  /** null when G's loss reads no reals. */
  readonly real: tf.Tensor | null;
  readonly z: tf.Tensor;
  readonly masksG: Masks;
}

export interface FeedContext {
  readonly config: ExperimentConfig;
  readonly data: RealSource;
  readonly generator: Network;
  readonly discriminator: Network;
}

/** Sub-stream number of G's own update; D's updates of a step are 0, 1, 2, ... */
const G_UPDATE = 4095;
const REAL = 0;
const FAKE = 1;
/** Sub-sub-streams of a layer's masks: more than the most layers a player may have. */
const LAYERS_APART = 64;

/** Random inputs of the k-th update of D within training step `step`; the caller's tidy owns the tensors. */
export function feedDiscriminator(
  context: FeedContext,
  step: number,
  k: number,
  needs: ReadonlySet<"mix" | "perturbation">,
  inputs: StepInputs | undefined,
): DiscriminatorFeed {
  const { config, discriminator } = context;
  const judged = config.batchSize / config.packing;
  const z = subStream(STREAMS.latentD, k);
  return {
    real: reals(context, step, k, inputs),
    z: latents(config, z, step, inputs?.zD),
    masksG: drawMasks(context.generator, config.batchSize, config.seed, STREAMS.dropoutG, k, FAKE, step),
    mix: needs.has("mix")
      ? tf.tensor1d(
          inputs?.mix ?? uniforms(new Float32Array(judged), config.seed, subStream(STREAMS.mix, k), step),
          "float32",
        )
      : tf.scalar(0),
    perturbation: needs.has("perturbation")
      ? gaussian([judged, ...discriminator.inputShape], config.seed, subStream(STREAMS.perturb, k), step)
      : tf.scalar(0),
    ...judgeFeed(context, step, k),
  };
}

/** Random inputs of G's update; `withReals` when its loss looks at reals: those of the step's last update of D. */
export function feedGenerator(
  context: FeedContext,
  step: number,
  withReals: boolean,
  inputs: StepInputs | undefined,
): GeneratorFeed {
  const { config } = context;
  return {
    real: withReals ? reals(context, step, config.discriminatorSteps - 1, inputs) : null,
    z: latents(config, STREAMS.latentG, step, inputs?.zG),
    masksG: drawMasks(context.generator, config.batchSize, config.seed, STREAMS.dropoutG, G_UPDATE, FAKE, step),
    ...judgeFeed(context, step, G_UPDATE),
  };
}

function judgeFeed({ config, data, discriminator }: FeedContext, step: number, k: number): JudgeFeed {
  const judged = config.batchSize / config.packing;
  const noise = (part: number) =>
    gaussian([config.batchSize, ...data.shape], config.seed, subStream(STREAMS.noise, k, part), step);
  const masks = (part: number) => drawMasks(discriminator, judged, config.seed, STREAMS.dropoutD, k, part, step);
  return {
    noise: config.instanceNoise > 0 ? { real: noise(REAL), fake: noise(FAKE) } : null,
    masks: { real: masks(REAL), fake: masks(FAKE) },
  };
}

function reals({ config, data }: FeedContext, step: number, k: number, inputs: StepInputs | undefined): tf.Tensor {
  const shape = [config.batchSize, ...data.shape];
  if (inputs !== undefined) return tf.tensor(inputs.real, shape, "float32");
  const out = new Float32Array(shape.reduce((a, b) => a * b, 1));
  data.minibatch(out, config.seed, subStream(STREAMS.minibatch, k), step);
  return tf.tensor(out, shape);
}

function latents(config: ExperimentConfig, stream: number, step: number, given: Float32Array | undefined): tf.Tensor {
  const { size, prior } = config.latent;
  const out = given ?? sampleLatents(new Float32Array(config.batchSize * size), prior, config.seed, stream, step);
  return tf.tensor2d(out, [config.batchSize, size], "float32");
}

function gaussian(shape: number[], seed: number, stream: number, step: number): tf.Tensor {
  return tf.tensor(normals(new Float32Array(shape.reduce((a, b) => a * b, 1)), seed, stream, step), shape);
}

function drawMasks(
  network: Network,
  count: number,
  seed: number,
  stream: number,
  k: number,
  part: number,
  step: number,
): Masks {
  const masks = new Map<number, tf.Tensor>();
  for (const [layer, { spec, inputShape }] of network.layers.entries()) {
    if (spec.type !== "dropout" || spec.rate === 0) continue;
    const shape = [count, ...inputShape];
    const out = new Float32Array(shape.reduce((a, b) => a * b, 1));
    const keep = 1 - spec.rate;
    bernoulli(out, keep, seed, subStream(stream, k, layer + LAYERS_APART * part), step, 1 / keep);
    masks.set(layer, tf.tensor(out, shape));
  }
  return masks;
}
