/** G brings the mean of D's last hidden layer on fakes to that on reals: ‖E f(x) - E f(G(z))‖². Salimans et al. 2016, 3.1. */
import * as tf from "@tensorflow/tfjs";
import { crossEntropy } from "./cross-entropy";
import type { GanLoss } from "./types";

export const featureMatching: GanLoss = {
  discriminator: crossEntropy,
  generatorNeeds: "features",
  generator: (real, fake) => tf.sum(tf.square(tf.sub(tf.mean(real, 0), tf.mean(fake, 0)))),
};
