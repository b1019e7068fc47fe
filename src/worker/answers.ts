/** Answers about a person's points: G's samples of latents, as the page draws them, and D's opinion. Uses no training randomness. */
import { dataShape, datasetOf } from "../core/datasets";
import { toRgba } from "../engine/probes";
import type { Arm } from "./arm";
import type { Generated, Scored } from "./protocol";

/** Samples for one request at most: a page of thumbnails, a frame of an animation, a map of latent space. */
const MAX_COUNT = 1024;

function checkCount(count: number): void {
  if (Number.isInteger(count) && count >= 1 && count <= MAX_COUNT) return;
  throw new Error(`From 1 to ${MAX_COUNT} samples can be asked about at once, not ${count}.`);
}

/** @throws Error when the latents do not fit the networks */
export async function generate(
  arms: readonly Arm[],
  latents: Float32Array,
  count: number,
  averaged: boolean,
): Promise<Pick<Generated, "arms">> {
  checkCount(count);
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

/** @throws Error when the samples are not of the arms' data */
export async function score(arms: readonly Arm[], samples: Float32Array, count: number): Promise<Pick<Scored, "arms">> {
  checkCount(count);
  const results: Scored["arms"][number][] = [];
  for (const { id, trainer, config } of arms) {
    const shape = dataShape(config.dataset);
    if (samples.length !== count * shape.reduce((product, side) => product * side, 1)) {
      throw new Error(`${samples.length / count} numbers are no sample of shape [${shape.join(", ")}].`);
    }
    results.push({ arm: id, logits: await trainer.score(samples, count) });
  }
  return { arms: results };
}
