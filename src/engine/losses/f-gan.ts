/** The f-GANs of Nowozin et al. 2016, table 2: D minimises -(E g(a) - E f*(g(b))), G minimises -E f*(g(b)). */
import * as tf from "@tensorflow/tfjs";
import type { GanLoss } from "./types";

interface Divergence {
  /** g: the output activation that maps a logit into the domain of f*. */
  output(v: tf.Tensor): tf.Tensor;
  /** f* ∘ g, the conjugate of f after g, in one stable expression. */
  conjugate(v: tf.Tensor): tf.Tensor;
}

/** Above this logit forward KL's exponential is taken as constant, so that it cannot overflow. */
const MAX_EXPONENT = 10;

function fGan({ output, conjugate }: Divergence): GanLoss {
  return {
    discriminator: (a, b) => ({ real: tf.neg(tf.mean(output(a))), fake: tf.mean(conjugate(b)) }),
    generatorNeeds: "fakes",
    generator: (b) => tf.neg(tf.mean(conjugate(b))),
  };
}

export const fForwardKl = fGan({
  output: (v) => v,
  conjugate: (v) => tf.exp(tf.sub(tf.minimum(v, MAX_EXPONENT), 1)),
});

export const fReverseKl = fGan({
  output: (v) => tf.neg(tf.exp(tf.neg(v))),
  conjugate: (v) => tf.sub(v, 1),
});

export const fPearson = fGan({
  output: (v) => v,
  conjugate: (v) => tf.add(tf.mul(tf.square(v), 0.25), v),
});

export const fJs = fGan({
  output: (v) => tf.sub(Math.LN2, tf.softplus(tf.neg(v))),
  conjugate: (v) => tf.sub(tf.softplus(v), Math.LN2),
});
