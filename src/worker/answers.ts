/** Answers to "generate": G's samples for a person's latents, as the page draws them. Uses no training randomness. */
import { datasetOf } from "../core/datasets";
import { toRgba } from "../engine/probes";
import type { Arm } from "./arm";

import type { Generated } from "./protocol";

/** Samples for one request at most: a page of thumbnails, a frame of an animation. */
const MAX_COUNT = 1024;

/** @throws Error when the latents do not fit the networks */
export async function generate(
  arms: readonly Arm[],
  latents: Float32Array,
  count: number,
  averaged: boolean,
): Promise<Generated> {
  if (!Number.isInteger(count) || count < 1 || count > MAX_COUNT) {
    throw new Error(`From 1 to ${MAX_COUNT} samples can be generated at once, not ${count}.`);
  }
  const results: Generated["arms"][number][] = [];
  for (const { id, trainer, config } of arms) {
    if (latents.length !== count * config.latent.size) {
      const each = latents.length / count;
      throw new Error(`A latent of ${each} numbers does not fit a generator that takes ${config.latent.size}.`);
    }
    const { samples, logits } = await trainer.generate(latents, count, averaged && config.generator.ema > 0);
    const dataset = datasetOf(config.dataset);
    results.push({
      arm: id,
      samples: dataset.kind === "points" ? samples : toRgba(samples, dataset.shape[2], dataset.valueRange),
      logits,
    });
  }
  return { arms: results };
}
