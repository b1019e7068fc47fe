/**
 * What a training step takes in from outside: minibatches, latents, noise, dropout masks, each described as a `Draw`, which
 * can be drawn for any step. So the rest of a step is the same list of operations every time. Makes no tensors: the trainer
 * turns draws into tensors (eagerly), or has them written to fixed memory (replay).
 */
import type { Tensor } from "@tensorflow/tfjs";
import type { ExperimentConfig } from "../core/config";
import { sampleLatents } from "../core/latents";
import { bernoulli, normals, STREAMS, subStream, uniforms } from "../core/rng";
import type { RealSource } from "./data";
import type { ImageSet } from "./image-set";
import type { Network } from "./networks";

/** Random inputs of one training step, for the oracle: flattened, row-major. Otherwise they come from core/rng. */
export interface StepInputs {
  readonly real: Float32Array; // [batch, ...dataShape]
  readonly zD: Float32Array; // [batch, latentDim]
  readonly zG: Float32Array; // [batch, latentDim]
  readonly mix: Float32Array; // [batch], WGAN-GP's interpolation weights
}

/** When something is drawn: the state at the start of a training step. */
export interface StepMoment {
  readonly step: number;
  /** Updates that each player has behind it. */
  readonly updates: { readonly generator: number; readonly discriminator: number };
  /** Given in place of what would be drawn. */
  readonly inputs: StepInputs | undefined;
}

/** Random numbers by description, so that a backend may draw them itself; the same bits as `fill` gives. */
export type RandomDraw =
  | { readonly kind: "normals" | "uniforms" | "symmetric"; readonly seed: number; readonly stream: number }
  | {
      readonly kind: "bernoulli";
      readonly seed: number;
      readonly stream: number;
      readonly probability: number;
      readonly value: number;
    };

/** Images of a set, by description: a device that keeps the set can take them itself. */
export interface ImageDraw {
  readonly set: ImageSet;
  /** Which images, [batch]; valid until the next call. @throws Error when they are not loaded */
  indices(moment: StepMoment): Int32Array;
}

/** One input of a step. */
export interface Draw {
  readonly shape: readonly number[];
  /** Fills `out`, of the shape's size. */
  fill(out: Float32Array, moment: StepMoment): void;
  /** The same, where it is nothing but random numbers. */
  readonly random?: RandomDraw;
  /** The same, where it is images of a set by index. */
  readonly images?: ImageDraw;
  /** What stands in for it in the inputs of a moment, if anything does. */
  given?(inputs: StepInputs): Float32Array;
}

/** Turns a draw into a tensor of its shape, which the caller's tidy owns. */
export type TakeIn = (draw: Draw) => Tensor;

/** Dropout's masks by layer index. */
export type Masks = ReadonlyMap<number, Tensor>;

/** What D judges and how, in either player's step. */
export interface JudgeFeed {
  /** Standard normal noise on reals and fakes [batch, ...shape]; null without instance noise. */
  readonly noise: { readonly real: Tensor; readonly fake: Tensor } | null;
  /** D's masks for reals and fakes, each [judged, ...]. */
  readonly masks: { readonly real: Masks; readonly fake: Masks };
}

export interface DiscriminatorFeed extends JudgeFeed {
  readonly real: Tensor; // [batch, ...shape]
  readonly z: Tensor; // [batch, latent]
  readonly masksG: Masks;
  /** [judged], and [judged, ...]; null when no penalty asks for it. */
  readonly mix: Tensor | null;
  readonly perturbation: Tensor | null;
}

export interface GeneratorFeed extends JudgeFeed {
  /** null when G's loss reads no reals. */
  readonly real: Tensor | null;
  readonly z: Tensor;
  readonly masksG: Masks;
}

export interface FeedContext {
  readonly config: ExperimentConfig;
  readonly data: RealSource;
  readonly generator: Network;
  readonly discriminator: Network;
  readonly take: TakeIn;
}

/** Sub-stream number of G's own update; D's updates of a step are 0, 1, 2, ... */
const G_UPDATE = 4095;
const REAL = 0;
const FAKE = 1;
/** Sub-sub-streams of a layer's masks: more than the most layers a player may have. */
const LAYERS_APART = 64;

/** Inputs of the k-th update of D within a training step. */
export function feedDiscriminator(
  context: FeedContext,
  k: number,
  needs: ReadonlySet<"mix" | "perturbation">,
): DiscriminatorFeed {
  const { config, discriminator, take } = context;
  const { seed } = config;
  const judged = config.batchSize / config.packing;
  const mix: RandomDraw = { kind: "uniforms", seed, stream: subStream(STREAMS.mix, k) };
  return {
    real: reals(context, k),
    z: latents(context, subStream(STREAMS.latentD, k), (inputs) => inputs.zD),
    masksG: drawMasks(context, context.generator, config.batchSize, STREAMS.dropoutG, k, FAKE),
    mix: needs.has("mix") ? take(randomDraw([judged], mix, (inputs) => inputs.mix)) : null,
    perturbation: needs.has("perturbation")
      ? gaussian(context, [judged, ...discriminator.inputShape], subStream(STREAMS.perturb, k))
      : null,
    ...judgeFeed(context, k),
  };
}

/** Inputs of G's update; `withReals` when its loss looks at reals: those of the step's last update of D. */
export function feedGenerator(context: FeedContext, withReals: boolean): GeneratorFeed {
  const { config } = context;
  return {
    real: withReals ? reals(context, config.discriminatorSteps - 1) : null,
    z: latents(context, STREAMS.latentG, (inputs) => inputs.zG),
    masksG: drawMasks(context, context.generator, config.batchSize, STREAMS.dropoutG, G_UPDATE, FAKE),
    ...judgeFeed(context, G_UPDATE),
  };
}

function judgeFeed(context: FeedContext, k: number): JudgeFeed {
  const { config, data, discriminator } = context;
  const judged = config.batchSize / config.packing;
  const noise = (part: number) =>
    gaussian(context, [config.batchSize, ...data.shape], subStream(STREAMS.noise, k, part));
  const masks = (part: number) => drawMasks(context, discriminator, judged, STREAMS.dropoutD, k, part);
  return {
    noise: config.instanceNoise > 0 ? { real: noise(REAL), fake: noise(FAKE) } : null,
    masks: { real: masks(REAL), fake: masks(FAKE) },
  };
}

function reals({ config, data, take }: FeedContext, k: number): Tensor {
  const stream = subStream(STREAMS.minibatch, k);
  const { images: set } = data;
  const indices = ({ step }: StepMoment) => set?.minibatchIndices(config.batchSize, config.seed, stream, step);
  return take({
    ...(set === undefined ? {} : { images: { set, indices: (moment) => indices(moment) ?? new Int32Array(0) } }),
    shape: [config.batchSize, ...data.shape],
    fill: (out, { step }) => data.minibatch(out, config.seed, stream, step),
    given: (inputs) => inputs.real,
  });
}

function latents({ config, take }: FeedContext, stream: number, given: (inputs: StepInputs) => Float32Array): Tensor {
  const { size, prior } = config.latent;
  return take({
    shape: [config.batchSize, size],
    fill: (out, { step }) => void sampleLatents(out, prior, config.seed, stream, step),
    random: { kind: prior === "normal" ? "normals" : "symmetric", seed: config.seed, stream },
    given,
  });
}

function gaussian({ config, take }: FeedContext, shape: number[], stream: number): Tensor {
  return take(randomDraw(shape, { kind: "normals", seed: config.seed, stream }));
}

function drawMasks(
  { config, take }: FeedContext,
  network: Network,
  count: number,
  stream: number,
  k: number,
  part: number,
): Masks {
  const masks = new Map<number, Tensor>();
  for (const [layer, { spec, inputShape }] of network.layers.entries()) {
    if (spec.type !== "dropout" || spec.rate === 0) continue;
    const probability = 1 - spec.rate;
    const layerStream = subStream(stream, k, layer + LAYERS_APART * part);
    const random = { kind: "bernoulli", seed: config.seed, stream: layerStream, probability, value: 1 / probability };
    masks.set(layer, take(randomDraw([count, ...inputShape], random as RandomDraw)));
  }
  return masks;
}

function randomDraw(shape: number[], random: RandomDraw, given?: (inputs: StepInputs) => Float32Array): Draw {
  return {
    shape,
    random,
    fill: (out, { step }) => drawOnHost(out, random, step),
    ...(given === undefined ? {} : { given }),
  };
}

function drawOnHost(out: Float32Array, random: RandomDraw, step: number): void {
  const { seed, stream } = random;
  switch (random.kind) {
    case "normals":
      normals(out, seed, stream, step);
      return;
    case "uniforms":
      uniforms(out, seed, stream, step);
      return;
    case "symmetric":
      sampleLatents(out, "uniform", seed, stream, step);
      return;
    case "bernoulli":
      bernoulli(out, random.probability, seed, stream, step, random.value);
      return;
    default:
      random satisfies never;
  }
}

/** Writes a draw's numbers to `out`, of its size. */
export function fillDraw(draw: Draw, out: Float32Array, moment: StepMoment): void {
  const given = moment.inputs && draw.given?.(moment.inputs);
  if (given === undefined) draw.fill(out, moment);
  else if (given.length === out.length) out.set(given);
  else
    throw new Error(`An input of a step has ${given.length} numbers, but [${draw.shape.join(", ")}] were asked for.`);
}
