/** G's samples and D's opinion of samples, as evaluation sees them. Draws nothing: latents and samples are given. */
import * as tf from "@tensorflow/tfjs";
import type { Seen, Trainer } from "../trainer";
import { evaluateDiscriminator, evaluateEach, evaluateGenerator } from "./evaluation";

/**
 * With whom D judges a sample where it judges several at once (packing): "minibatch", with those that follow it, which are to be
 * independent draws; "reals", with real samples, each for itself.
 */
export type Company = "minibatch" | "reals";

/**
 * G's samples of latents [count, latent.size] in evaluation mode, with D's logits [count]. Data scale, [count, ...dataShape].
 * @param averaged by G's averaged weights, where there are any
 * @throws RangeError when the latents are not so many numbers
 */
export async function generate(
  trainer: Trainer,
  latents: Float32Array,
  count: number,
  averaged: boolean,
  company: Company = "minibatch",
): Promise<{ samples: Float32Array; logits: Float32Array }> {
  checkLatents(trainer, latents, count);
  const [samples = new Float32Array(0), logits = new Float32Array(0)] = await trainer.look((seen) => {
    const made = evaluateLatents(seen, latents, count, averaged);
    return [made, judge(seen, made, company)];
  });
  return { samples, logits };
}

/** The samples alone, for half the work where nobody asks what D thinks of them. Otherwise as `generate`. */
export async function generateSamples(
  trainer: Trainer,
  latents: Float32Array,
  count: number,
  averaged: boolean,
): Promise<Float32Array> {
  checkLatents(trainer, latents, count);
  const [samples = new Float32Array(0)] = await trainer.look((seen) => [
    evaluateLatents(seen, latents, count, averaged),
  ]);
  return samples;
}

function evaluateLatents(
  { config, network }: Seen,
  latents: Float32Array,
  count: number,
  averaged: boolean,
): tf.Tensor {
  const z = tf.tensor2d(latents, [count, config.latent.size], "float32");
  return evaluateGenerator(network("generator"), config, z, averaged);
}

function checkLatents({ config }: Trainer, latents: Float32Array, count: number): void {
  const { size } = config.latent;
  if (latents.length === count * size) return;
  throw new RangeError(`${count} latents of ${size} numbers are ${count * size} numbers, not ${latents.length}.`);
}

/** D's logits [count] of samples [count, ...dataShape], in evaluation mode. */
export async function score(
  trainer: Trainer,
  samples: Float32Array,
  count: number,
  company: Company = "minibatch",
): Promise<Float32Array> {
  const [logits = new Float32Array(0)] = await trainer.look((seen) => [
    judge(seen, tf.tensor(samples, [count, ...seen.shape], "float32"), company),
  ]);
  return logits;
}

function judge(seen: Seen, samples: tf.Tensor, company: Company): tf.Tensor1D {
  if (company === "reals") return evaluateEach(seen, samples);
  return evaluateDiscriminator(seen.network("discriminator"), seen.config, samples);
}
