/** D's side of the 2014 paper on logits: -log D(x) = sp(-a), -log(1 - D(G(z))) = sp(b), with sp the softplus. */
import * as tf from "@tensorflow/tfjs";
import type { DiscriminatorLoss } from "./types";

export const meanSoftplus = (x: tf.Tensor): tf.Scalar => tf.mean(tf.softplus(x));

/** s·sp(-a) + (1-s)·sp(a) for reals (one-sided label smoothing: Salimans et al. 2016, section 3.4), sp(b) for fakes. */
export function crossEntropy(a: tf.Tensor, b: tf.Tensor, realTarget: number): DiscriminatorLoss {
  const hit = meanSoftplus(tf.neg(a));
  const real: tf.Scalar =
    realTarget === 1 ? hit : tf.add(tf.mul(hit, realTarget), tf.mul(meanSoftplus(a), 1 - realTarget));
  return { real, fake: meanSoftplus(b) };
}
