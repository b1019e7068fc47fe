/** First- and second-order gradients of every activation and layer operation, on the wasm and cpu backends, against double precision. */
import * as tf from "@tensorflow/tfjs";
import { beforeAll, describe, expect, it } from "vitest";
import { startBackend } from "../../src/cli/node-backend";
import { mendGradients } from "../../src/engine/kernels/gradients";
import { activationCases, elementwiseCases, layerCases } from "../helpers/gradient-cases";
import { plainDerivatives, tensorDerivatives } from "../helpers/gradient-check";
import { worstDifference } from "../helpers/numbers";

/** Relative to the largest component; single precision through two backward passes. */
const TOLERANCE = 5e-5;

const cases = [...activationCases, ...elementwiseCases, ...layerCases].map((c) => ({
  ...c,
  expected: plainDerivatives(c),
}));

/** Upstream kernels that are wrong and that no layer of ours uses. */
const KNOWN_WRONG: Record<string, Record<string, string>> = {
  wasm: {
    "maximum pooling":
      "tfjs-backend-wasm 4.22's MaxPoolGrad drops the gradient of windows whose values are all negative",
  },
};

describe.each(["wasm", "cpu"])("gradients on %s", (backend) => {
  beforeAll(async () => {
    await startBackend(backend);
  });

  it.for(cases)("$name", async (c, { skip }) => {
    const reason = KNOWN_WRONG[backend]?.[c.name];
    skip(reason !== undefined, reason);
    const before = tf.memory().numTensors;
    const { dx, dw, ddx, ddw } = await tensorDerivatives(c);
    expect(worstDifference(dx, c.expected.dx), "∂L/∂x").toBeLessThan(TOLERANCE);
    expect(worstDifference(dw, c.expected.dw), "∂L/∂w").toBeLessThan(TOLERANCE);
    expect(worstDifference(ddx, c.expected.ddx), "∂P/∂x").toBeLessThan(TOLERANCE);
    expect(worstDifference(ddw, c.expected.ddw), "∂P/∂w").toBeLessThan(TOLERANCE);
    expect(tf.memory().numTensors, "tensors left behind").toBe(before);
  });

  it("agree with and without an outer tape, to the bit", () => {
    // The saved output is used in the one case and computed again in the other.
    for (const f of [tf.tanh, tf.sigmoid, tf.exp]) {
      const x = tf.tensor1d([-1.3, 0.2, 2.4]);
      const alone = tf
        .grad((at: tf.Tensor) => tf.sum(f(at)))(x)
        .dataSync();
      let recorded = new Float32Array();
      tf.grad((at: tf.Tensor) => {
        const g = tf.grad((inner: tf.Tensor) => tf.sum(f(inner)))(at);
        recorded = Float32Array.from(g.dataSync());
        return tf.sum(g);
      })(x);
      expect(recorded).toEqual(alone);
    }
  });
});

it("is mended only once", () => {
  const before = tf.getGradient("Tanh");
  mendGradients();
  expect(tf.getGradient("Tanh")).toBe(before);
});
