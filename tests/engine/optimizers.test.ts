/** Optimisers against the same formulas in double precision over a few updates. */
import * as tf from "@tensorflow/tfjs";
import { beforeAll, describe, expect, it } from "vitest";
import { startBackend } from "../../src/cli/node-backend";
import type { OptimizerConfig, OptimizerType } from "../../src/core/config";
import { flatten } from "../../src/engine/differentiate";
import { makeOptimizer } from "../../src/engine/optimizers";
import { updateVariables } from "../../src/engine/optimizers/update";

const RATE = 0.1;
const GRADIENTS = [0.5, -2, 0.25, 1];

/** w after each of GRADIENTS, from w = 1, by the textbook. */
const TEXTBOOK: Record<OptimizerType, { config: OptimizerConfig; run: () => number }> = {
  adam: {
    config: { type: "adam", learningRate: RATE, beta1: 0.5, beta2: 0.9, epsilon: 1e-8 },
    run() {
      let [w, m, v] = [1, 0, 0];
      for (const [i, g] of GRADIENTS.entries()) {
        m = 0.5 * m + 0.5 * g;
        v = 0.9 * v + 0.1 * g * g;
        w -= (RATE * (m / (1 - 0.5 ** (i + 1)))) / (Math.sqrt(v / (1 - 0.9 ** (i + 1))) + 1e-8);
      }
      return w;
    },
  },
  sgd: { config: { type: "sgd", learningRate: RATE }, run: () => 1 - RATE * GRADIENTS.reduce((a, b) => a + b, 0) },
  momentum: {
    config: { type: "momentum", learningRate: RATE, momentum: 0.9 },
    run() {
      let [w, b] = [1, 0];
      for (const g of GRADIENTS) {
        b = 0.9 * b + g;
        w -= RATE * b;
      }
      return w;
    },
  },
  rmsprop: {
    config: { type: "rmsprop", learningRate: RATE, decay: 0.8, epsilon: 1e-3 },
    run() {
      let [w, s] = [1, 0];
      for (const g of GRADIENTS) {
        s = 0.8 * s + 0.2 * g * g;
        w -= (RATE * g) / (Math.sqrt(s) + 1e-3);
      }
      return w;
    },
  },
};

describe.each(["wasm", "cpu"])("optimisers on %s", (backend) => {
  beforeAll(async () => {
    await startBackend(backend);
  });

  it.each(Object.entries(TEXTBOOK))("%s", async (_name, { config, run }) => {
    const optimizer = makeOptimizer(config);
    const variables = [tf.variable(tf.tensor1d([1])), tf.variable(tf.tensor2d([1, 1], [1, 2]))];
    const slots = optimizer.slots.map(() => tf.variable(tf.zeros([3])));
    const before = tf.memory().numTensors;
    for (const [i, g] of GRADIENTS.entries()) {
      tf.tidy(() => {
        const coefficients = optimizer.coefficients(RATE, i + 1).map((x) => tf.scalar(x));
        const gradient = flatten(variables.map((w) => tf.fill(w.shape, g)));
        updateVariables(optimizer, variables, gradient, slots, coefficients);
      });
    }
    expect(tf.memory().numTensors).toBe(before);
    for (const variable of variables) {
      for (const value of await variable.data()) expect(value).toBeCloseTo(run(), 5);
    }
    tf.dispose([...variables, ...slots]);
  });
});
