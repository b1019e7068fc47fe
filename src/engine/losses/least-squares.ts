/** (a-1)²/2 + b²/2 against (b-1)²/2. Mao et al. 2017, equation 9. */
import * as tf from "@tensorflow/tfjs";
import type { GanLoss } from "./types";

const halfMeanSquare = (x: tf.Tensor): tf.Scalar => tf.mul(tf.mean(tf.square(x)), 0.5);

export const leastSquares: GanLoss = {
  discriminator: (a, b) => ({ real: halfMeanSquare(tf.sub(a, 1)), fake: halfMeanSquare(b) }),
  generatorNeeds: "fakes",
  generator: (b) => halfMeanSquare(tf.sub(b, 1)),
};
