/** D's verdict on reals and fakes: noise, packing, a forward pass for each. */
import * as tf from "@tensorflow/tfjs";
import type { JudgeFeed, Masks } from "./feed";
import type { Moments } from "./layers";
import { type Network, pack } from "./networks";

/** What D sees of samples [batch, ...shape]: with instance noise, in packs. [batch / packing, ...D's input shape] */
export function seen(x: tf.Tensor, noise: tf.Tensor | undefined, deviation: number, packing: number): tf.Tensor {
  const noisy = noise === undefined || deviation === 0 ? x : tf.add(x, tf.mul(noise, deviation));
  return pack(noisy, packing);
}

export interface Verdict {
  readonly a: tf.Tensor; // logits of reals [n, 1]
  readonly b: tf.Tensor; // logits of fakes [n, 1]
  /** D's last hidden layer [n, ...]. */
  readonly features: { readonly real: tf.Tensor; readonly fake: tf.Tensor };
}

/**
 * Logits and features of reals and fakes [n, ...], as D sees them: two passes. One pass over both would halve the
 * operations, but two keep the sums apart: where reals and fakes pull a bias with equal force (a unit that all of them
 * switch on, under the hinge, Wasserstein or relativistic loss), its gradient is then exactly zero in float32 too, and not a
 * rounding error that Adam blows up to a full step.
 *
 * @param onMoments is told batch norm's statistics of the reals, then of the fakes
 */
export function judge(
  network: Network,
  weights: readonly tf.Tensor[],
  real: tf.Tensor,
  fake: tf.Tensor,
  masks: JudgeFeed["masks"],
  onMoments?: (moments: ReadonlyMap<number, Moments>) => void,
): Verdict {
  const one = (x: tf.Tensor, mask: Masks) => {
    const moments = new Map<number, Moments>();
    const result = network.forward(weights, x, { masks: mask, onMoments: (layer, found) => moments.set(layer, found) });
    onMoments?.(moments);
    return result;
  };
  const r = one(real, masks.real);
  const f = one(fake, masks.fake);
  return { a: r.output, b: f.output, features: { real: r.features, fake: f.features } };
}
