/**
 * A search for the latent of a picture, by Adam on z from several starts at once: the mean squared difference where the picture is
 * looked at, and a little of |z|², which keeps to where the prior has its mass. G stays as it is. (Creswell and Bharath 2019;
 * Zhu et al. 2016.)
 */
import * as tf from "@tensorflow/tfjs";
import type { StudyInput } from "../../../core/latent-space/studies";
import { differentiate } from "../../differentiate";
import { makeOptimizer } from "../../optimizers";
import { oneHot, samplerNow } from "../evaluation";
import { toldClasses } from "../generate";
import { drawn, undrawn } from "./pictures";
import type { StudyProbe } from "./types";

const ADAM = makeOptimizer({ type: "adam", learningRate: 0, beta1: 0.9, beta2: 0.999, epsilon: 1e-8 });
/** Falls from one to the other along a cosine: far in the beginning, to the point in the end. */
const RATES = { first: 0.1, last: 0.005 };
/** Weight of the mean of z²; at a typical latent that is as much as .05 of brightness from -1 to 1 is off everywhere. */
const PRIOR = 0.0025;

export const invert: StudyProbe<"invert"> = async (input, context) => {
  const { state, updates, label } = input;
  const { trainer, data, averaged } = context;
  const { size, prior } = trainer.config.latent;
  const starts = state.latents.length / size;
  const target = undrawn(context, input.target, 1);
  const classes = toldClasses(trainer);
  const last = Math.min(state.steps, state.step + updates);
  const [latents, m, v, errors, samples] = await trainer.look((seen) => {
    const sampler = samplerNow(seen, averaged);
    const told =
      classes === 0
        ? undefined
        : tf.tensor2d(oneHot(new Uint8Array(starts).fill(label), starts, classes), [starts, classes]);
    const look = lookThrough(input, data.shape);
    const wanted = look.see(tf.tensor(target, [1, ...data.shape]));
    const errorsOf = (made: tf.Tensor) => {
      const off = tf.mul(tf.square(tf.sub(look.see(made), wanted)), look.weights);
      return tf.sum(tf.reshape(off, [starts, -1]), 1);
    };
    let [z, ...slots]: tf.Tensor[] = [state.latents, state.m, state.v].map((values) => tf.tensor1d(values));
    const rows = (flat: tf.Tensor) => tf.reshape(flat, [starts, size]);
    for (let step = state.step; step < last; step++) {
      const now = z as tf.Tensor;
      [z, ...slots] = tf.tidy(() => {
        const { gradients } = differentiate([now], () => {
          const typical = tf.mul(tf.sum(tf.square(now)), PRIOR / size);
          return tf.add(tf.sum(errorsOf(sampler(rows(now), told))), typical).asScalar();
        });
        const coefficients = ADAM.coefficients(rateAt(step / state.steps), step + 1).map((value) => tf.scalar(value));
        const { change, slots: next } = ADAM.step(gradients[0] ?? tf.zerosLike(now), slots, coefficients);
        const moved = tf.sub(now, change);
        return [prior === "uniform" ? tf.clipByValue(moved, -1, 1) : moved, ...next];
      });
    }
    const made = sampler(rows(z as tf.Tensor), told);
    return [z as tf.Tensor, ...slots, errorsOf(made), made];
  });
  const known = (values: Float32Array | undefined) => values ?? new Float32Array(0);
  return {
    state: { latents: known(latents), m: known(m), v: known(v), step: last, steps: state.steps },
    errors: known(errors),
    samples: drawn(context, known(samples)),
  };
};

const rateAt = (share: number) => RATES.last + ((RATES.first - RATES.last) * (1 + Math.cos(Math.PI * share))) / 2;

/** Through what pictures are looked at: a blur, and weights that sum to 1, of the shape [1, ...shape]. */
function lookThrough({ mask, blur }: StudyInput["invert"], shape: readonly number[]) {
  const [height = 1, width = 1, channels = 1] = shape;
  const weights =
    mask === null || shape.length < 3
      ? tf.fill([1, ...shape], 1 / shape.reduce((a, b) => a * b, 1))
      : tf.tidy(() => {
          const sum = channels * mask.reduce((a, b) => a + b, 0);
          const one = tf.tensor(
            Float32Array.from(mask, (weight) => weight / Math.max(sum, 1e-9)),
            [1, height, width, 1],
          );
          return tf.mul(one, tf.ones([1, height, width, channels]));
        });
  if (blur === 0 || shape.length < 3) return { weights, see: (x: tf.Tensor) => x };
  const [down, across] = [blurMatrix(height, blur), blurMatrix(width, blur)];
  // A matrix for each axis, which comes first for its product and goes back to its place.
  const alongAxis = (x: tf.Tensor, matrix: tf.Tensor2D, axis: 1 | 2) => {
    const order = axis === 1 ? [1, 0, 2, 3] : [2, 0, 1, 3];
    const back = axis === 1 ? [1, 0, 2, 3] : [1, 2, 0, 3];
    const turned = tf.transpose(x, order);
    const flat = tf.reshape(turned, [turned.shape[0] ?? 0, -1]) as tf.Tensor2D;
    return tf.transpose(tf.reshape(tf.matMul(matrix, flat), turned.shape), back);
  };
  return { weights, see: (x: tf.Tensor) => alongAxis(alongAxis(x, down, 1), across, 2) };
}

/** Rows of Gaussian weights around each place, that sum to 1; at the rim of what is there. */
function blurMatrix(side: number, sigma: number): tf.Tensor2D {
  const values = new Float32Array(side * side);
  for (let i = 0; i < side; i++) {
    const row = Float64Array.from({ length: side }, (_, j) => Math.exp(-((i - j) ** 2) / (2 * sigma * sigma)));
    const sum = row.reduce((a, b) => a + b, 0);
    for (let j = 0; j < side; j++) values[i * side + j] = (row[j] ?? 0) / sum;
  }
  return tf.tensor2d(values, [side, side]);
}
