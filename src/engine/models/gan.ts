/**
 * The game of 2014 (Goodfellow et al.), its losses, penalties and tricks: z → G → fakes, D tells reals from fakes. What the turns take
 * in: gan-feeds.ts; looking ahead: unroll.ts.
 *
 * D judges reals and fakes in two passes. One over both would halve the operations, but two keep the sums apart: where reals and fakes
 * pull a bias with equal force (a unit that all of them switch on, under the hinge, Wasserstein or relativistic loss), its gradient is
 * then exactly zero in float32 too, and not a rounding error that Adam blows up to a full step.
 */
import * as tf from "@tensorflow/tfjs";
import type { AdversarialConfig } from "../../core/config";
import { LOSSES, type LossId } from "../../core/losses";
import type { GanNetwork } from "../../core/models/gan";
import { PLAYER_READINGS, type ReadingOf } from "../../core/readings";
import { STREAMS } from "../../core/rng";
import type { Masks } from "../feeds";
import { GAN_LOSSES } from "../losses";
import { activePenalties } from "../penalties";
import { penaltyTerm } from "../penalties/term";
import { type DiscriminatorFeed, feedDiscriminator, feedGenerator, type GeneratorFeed, seen } from "./gan-feeds";
import type { Model, ModelPlayer, Passed, Table } from "./types";
import { unroll } from "./unroll";

type GanTable = Table<GanNetwork, AdversarialConfig>;
type Readings<P extends GanNetwork> = Record<Exclude<ReadingOf<P>, `${string}GradNorm`>, tf.Scalar>;

const look = ({ config }: GanTable, x: tf.Tensor, noise: tf.Tensor | undefined) =>
  seen(x, noise, config.model.instanceNoise, config.model.packing);

/** Updates D. Fakes come from G with batch statistics and are constants. */
const discriminator: ModelPlayer<GanNetwork, DiscriminatorFeed, AdversarialConfig> = {
  updates: ["discriminator"],
  readings: PLAYER_READINGS.discriminator,
  gradientNorm: "dGradNorm",
  feed(context, k) {
    const needs = activePenalties(context.config.model.penalties).gradient.flatMap(({ penalty }) => penalty.needs);
    return feedDiscriminator(context, k, new Set(needs));
  },
  prepare(table, feed) {
    const made = table.apply("generator", feed.z, { masks: feed.masksG }).output;
    return { ...feed, real: look(table, feed.real, feed.noise?.real), fake: look(table, made, feed.noise?.fake) };
  },
  objective(table, { real, fake, masks, mix, perturbation }) {
    if (fake === undefined) throw new Error("D's turn was not prepared; this is a bug.");
    const { model } = table.config;
    const a = table.apply("discriminator", real, { masks: masks.real }).output;
    const b = table.apply("discriminator", fake, { masks: masks.fake }).output;
    const parts = GAN_LOSSES[model.loss].discriminator(a, b, model.labelSmoothing);
    const ofFakes = parts.fake ?? tf.scalar(0);
    const adversarial: tf.Scalar = tf.add(parts.real, ofFakes);
    const unread = tf.scalar(0);
    const { gradient } = activePenalties(model.penalties);
    const term = penaltyTerm(table, "discriminator", gradient, {
      real,
      fake,
      mix: mix ?? unread,
      perturbation: perturbation ?? unread,
    });
    const loss: tf.Scalar = term === null ? adversarial : tf.add(adversarial, term);
    const readings: Readings<"discriminator"> = {
      dLoss: adversarial,
      dLossReal: parts.real,
      dLossFake: ofFakes,
      dTotal: loss,
      dReal: tf.mean(tf.sigmoid(a)),
      dFake: tf.mean(tf.sigmoid(b)),
      dLogitReal: tf.mean(a),
      dLogitFake: tf.mean(b),
      ...accuracies(model.loss, a, b),
    };
    return { loss, readings };
  },
  constrain({ model }) {
    const { constraints } = activePenalties(model.penalties);
    if (constraints.length === 0) return undefined;
    return (weight) => constraints.reduce((w, { penalty, strength }) => penalty.apply(w, strength), weight);
  },
};

/** How many of a minibatch D gets right. */
function accuracies(loss: LossId, a: tf.Tensor, b: tf.Tensor) {
  const share = (x: tf.Tensor): tf.Scalar => tf.mean(tf.step(x));
  const { threshold } = LOSSES[loss];
  if (threshold !== null) {
    return { dAccuracyReal: share(tf.sub(a, threshold)), dAccuracyFake: share(tf.sub(threshold, b)) };
  }
  const pairs = share(tf.sub(a, b));
  return { dAccuracyReal: pairs, dAccuracyFake: pairs };
}

/** Updates G through D, which stays as it is; with unrolling, through D's next updates. */
const generator: ModelPlayer<GanNetwork, GeneratorFeed, AdversarialConfig> = {
  updates: ["generator"],
  readings: PLAYER_READINGS.generator,
  gradientNorm: "gGradNorm",
  feed(context, k) {
    const { loss, unrolledSteps } = context.config.model;
    return feedGenerator(context, k, GAN_LOSSES[loss].generatorNeeds !== "fakes" || unrolledSteps > 0);
  },
  prepare: (table, feed) => ({ ...feed, real: feed.real && look(table, feed.real, feed.noise?.real) }),
  objective(table, { z, masksG, real, noise, masks }) {
    const fake = look(table, table.apply("generator", z, { masks: masksG }).output, noise?.fake);
    const state = table.networks.discriminator;
    const weights =
      real === null || table.config.model.unrolledSteps === 0
        ? table.weights("discriminator")
        : state.effective(unroll(table, real, fake, masks));
    const verdict = (x: tf.Tensor, mask: Masks): Passed => state.network.forward(weights, x, { masks: mask });
    const { loss, logits } = generatorLoss(
      table,
      () => (real === null ? missing() : verdict(real, masks.real)),
      () => verdict(fake, masks.fake),
    );
    const readings: Readings<"generator"> = { gLoss: loss, dFakeG: tf.mean(tf.sigmoid(logits)) };
    return { loss, readings };
  },
};

/** G's loss, with the fakes' logits. Reals are judged only where the loss reads them. */
function generatorLoss(
  { config }: GanTable,
  judgeReals: () => Passed,
  judgeFakes: () => Passed,
): { readonly loss: tf.Scalar; readonly logits: tf.Tensor } {
  const rule = GAN_LOSSES[config.model.loss];
  if (rule.generatorNeeds === "fakes") {
    const { output } = judgeFakes();
    return { loss: rule.generator(output), logits: output };
  }
  const [a, b] = [judgeReals(), judgeFakes()];
  const loss =
    rule.generatorNeeds === "pairs" ? rule.generator(a.output, b.output) : rule.generator(a.features, b.features);
  return { loss, logits: b.output };
}

function missing(): never {
  throw new Error("G's loss needs reals and got none; this is a bug.");
}

export const gan: Model<GanNetwork, GanNetwork, AdversarialConfig> = {
  networks: { generator: { stream: STREAMS.initGenerator }, discriminator: { stream: STREAMS.initDiscriminator } },
  players: { discriminator, generator },
};
