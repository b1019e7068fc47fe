/**
 * The inputs that models' players ask for: reals, latents, noise, dropout's masks. Each is a function of (seed, stream, step). Which of
 * them a player takes in is its model's affair (models/).
 */
import type { Tensor } from "@tensorflow/tfjs";
import type { ExperimentConfig } from "../core/config";
import { sampleLatents } from "../core/latents";
import { integers, STREAMS, subStream } from "../core/rng";
import type { RealSource } from "./data";
import { type RandomDraw, randomDraw, type StepInputs, type StepMoment, type TakeIn } from "./draws";
import type { Network } from "./networks/network";

/** Dropout's masks by layer index. */
export type Masks = ReadonlyMap<number, Tensor>;

/** What a player's feed is made from. */
export interface FeedContext<N extends string = string, C extends ExperimentConfig = ExperimentConfig> {
  readonly config: C;
  readonly data: RealSource;
  /** Networks by name, for the shapes of what they take in. */
  readonly networks: Readonly<Record<N, { readonly network: Network }>>;
  readonly take: TakeIn;
}

/** Sub-sub-streams of a layer's masks: more than the most layers a network may have. */
const LAYERS_APART = 64;

/** The minibatch of the k-th update of a step, [batch, ...shape]. */
export function reals({ config, data, take }: FeedContext, k: number): Tensor {
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

/** The classes of `reals(context, k)`, one-hot [batch, classes]. @throws Error where the data has no classes */
export function realLabels(context: FeedContext, k: number): Tensor {
  const { config, data } = context;
  const { labels } = data;
  if (labels === undefined) throw new Error("This model needs data with labels, and these have none.");
  const stream = subStream(STREAMS.minibatch, k);
  const fill = (out: Int32Array, step: number) => labels.fill(out, config.seed, stream, step);
  return oneHot(context, labels.count, fill, (inputs) => inputs.labels);
}

/** Classes drawn with equal probability, one-hot [batch, classes]. */
export function drawnLabels(context: FeedContext, classes: number, stream: number): Tensor {
  const { seed } = context.config;
  return oneHot(context, classes, (out, step) => void integers(out, classes, seed, stream, step));
}

function oneHot(
  { config, take }: FeedContext,
  classes: number,
  fill: (labels: Int32Array, step: number) => void,
  given?: (inputs: StepInputs) => Float32Array | undefined,
): Tensor {
  const labels = new Int32Array(config.batchSize);
  return take({
    shape: [config.batchSize, classes],
    fill(out, { step }) {
      fill(labels, step);
      out.fill(0);
      for (const [i, label] of labels.entries()) out[i * classes + label] = 1;
    },
    ...(given === undefined ? {} : { given }),
  });
}

/** [batch, latent], from the prior. @param given what stands in for them, where a step's inputs are given */
export function latents(
  { config, take }: FeedContext,
  stream: number,
  given?: (inputs: StepInputs) => Float32Array | undefined,
): Tensor {
  const { size, prior } = config.latent;
  return take({
    shape: [config.batchSize, size],
    fill: (out, { step }) => void sampleLatents(out, prior, config.seed, stream, step),
    random: { kind: prior === "normal" ? "normals" : "symmetric", seed: config.seed, stream },
    ...(given === undefined ? {} : { given }),
  });
}

/** Standard normal numbers. @param given what stands in for them, where a step's inputs are given */
export function gaussian(
  { config, take }: FeedContext,
  shape: readonly number[],
  stream: number,
  given?: (inputs: StepInputs) => Float32Array | undefined,
): Tensor {
  return take(randomDraw(shape, { kind: "normals", seed: config.seed, stream }, given));
}

/** Numbers uniform in (0, 1). @param given what stands in for them, where a step's inputs are given */
export function uniform(
  { config, take }: FeedContext,
  shape: readonly number[],
  stream: number,
  given?: (inputs: StepInputs) => Float32Array | undefined,
): Tensor {
  return take(randomDraw(shape, { kind: "uniforms", seed: config.seed, stream }, given));
}

/**
 * Masks of all of a network's dropout layers for a pass of `count` examples.
 * @param k tells updates of a step apart
 * @param part tells passes of an update apart, 0 or 1
 */
export function dropoutMasks(
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
    const random: RandomDraw = {
      kind: "bernoulli",
      seed: config.seed,
      stream: subStream(stream, k, layer + LAYERS_APART * part),
      probability,
      value: 1 / probability,
    };
    masks.set(layer, take(randomDraw([count, ...inputShape], random)));
  }
  return masks;
}
