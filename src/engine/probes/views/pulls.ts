/** Where losses of G would move its samples, with D as it stands: one loss beside another at the very same fakes. Draws nothing. */
import * as tf from "@tensorflow/tfjs";
import type { LossId } from "../../../core/losses";
import { modelOf } from "../../../core/models";
import { STREAMS } from "../../../core/rng";
import type { SamplePulls } from "../../../core/stage";
import type { RealSource } from "../../data";
import { differentiate } from "../../differentiate";
import { GAN_LOSSES } from "../../losses";
import type { Trainer } from "../../trainer";
import { classesInTurn, evaluateVerdict, oneHot } from "../evaluation";
import { toldClasses } from "../generate";
import type { ViewProbe } from "./types";

/** Fakes that carry arrows: as many as one can follow. */
const PULLED_FAKES = 64;

/** The pull of every arm's loss on the first of the frame's fakes. */
export const pulls: ViewProbe<"pulls"> = async ({ trainer, data, fakes, dimension, losses }) => {
  if (modelOf(trainer.config).judge === null) return null; // nothing pulls
  const count = Math.min(PULLED_FAKES, fakes.length / dimension);
  return samplePulls(trainer, data, fakes.slice(0, count * dimension), count, losses);
};

/**
 * @param samples fakes [count, ...dataShape], data scale
 * @param losses each once, in the order of the answer
 * @returns D's logits of the fakes, and for each loss minus its gradient with respect to every fake: of that fake's own
 *   loss, not of the minibatch's mean, so that an arrow's length does not depend on how many are drawn
 */
async function samplePulls(
  trainer: Trainer,
  data: RealSource,
  samples: Float32Array,
  count: number,
  losses: readonly LossId[],
): Promise<SamplePulls> {
  const pairs = losses.some((id) => GAN_LOSSES[id].generatorNeeds !== "fakes");
  const reals = new Float32Array(pairs ? samples.length : 0);
  if (pairs) data.minibatch(reals, trainer.config.seed, STREAMS.view, 0);
  const classes = toldClasses(trainer);
  const found = await trainer.look((seen) => {
    // As the frame's fakes were asked for.
    const told =
      classes === 0 ? undefined : tf.tensor2d(oneHot(classesInTurn(count, classes), count, classes), [count, classes]);
    const judged = (values: Float32Array) => tf.tensor(values, [count, ...data.shape], "float32");
    const x = judged(samples);
    const real = pairs ? evaluateVerdict(seen, judged(reals), told) : null;
    const pulls = losses.map((id) => {
      const loss = GAN_LOSSES[id];
      const { gradients } = differentiate([x], () => {
        const fake = evaluateVerdict(seen, x, told);
        if (loss.generatorNeeds === "fakes") return tf.mul(loss.generator(fake.output), count);
        if (real === null) throw new Error("G's loss needs reals and got none; this is a bug.");
        const own = loss.generatorNeeds === "pairs" ? "output" : "features";
        return tf.mul(loss.generator(real[own], fake[own]), count);
      });
      return tf.neg(gradients[0] ?? tf.zerosLike(x));
    });
    return [evaluateVerdict(seen, x, told).output, ...pulls];
  });
  const [logits = new Float32Array(0), ...arrows] = found;
  return { logits, losses: losses.map((loss, i) => ({ loss, arrows: arrows[i] ?? new Float32Array(0) })) };
}
