/**
 * Adam with bias correction, epsilon added to the root (Kingma and Ba 2015, algorithm 1; as torch.optim.Adam):
 * w -= rate · m̂ / (√v̂ + ε), m̂ = m / (1 - β₁ᵗ), v̂ = v / (1 - β₂ᵗ).
 */
import * as tf from "@tensorflow/tfjs";
import type { OptimizerConfig } from "../../core/config";
import { detach } from "../differentiate";
import { adamStep } from "../kernels/adam-step";
import { at, type Optimizer } from "./types";

export function adam({ beta1, beta2, epsilon }: Extract<OptimizerConfig, { type: "adam" }>): Optimizer {
  return {
    slots: ["m", "v"],
    coefficients: (rate, update) => [rate / (1 - beta1 ** update), 1 / Math.sqrt(1 - beta2 ** update)],
    step(gradient, slots, coefficients) {
      const fused = adamStep(
        { gradient, m: at(slots, 0), v: at(slots, 1), rate: at(coefficients, 0), correction: at(coefficients, 1) },
        { beta1, beta2, epsilon },
      );
      if (fused) return { change: fused.change, slots: [fused.m, fused.v] };
      const m = tf.add(tf.mul(at(slots, 0), beta1), tf.mul(gradient, 1 - beta1));
      const v = tf.add(tf.mul(at(slots, 1), beta2), tf.mul(tf.square(gradient), 1 - beta2));
      // Constant for unrolled GANs: where a gradient is zero so is v, and the slope of its root is infinite.
      const root = tf.add(tf.mul(tf.sqrt(detach(v)), at(coefficients, 1)), epsilon);
      return { change: tf.div(tf.mul(m, at(coefficients, 0)), root), slots: [m, v] };
    },
  };
}
