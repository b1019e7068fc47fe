/** Kernels for which replay on webgpu has no text of its own, and devices that bind few buffers. */
import * as tf from "@tensorflow/tfjs";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { startBackend } from "../../src/cli/node-backend";
import { normals } from "../../src/core/rng";
import type { Draw, StepMoment, TakeIn } from "../../src/engine/draws";
import { WebGpuReplayer } from "../../src/engine/replay/webgpu/replayer";
import { webGpuOrSay } from "../helpers/webgpu";

const gpu = await webGpuOrSay();

const moment = (step: number): StepMoment => ({ step, updates: { generator: 0, discriminator: 0 }, inputs: undefined });

const draw: Draw = {
  shape: [4, 6],
  fill: (out, { step }) => void normals(out, 1, 2, step),
  random: { kind: "normals", seed: 1, stream: 2 },
};

/** A step on a variable [4, 6], computed by eager steps alone and by one recorded and two replayed; the numbers of the last step. */
async function bothWays(compute: (x: tf.Tensor, variable: tf.Variable) => tf.Scalar, limit?: number) {
  const start = tf.tensor(normals(new Float32Array(24), 3, 4, 0), [4, 6]);
  const make =
    (step: number): TakeIn =>
    ({ shape, fill }) => {
      const values = new Float32Array(24);
      fill(values, moment(step));
      return tf.tensor(values, [...shape]);
    };
  const eagerly = tf.variable(start.clone(), false);
  let expected = Number.NaN;
  for (let step = 0; step < 3; step++) {
    const scalar = tf.tidy(() => compute(make(step)(draw), eagerly));
    expected = (await scalar.data())[0] ?? Number.NaN;
    scalar.dispose();
  }

  const variable = tf.variable(start.clone(), false);
  const replayer = WebGpuReplayer.of([variable], [], limit);
  if (replayer === undefined) throw new Error("The backend is not webgpu.");
  tf.tidy(() => void replayer.record("key", make(0), (take) => [compute(take(draw), variable)]));
  await replayer.pending();
  const rows = [1, 2].map((step) => replayer.replay("key", moment(step)));
  const found = await rows[1]?.read();
  replayer.settle();
  const weights = { found: await variable.data(), expected: await eagerly.data() };
  const { reason } = replayer.execution;
  const dispatches = replayer.dispatches?.length;
  replayer.dispose();
  tf.dispose([start, eagerly, variable]);
  return { found: found?.[0], expected, reason, weights, dispatches };
}

function expectClose(result: Awaited<ReturnType<typeof bothWays>>): void {
  expect(result.found).toBeCloseTo(result.expected, 4);
  for (const [i, x] of result.weights.expected.entries()) expect(result.weights.found[i]).toBeCloseTo(x, 4);
}

describe.skipIf(!gpu)("replay on webgpu", () => {
  beforeAll(async () => {
    await startBackend("webgpu");
  });
  // Dawn keeps Node alive while a device exists.
  afterAll(() => tf.removeBackend("webgpu"));

  it("calls TensorFlow.js's own programs for kernels that it does not know, and names them", async () => {
    const result = await bothWays((x, variable) => {
      const sums = tf.cumsum(tf.add(tf.tanh(x), variable), 1);
      const largest = tf.max(tf.pow(tf.abs(sums), 1.5), 1);
      variable.assign(tf.sub(variable, tf.mul(tf.reverse(sums, 1), 0.1)));
      return tf.mean(tf.mul(largest, 2));
    });
    expect(result.reason).toMatch(
      /^A step is replayed as \d+ dispatches on the GPU, .*Cumsum.* being TensorFlow.js's own\.$/,
    );
    expectClose(result);
  });

  it("cuts programs where a device binds few buffers", async () => {
    const compute = (x: tf.Tensor, variable: tf.Variable): tf.Scalar => {
      const rows = Array.from({ length: 6 }, (_, i) => tf.tanh(tf.add(tf.sum(tf.mul(x, i + 1), 1), i)));
      const all = rows.reduce((sum, row) => tf.add(sum, tf.square(row)));
      variable.assign(tf.add(variable, tf.mul(tf.reshape(all, [4, 1]), 0.1)));
      return tf.mean(tf.add(all, tf.sum(variable)));
    };
    const few = await bothWays(compute, 4);
    const many = await bothWays(compute);
    expectClose(few);
    expectClose(many);
    expect(few.reason).toMatch(/^A step is replayed/);
  });

  it("says why a step runs eagerly that cannot be replayed", async () => {
    const variable = tf.variable(tf.zeros([2]), false);
    const foreign = tf.tensor([1, 2]);
    const replayer = WebGpuReplayer.of([variable], []);
    if (replayer === undefined) throw new Error("The backend is not webgpu.");
    tf.tidy(
      () =>
        void replayer.record(
          "key",
          () => tf.scalar(0),
          () => [tf.sum(tf.add(variable, foreign))],
        ),
    );
    expect(replayer.execution).toEqual({
      mode: "eager",
      threads: 1,
      reason: "Steps cannot be replayed: A step uses a tensor whose origin is unknown.",
    });
    expect(replayer.replay("key", moment(1))).toBeUndefined();
    replayer.dispose();
    tf.dispose([variable, foreign]);
  });
});
