/** What G's and D's turns take in, and what D sees of it. Streams are those of the first version: a seed's run stays what it is. */
import * as tf from "@tensorflow/tfjs";
import type { AdversarialConfig } from "../../core/config";
import type { GanNetwork } from "../../core/models/gan";
import { STREAMS, subStream } from "../../core/rng";
import { type AugmentFeed, augmented, augmentNumbers, feedAugment } from "../augment";
import { dropoutMasks, type FeedContext, gaussian, latents, type Masks, realLabels, reals, uniform } from "../feeds";

/** What the feeds of a game are made from. */
export type GanFeedContext = FeedContext<GanNetwork, AdversarialConfig>;

/** What D judges and how, in either player's turn. */
export interface JudgeFeed {
  /** Standard normal noise on reals and fakes [batch, ...shape]; null without instance noise. */
  readonly noise: { readonly real: tf.Tensor; readonly fake: tf.Tensor } | null;
  /** What is done to reals and fakes before D sees them; null where nothing is. */
  readonly augment: { readonly real: AugmentFeed; readonly fake: AugmentFeed } | null;
  /** D's masks for reals and fakes, each [judged, ...]. */
  readonly masks: { readonly real: Masks; readonly fake: Masks };
  /** One-hot classes [batch, classes] of the reals, which the fakes are asked for too; null in a game without. */
  readonly labels: tf.Tensor | null;
}

export interface DiscriminatorFeed extends JudgeFeed {
  readonly real: tf.Tensor; // [batch, ...shape]; as D sees them once prepared
  readonly z: tf.Tensor; // [batch, latent]
  readonly masksG: Masks;
  /** [judged], and [judged, ...]; null when no penalty asks for it. */
  readonly mix: tf.Tensor | null;
  readonly perturbation: tf.Tensor | null;
  /** As D sees them; made when the turn is prepared. */
  readonly fake?: tf.Tensor;
}

export interface GeneratorFeed extends JudgeFeed {
  /** null when G's loss reads no reals; as D sees them once prepared. */
  readonly real: tf.Tensor | null;
  readonly z: tf.Tensor;
  readonly masksG: Masks;
}

/** Sub-stream number of G's k-th update of a step; D's are 0, 1, 2, ... */
const updateOfG = (k: number) => 4095 - k;
const REAL = 0;
const FAKE = 1;

/** Inputs of the k-th update of D within a training step. */
export function feedDiscriminator(
  context: GanFeedContext,
  k: number,
  needs: ReadonlySet<"mix" | "perturbation">,
  labelled: boolean,
): DiscriminatorFeed {
  const { config, networks } = context;
  const judged = config.batchSize / config.model.packing;
  return {
    real: reals(context, k),
    z: latents(context, subStream(STREAMS.latentD, k), (inputs) => inputs.zD),
    masksG: dropoutMasks(context, networks.generator.network, config.batchSize, STREAMS.dropoutG, k, FAKE),
    mix: needs.has("mix") ? uniform(context, [judged], subStream(STREAMS.mix, k), (inputs) => inputs.mix) : null,
    perturbation: needs.has("perturbation")
      ? gaussian(context, [judged, ...networks.discriminator.network.inputShape], subStream(STREAMS.perturb, k))
      : null,
    ...judgeFeed(context, k),
    labels: labelled ? realLabels(context, k) : null,
  };
}

/**
 * Inputs of the k-th update of G within a training step.
 * @param withReals its loss looks at reals: those of the step's last update of D in the first turn, then others
 */
export function feedGenerator(
  context: GanFeedContext,
  k: number,
  withReals: boolean,
  labelled: boolean,
): GeneratorFeed {
  const { config, networks } = context;
  const update = updateOfG(k);
  const minibatch = config.players.discriminator.turns - 1 + k;
  return {
    real: withReals ? reals(context, minibatch) : null,
    z: latents(context, subStream(STREAMS.latentG, k), (inputs) => inputs.zG),
    masksG: dropoutMasks(context, networks.generator.network, config.batchSize, STREAMS.dropoutG, update, FAKE),
    ...judgeFeed(context, update),
    labels: labelled ? realLabels(context, minibatch) : null,
  };
}

function judgeFeed(context: GanFeedContext, k: number): Omit<JudgeFeed, "labels"> {
  const { config, data, networks } = context;
  const judged = config.batchSize / config.model.packing;
  const noise = (part: number) =>
    gaussian(context, [config.batchSize, ...data.shape], subStream(STREAMS.noise, k, part));
  const masks = (part: number) =>
    dropoutMasks(context, networks.discriminator.network, judged, STREAMS.dropoutD, k, part);
  const augment = (part: number) =>
    feedAugment(config.model.augment, config.batchSize, data.shape, augmentNumbers(config.seed, k, part), context.take);
  const [augmentReal, augmentFake] = [augment(REAL), augment(FAKE)];
  return {
    augment: augmentReal === null || augmentFake === null ? null : { real: augmentReal, fake: augmentFake },
    noise: config.model.instanceNoise > 0 ? { real: noise(REAL), fake: noise(FAKE) } : null,
    masks: { real: masks(REAL), fake: masks(FAKE) },
  };
}

/** What D sees of samples [batch, ...shape]: augmented, with instance noise, in packs. [batch / packing, ...D's input shape] */
export function seen(
  samples: tf.Tensor,
  augment: AugmentFeed | null,
  noise: tf.Tensor | undefined,
  deviation: number,
  packing: number,
): tf.Tensor {
  const x = augmented(samples, augment);
  const noisy = noise === undefined || deviation === 0 ? x : tf.add(x, tf.mul(noise, deviation));
  return packing === 1 ? noisy : tf.concat(tf.split(noisy, packing, 0), noisy.rank - 1);
}
