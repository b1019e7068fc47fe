/** G minimises -E log D(G(z)) = E sp(-b). Goodfellow et al. 2014, section 3. */
import * as tf from "@tensorflow/tfjs";
import { crossEntropy, meanSoftplus } from "./cross-entropy";
import type { GanLoss } from "./types";

export const nonSaturating: GanLoss = {
  discriminator: crossEntropy,
  generatorNeeds: "fakes",
  generator: (b) => meanSoftplus(tf.neg(b)),
};
