/** G's samples and D's opinion of samples, as evaluation sees them. Draws nothing: latents and samples are given. */
import * as tf from "@tensorflow/tfjs";
import type { Repeated, Seen, Trainer } from "../trainer";
import { evaluateDiscriminator, evaluateEach, evaluateGenerator, packingOf } from "./evaluation";

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
  const [samples = new Float32Array(0), logits = new Float32Array(0)] = await trainer.look(
    (seen, [z]) => {
      const made = evaluateLatents(seen, z, averaged);
      return [made, judge(seen, made, company)];
    },
    repeated(trainer, company, `generate ${averaged}`, latents, [count, trainer.config.latent.size]),
  );
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
  const [samples = new Float32Array(0)] = await trainer.look(
    (seen, [z]) => [evaluateLatents(seen, z, averaged)],
    repeated(trainer, "minibatch", `samples ${averaged}`, latents, [count, trainer.config.latent.size]),
  );
  return samples;
}

function evaluateLatents({ config, network }: Seen, z: tf.Tensor | undefined, averaged: boolean): tf.Tensor {
  return evaluateGenerator(network("generator"), config, given(z), averaged);
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
  const [logits = new Float32Array(0)] = await trainer.look(
    (seen, [x]) => [judge(seen, tf.reshape(given(x), [count, ...seen.shape]), company)],
    repeated(trainer, company, "score", samples, [count, samples.length / count]),
  );
  return logits;
}

/** The same look on other numbers, many times a second: but for company that may not be here yet, it is the same list of operations. */
function repeated(
  { config }: Trainer,
  company: Company,
  what: string,
  values: Float32Array,
  shape: readonly number[],
): Repeated {
  const mayBranch = company === "reals" && packingOf(config) > 1;
  return { key: mayBranch ? null : `${what} ${company} ${shape}`, given: [{ values, shape }] };
}

function given(x: tf.Tensor | undefined): tf.Tensor {
  if (x === undefined) throw new Error("A probe was computed without its input; this is a bug.");
  return x;
}

function judge(seen: Seen, samples: tf.Tensor, company: Company): tf.Tensor1D {
  if (company === "reals") return evaluateEach(seen, samples);
  return evaluateDiscriminator(seen.network("discriminator"), seen.config, samples);
}
