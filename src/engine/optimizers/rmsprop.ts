/**
 * RMSProp (Tieleman and Hinton 2012), epsilon added to the root (as torch.optim.RMSprop): s = ρ·s + (1-ρ)·g²,
 * w -= rate · g / (√s + ε).
 */
import * as tf from "@tensorflow/tfjs";
import type { OptimizerConfig } from "../../core/config";
import { detach } from "../differentiate";
import { at, type Optimizer } from "./types";

export function rmsprop({ decay, epsilon }: Extract<OptimizerConfig, { type: "rmsprop" }>): Optimizer {
  return {
    slots: ["meanSquare"],
    coefficients: (rate) => [rate],
    step(gradient, slots, coefficients) {
      const meanSquare = tf.add(tf.mul(at(slots, 0), decay), tf.mul(tf.square(gradient), 1 - decay));
      // Constant for unrolled GANs, as in Adam.
      const scaled = tf.div(gradient, tf.add(tf.sqrt(detach(meanSquare)), epsilon));
      return { change: tf.mul(scaled, at(coefficients, 0)), slots: [meanSquare] };
    },
  };
}
