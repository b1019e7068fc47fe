/** A model's samples and its judge's opinion of samples, as evaluation sees them. Draws nothing: latents and samples are given. */
import * as tf from "@tensorflow/tfjs";
import { contextOf } from "../../core/config";
import { modelOf } from "../../core/models";
import type { Look, Repeated, Seen } from "../looking";
import type { Trainer } from "../trainer";
import { classesInTurn, evaluateEach, evaluateJudge, evaluateSampler, oneHot, packingOf } from "./evaluation";

/**
 * With whom D judges a sample where it judges several at once (packing): "minibatch", with those that follow it, which are to be
 * independent draws; "reals", with real samples, each for itself.
 */
export type Company = "minibatch" | "reals";

/** How samples are made or judged. */
export interface Asked {
  readonly company?: Company;
  /** The class of each sample, where the model knows classes; every class in turn where left out. */
  readonly labels?: ArrayLike<number>;
}

/**
 * Samples of latents [count, latent.size] in evaluation mode, with D's logits [count]. Data scale, [count, ...dataShape].
 * @param averaged by the sampler's averaged weights, where there are any
 * @returns no logits for a model that judges nothing
 * @throws RangeError when the latents are not so many numbers
 */
export async function generate(
  trainer: Trainer,
  latents: Float32Array,
  count: number,
  averaged: boolean,
  asked: Asked = {},
): Promise<{ samples: Float32Array; logits: Float32Array }> {
  checkLatents(trainer, latents, count);
  if (modelOf(trainer.config).judge === null) {
    return { samples: await generateSamples(trainer, latents, count, averaged, asked), logits: new Float32Array(0) };
  }
  const { company = "minibatch" } = asked;
  const [samples = new Float32Array(0), logits = new Float32Array(0)] = await trainer.look(
    (seen, [z, told]) => {
      const made = evaluateSampler(seen, given(z), averaged, told);
      return [made, judge(seen, made, company, told)];
    },
    repeated(trainer, asked, `generate ${averaged}`, latents, [count, trainer.config.latent.size]),
  );
  return { samples, logits };
}

/** The samples alone, for half the work where nobody asks what D thinks of them. Otherwise as `generate`. */
export async function generateSamples(
  trainer: Trainer,
  latents: Float32Array,
  count: number,
  averaged: boolean,
  asked: Pick<Asked, "labels"> = {},
): Promise<Float32Array> {
  checkLatents(trainer, latents, count);
  const [samples = new Float32Array(0)] = await trainer.look(
    (seen, [z, told]) => [evaluateSampler(seen, given(z), averaged, told)],
    repeated(trainer, asked, `samples ${averaged}`, latents, [count, trainer.config.latent.size]),
  );
  return samples;
}

function checkLatents({ config }: Trainer, latents: Float32Array, count: number): void {
  const { size } = config.latent;
  if (latents.length === count * size) return;
  throw new RangeError(`${count} latents of ${size} numbers are ${count * size} numbers, not ${latents.length}.`);
}

/** Samples to be made, and other places for D to judge as samples among reals. */
export interface SamplesAndPlaces {
  readonly latents: Float32Array; // [count, latent.size]
  readonly count: number;
  readonly averaged: boolean;
  /** The class of each, where the model knows classes. */
  readonly labels: ArrayLike<number>;
  readonly places: Float32Array; // [n, ...dataShape]
  readonly placeLabels: ArrayLike<number>;
}

export interface SamplesAndScores {
  readonly samples: Float32Array;
  /** [n]; none for a model that judges nothing. */
  readonly logits: Float32Array;
}

/**
 * Samples and D's logits of other places, in one look: `generateSamples` and `score` of the same networks.
 * @throws RangeError when the latents are not so many numbers
 */
export async function samplesAndScores(trainer: Trainer, wanted: SamplesAndPlaces): Promise<SamplesAndScores> {
  const { latents, count, averaged, labels } = wanted;
  if (modelOf(trainer.config).judge === null) {
    const samples = await generateSamples(trainer, latents, count, averaged, { labels });
    return { samples, logits: new Float32Array(0) }; // its own: frames are transferred
  }
  const { compute, both } = oneLook(trainer, wanted);
  return named(await trainer.look(compute, both));
}

/**
 * The same begun on another thread, at the networks as they stand now, while training goes on.
 * @returns null where no thread can take it now @throws LookLost later, when it will not be finished
 */
export function samplesAndScoresAside(trainer: Trainer, wanted: SamplesAndPlaces): Promise<SamplesAndScores> | null {
  if (modelOf(trainer.config).judge === null) return null;
  const { both } = oneLook(trainer, wanted);
  return trainer.lookAside(both)?.then(named) ?? null;
}

function named([samples, logits]: readonly Float32Array[]): SamplesAndScores {
  if (samples === undefined || logits === undefined) throw new Error("A look gave less than it was to; this is a bug.");
  return { samples, logits };
}

function oneLook(
  trainer: Trainer,
  { latents, count, averaged, labels, places, placeLabels }: SamplesAndPlaces,
): { readonly compute: Look; readonly both: Repeated } {
  checkLatents(trainer, latents, count);
  const n = placeLabels.length;
  const made = repeated(trainer, { labels }, `samples and scores ${averaged}`, latents, [
    count,
    latents.length / count,
  ]);
  const judged = repeated(trainer, { company: "reals", labels: placeLabels }, "", places, [n, places.length / n]);
  const key = made.key === null || judged.key === null ? null : `${made.key}${judged.key}`;
  const inputs = made.given.length;
  return {
    both: { key, given: [...made.given, ...judged.given] },
    compute(seen, tensors) {
      const [z, asked] = tensors;
      const [x, told] = tensors.slice(inputs);
      const samples = evaluateSampler(seen, given(z), averaged, inputs === 1 ? undefined : asked);
      return [samples, judge(seen, tf.reshape(given(x), [n, ...seen.shape]), "reals", told)];
    },
  };
}

/** D's logits [count] of samples [count, ...dataShape], in evaluation mode; none for a model that judges nothing. */
export async function score(
  trainer: Trainer,
  samples: Float32Array,
  count: number,
  asked: Asked = {},
): Promise<Float32Array> {
  if (modelOf(trainer.config).judge === null) return new Float32Array(0);
  const { company = "minibatch" } = asked;
  const [logits = new Float32Array(0)] = await trainer.look(
    (seen, [x, told]) => [judge(seen, tf.reshape(given(x), [count, ...seen.shape]), company, told)],
    repeated(trainer, asked, "score", samples, [count, samples.length / count]),
  );
  return logits;
}

/** How many classes the model's networks are told of; 0 where they are told none. */
export function toldClasses({ config, classes, shape }: Pick<Trainer, "config" | "classes" | "shape">): number {
  const context = contextOf(config, shape, classes);
  return Math.max(0, ...Object.values(modelOf(config).networks).map((role) => role.condition?.(context) ?? 0));
}

/** The same look on other numbers, many times a second: but for company that may not be here yet, it is the same list of operations. */
function repeated(
  trainer: Trainer,
  { company = "minibatch", labels }: Asked,
  what: string,
  values: Float32Array,
  shape: readonly number[],
): Repeated {
  const mayBranch = company === "reals" && packingOf(trainer.config) > 1;
  const key = mayBranch ? null : `${what} ${company} ${shape}`;
  const classes = toldClasses(trainer);
  if (classes === 0) return { key, given: [{ values, shape }] };
  const [count = 0] = shape;
  const told = oneHot(labels ?? classesInTurn(count, classes), count, classes);
  return {
    key,
    given: [
      { values, shape },
      { values: told, shape: [count, classes] },
    ],
  };
}

function given(x: tf.Tensor | undefined): tf.Tensor {
  if (x === undefined) throw new Error("A probe was computed without its input; this is a bug.");
  return x;
}

function judge(seen: Seen, samples: tf.Tensor, company: Company, told: tf.Tensor | undefined): tf.Tensor1D {
  return company === "reals" ? evaluateEach(seen, samples, told) : evaluateJudge(seen, samples, told);
}
