/** sp(b-a) against sp(a-b), real i paired with fake i. Jolicoeur-Martineau 2019; Huang et al. 2024, equation 2. */
import * as tf from "@tensorflow/tfjs";
import { meanSoftplus } from "./cross-entropy";
import type { GanLoss } from "./types";

export const relativistic: GanLoss = {
  discriminator: (a, b) => ({ real: meanSoftplus(tf.sub(b, a)), fake: null }),
  generatorNeeds: "pairs",
  generator: (a, b) => meanSoftplus(tf.sub(a, b)),
};
