/** relu(1-a) + relu(1+b) against -b. Lim and Ye 2017; Miyato et al. 2018, equations 16 and 17. */
import * as tf from "@tensorflow/tfjs";
import type { GanLoss } from "./types";

export const hinge: GanLoss = {
  discriminator: (a, b) => ({ real: tf.mean(tf.relu(tf.sub(1, a))), fake: tf.mean(tf.relu(tf.add(1, b))) }),
  generatorNeeds: "fakes",
  generator: (b) => tf.neg(tf.mean(b)),
};
