/**
 * D's verdicts on a minibatch of reals and one of fakes: one pass over both where that changes nothing but the speed, else two. Not what is
 * done with them: gan.ts.
 *
 * One pass has half the operations, of twice the rows. It needs a D in which no sample's verdict depends on the others, and sums without
 * rounding: where reals and fakes pull a bias with equal force (a unit that all of them switch on, under the hinge, Wasserstein or
 * relativistic loss), its gradient must be exactly zero and not a rounding error that Adam blows up to a full step. Elsewhere two passes keep
 * the sums apart; the plan of a WebGPU step joins their products itself (replay/webgpu/join-sums.ts).
 */
import * as tf from "@tensorflow/tfjs";
import type { Masks } from "../feeds";
import { sumsAreExact } from "../kernels/exact-sums";
import type { Network } from "../networks/network";
import type { JudgeFeed } from "./gan-feeds";
import type { Verdict } from "./gan-labels";

interface Seen {
  /** As D sees them, equally many of both. */
  readonly real: tf.Tensor;
  readonly fake: tf.Tensor;
  readonly masks: JudgeFeed["masks"];
}

/** @param judge a pass through D, whose layers `network` has */
export function verdicts(
  { mixesBatch }: Network,
  { real, fake, masks }: Seen,
  judge: (x: tf.Tensor, masks: Masks) => Verdict,
): { readonly ofReals: Verdict; readonly ofFakes: Verdict } {
  if (mixesBatch || !sumsAreExact()) return { ofReals: judge(real, masks.real), ofFakes: judge(fake, masks.fake) };
  const both = new Map(
    [...masks.real].map(([layer, mask]) => [layer, tf.concat([mask, masks.fake.get(layer) ?? mask])]),
  );
  const { output, features, classes } = judge(tf.concat([real, fake]), both);
  const [ofReal, ofFake] = halves(output);
  const [realFeatures, fakeFeatures] = halves(features);
  const [realClasses, fakeClasses] = classes === null ? [null, null] : halves(classes);
  return {
    ofReals: { output: ofReal, features: realFeatures, classes: realClasses },
    ofFakes: { output: ofFake, features: fakeFeatures, classes: fakeClasses },
  };
}

const halves = (x: tf.Tensor) => tf.split(x, 2) as [tf.Tensor, tf.Tensor];
