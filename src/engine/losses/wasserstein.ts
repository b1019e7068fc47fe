/** b - a against -b. Arjovsky et al. 2017, equation 2; the Lipschitz bound is a penalty's business. */
import * as tf from "@tensorflow/tfjs";
import type { GanLoss } from "./types";

export const wasserstein: GanLoss = {
  discriminator: (a, b) => ({ real: tf.neg(tf.mean(a)), fake: tf.mean(b) }),
  generatorNeeds: "fakes",
  generator: (b) => tf.neg(tf.mean(b)),
};
