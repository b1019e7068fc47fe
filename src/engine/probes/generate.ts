/** G's samples and D's opinion of samples, as evaluation sees them. Draws nothing: latents and samples are given. */
import * as tf from "@tensorflow/tfjs";
import type { Trainer } from "../trainer";
import { evaluateDiscriminator, evaluateGenerator } from "./evaluation";

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
): Promise<{ samples: Float32Array; logits: Float32Array }> {
  const { size } = trainer.config.latent;
  if (latents.length !== count * size) {
    throw new RangeError(`${count} latents of ${size} numbers are ${count * size} numbers, not ${latents.length}.`);
  }
  const [samples = new Float32Array(0), logits = new Float32Array(0)] = await trainer.look(({ config, network }) => {
    const z = tf.tensor2d(latents, [count, size], "float32");
    const made = evaluateGenerator(network("generator"), config, z, averaged);
    return [made, evaluateDiscriminator(network("discriminator"), config, made)];
  });
  return { samples, logits };
}

/** D's logits [count] of samples [count, ...dataShape], in evaluation mode. */
export async function score(trainer: Trainer, samples: Float32Array, count: number): Promise<Float32Array> {
  const [logits = new Float32Array(0)] = await trainer.look(({ config, shape, network }) => [
    evaluateDiscriminator(network("discriminator"), config, tf.tensor(samples, [count, ...shape], "float32")),
  ]);
  return logits;
}
