/** Slope 1 between reals and fakes, x̂ = mix·x + (1-mix)·G(z). Gulrajani et al. 2017, equation 3. */
import * as tf from "@tensorflow/tfjs";
import type { GradientPenalty } from "./types";
import { unitSlope } from "./unit-slope";

export const wganGp: GradientPenalty = {
  kind: "gradient",
  needs: ["mix"],
  points({ real, fake, mix }) {
    const share = tf.reshape(mix, [-1, ...real.shape.slice(1).map(() => 1)]);
    return tf.add(tf.mul(share, real), tf.mul(tf.sub(1, share), fake));
  },
  term: unitSlope,
};
