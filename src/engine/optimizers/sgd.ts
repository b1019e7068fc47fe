/** Plain gradient descent: w -= rate · g. */
import * as tf from "@tensorflow/tfjs";
import { at, type Optimizer } from "./types";

export function sgd(): Optimizer {
  return {
    slots: [],
    coefficients: (rate) => [rate],
    step: (gradient, _slots, coefficients) => ({ change: tf.mul(gradient, at(coefficients, 0)), slots: [] }),
  };
}
