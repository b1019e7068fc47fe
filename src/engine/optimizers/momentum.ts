/** The heavy ball (Polyak 1964; as torch.optim.SGD): b = μ·b + g, w -= rate · b. */
import * as tf from "@tensorflow/tfjs";
import type { OptimizerConfig } from "../../core/config";
import { at, type Optimizer } from "./types";

export function momentum(config: Extract<OptimizerConfig, { type: "momentum" }>): Optimizer {
  return {
    slots: ["velocity"],
    coefficients: (rate) => [rate],
    step(gradient, slots, coefficients) {
      const velocity = tf.add(tf.mul(at(slots, 0), config.momentum), gradient);
      return { change: tf.mul(velocity, at(coefficients, 0)), slots: [velocity] };
    },
  };
}
