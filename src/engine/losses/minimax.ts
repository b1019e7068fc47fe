/** The saturating game: G minimises E log(1 - D(G(z))) = -E sp(b). Goodfellow et al. 2014, equation 1. */
import * as tf from "@tensorflow/tfjs";
import { crossEntropy, meanSoftplus } from "./cross-entropy";
import type { GanLoss } from "./types";

export const minimax: GanLoss = {
  discriminator: crossEntropy,
  generatorNeeds: "fakes",
  generator: (b) => tf.neg(meanSoftplus(b)),
};
