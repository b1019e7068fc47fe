/**
 * The game of 2014 (Goodfellow et al.), its losses, penalties and tricks: z → G → fakes, D tells reals from fakes. What
 * the turns take in: gan-feeds.ts; D's two verdicts: gan-verdicts.ts; looking ahead: unroll.ts. Games whose players
 * know classes (cgan.ts, acgan.ts) are the same game told more: gan-labels.ts.
 */
import * as tf from "@tensorflow/tfjs";
import type { AdversarialConfig } from "../../core/config";
import { LOSSES, type LossId } from "../../core/losses";
import { acgan as acganWords } from "../../core/models/acgan";
import type { GanNetwork } from "../../core/models/gan";
import { readingsOf } from "../../core/models/readings-of";
import { PLAYER_READINGS, type ReadingOf } from "../../core/readings";
import { STREAMS } from "../../core/rng";
import type { Masks } from "../feeds";
import { GAN_LOSSES } from "../losses";
import { activePenalties } from "../penalties";
import { penaltyTerm } from "../penalties/term";
import {
  type DiscriminatorFeed,
  feedDiscriminator,
  feedGenerator,
  type GeneratorFeed,
  type JudgeFeed,
  seen,
} from "./gan-feeds";
import { hasClasses, heads, labelsFor, naming, type Told, toldTo, type Verdict } from "./gan-labels";
import { verdicts } from "./gan-verdicts";
import type { Model, ModelPlayer, Table } from "./types";
import { unroll } from "./unroll";

/** What turns tell where D names classes too. */
const NAMING_READINGS = {
  discriminator: readingsOf(acganWords, "discriminator"),
  generator: readingsOf(acganWords, "generator"),
};

type GanTable = Table<GanNetwork, AdversarialConfig>;
type Readings<P extends GanNetwork> = Record<Exclude<ReadingOf<P>, `${string}GradNorm`>, tf.Scalar>;

/** What D sees of reals or of fakes. */
const look = ({ config }: GanTable, x: tf.Tensor, { noise, augment }: JudgeFeed, side: "real" | "fake") =>
  seen(x, augment?.[side] ?? null, noise?.[side], config.model.instanceNoise, config.model.packing);

/** How much naming classes counts; 0 in a game where D names none. */
const classWeight = ({ config: { model } }: GanTable): number => ("classWeight" in model ? model.classWeight : 0);

/** Loss with a term of its own weight. */
const plus = (loss: tf.Scalar, term: tf.Scalar, weight: number): tf.Scalar =>
  weight === 0 ? loss : tf.add(loss, weight === 1 ? term : tf.mul(term, weight));

/** Updates D. Fakes come from G with batch statistics and are constants. */
function discriminator(told: Told): ModelPlayer<GanNetwork, DiscriminatorFeed, AdversarialConfig> {
  return {
    updates: ["discriminator"],
    readings: told.names ? NAMING_READINGS.discriminator : PLAYER_READINGS.discriminator,
    gradientNorm: "dGradNorm",
    feed(context, k) {
      const needs = activePenalties(context.config.model.penalties).gradient.flatMap(({ penalty }) => penalty.needs);
      return feedDiscriminator(context, k, new Set(needs), hasClasses(told));
    },
    prepare(table, feed) {
      const pass = { masks: feed.masksG, ...toldTo(told.generator, feed.labels) };
      const made = table.apply("generator", feed.z, pass).output;
      return { ...feed, real: look(table, feed.real, feed, "real"), fake: look(table, made, feed, "fake") };
    },
    objective(table, feed) {
      const { real, fake, masks, labels } = feed;
      if (fake === undefined) throw new Error("D's turn was not prepared; this is a bug.");
      const { model } = table.config;
      const { network } = table.networks.discriminator;
      const { ofReals, ofFakes } = verdicts(network, { real, fake, masks }, (x, own) =>
        heads(
          table.apply("discriminator", x, { masks: own, ...toldTo(told.discriminator, labelsFor(x, labels)) }),
          told,
        ),
      );
      const [a, b] = [ofReals.output, ofFakes.output];
      const parts = GAN_LOSSES[model.loss].discriminator(a, b, model.labelSmoothing);
      const fakePart = parts.fake ?? tf.scalar(0);
      const adversarial: tf.Scalar = tf.add(parts.real, fakePart);
      const term = penalties(table, told, feed, fake);
      const penalised: tf.Scalar = term === null ? adversarial : tf.add(adversarial, term);
      const named = [naming(ofReals.classes, labels), naming(ofFakes.classes, labels)] as const;
      const weight = classWeight(table);
      const loss = named.reduce((sum, one) => (one === null ? sum : plus(sum, one.loss, weight)), penalised);
      const readings: Readings<"discriminator"> = {
        dLoss: adversarial,
        dLossReal: parts.real,
        dLossFake: fakePart,
        dTotal: loss,
        dReal: tf.mean(tf.sigmoid(a)),
        dFake: tf.mean(tf.sigmoid(b)),
        dLogitReal: tf.mean(a),
        dLogitFake: tf.mean(b),
        ...accuracies(model.loss, a, b),
      };
      const [real_, fake_] = named;
      if (real_ === null || fake_ === null) return { loss, readings };
      const ofClasses = {
        dClassReal: real_.loss,
        dClassFake: fake_.loss,
        dClassAccuracyReal: real_.accuracy,
        dClassAccuracyFake: fake_.accuracy,
      };
      return { loss, readings: { ...readings, ...ofClasses } };
    },
    constrain({ model }) {
      const { constraints } = activePenalties(model.penalties);
      if (constraints.length === 0) return undefined;
      return (weight) => constraints.reduce((w, { penalty, strength }) => penalty.apply(w, strength), weight);
    },
  };
}

/** The sum of the gradient penalties of D's slope at the feed's points; null when none is active. */
function penalties(table: GanTable, told: Told, feed: DiscriminatorFeed, fake: tf.Tensor): tf.Scalar | null {
  const unread = tf.scalar(0);
  const { real, labels, mix, perturbation } = feed;
  const { network } = table.networks.discriminator;
  const score = (x: tf.Tensor) => {
    const pass = toldTo(told.discriminator, labelsFor(x, labels));
    return heads(network.forward(table.weights("discriminator"), x, pass), told).output;
  };
  const { gradient } = activePenalties(table.config.model.penalties);
  const inputs = { real, fake, mix: mix ?? unread, perturbation: perturbation ?? unread };
  return penaltyTerm(table, "discriminator", gradient, inputs, score);
}

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
function generator(told: Told): ModelPlayer<GanNetwork, GeneratorFeed, AdversarialConfig> {
  return {
    updates: ["generator"],
    readings: told.names ? NAMING_READINGS.generator : PLAYER_READINGS.generator,
    gradientNorm: "gGradNorm",
    feed(context, k) {
      const { loss, unrolledSteps } = context.config.model;
      const withReals = GAN_LOSSES[loss].generatorNeeds !== "fakes" || unrolledSteps > 0;
      return feedGenerator(context, k, withReals, hasClasses(told));
    },
    prepare: (table, feed) => ({ ...feed, real: feed.real && look(table, feed.real, feed, "real") }),
    objective(table, feed) {
      const { z, masksG, real, masks, labels } = feed;
      const made = table.apply("generator", z, { masks: masksG, ...toldTo(told.generator, labels) }).output;
      const fake = look(table, made, feed, "fake");
      const later =
        real === null || table.config.model.unrolledSteps === 0
          ? {}
          : { weights: table.networks.discriminator.effective(unroll(table, real, fake, masks)) };
      const verdict = (x: tf.Tensor, mask: Masks): Verdict =>
        heads(table.apply("discriminator", x, { masks: mask, ...toldTo(told.discriminator, labels), ...later }), told);
      const { loss, fakes } = generatorLoss(
        table,
        () => (real === null ? missing() : verdict(real, masks.real)),
        () => verdict(fake, masks.fake),
      );
      const readings: Readings<"generator"> = { gLoss: loss, dFakeG: tf.mean(tf.sigmoid(fakes.output)) };
      const named = naming(fakes.classes, labels);
      if (named === null) return { loss, readings };
      return { loss: plus(loss, named.loss, classWeight(table)), readings: { ...readings, gClass: named.loss } };
    },
  };
}

/** G's loss, with D's verdict on the fakes. Reals are judged only where the loss reads them. */
function generatorLoss(
  { config }: GanTable,
  judgeReals: () => Verdict,
  judgeFakes: () => Verdict,
): { readonly loss: tf.Scalar; readonly fakes: Verdict } {
  const rule = GAN_LOSSES[config.model.loss];
  if (rule.generatorNeeds === "fakes") {
    const fakes = judgeFakes();
    return { loss: rule.generator(fakes.output), fakes };
  }
  const [a, fakes] = [judgeReals(), judgeFakes()];
  const loss =
    rule.generatorNeeds === "pairs"
      ? rule.generator(a.output, fakes.output)
      : rule.generator(a.features, fakes.features);
  return { loss, fakes };
}

function missing(): never {
  throw new Error("G's loss needs reals and got none; this is a bug.");
}

/** The maths of a game. @param told who knows classes, and whether D names them */
export const game = (told: Told): Model<GanNetwork, GanNetwork, AdversarialConfig> => ({
  networks: { generator: { stream: STREAMS.initGenerator }, discriminator: { stream: STREAMS.initDiscriminator } },
  players: { discriminator: discriminator(told), generator: generator(told) },
});
