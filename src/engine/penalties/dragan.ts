/** Slope 1 around the reals: at x + δ, δ ~ N(0, (σ/2)²), σ the standard deviation of all numbers of the minibatch. Kodali et al. 2017, 2.3. */
import * as tf from "@tensorflow/tfjs";
import type { GradientPenalty } from "./types";
import { unitSlope } from "./unit-slope";

const REACH = 0.5; // of the data's standard deviation, as in the authors' code (which draws uniformly)

export const dragan: GradientPenalty = {
  kind: "gradient",
  needs: ["perturbation"],
  points({ real, perturbation }) {
    const deviation = tf.sqrt(tf.mean(tf.square(tf.sub(real, tf.mean(real)))));
    return tf.add(real, tf.mul(perturbation, tf.mul(deviation, REACH)));
  },
  term: unitSlope,
};
