/** Every weight of D, biases too, clamped to [-c, c] after D's update. Arjovsky et al. 2017, algorithm 1. */
import * as tf from "@tensorflow/tfjs";
import type { Constraint } from "./types";

export const clip: Constraint = {
  kind: "constraint",
  apply: (weight, c) => tf.clipByValue(weight, -c, c),
};
