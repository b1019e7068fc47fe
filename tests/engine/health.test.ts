/** The health of layers against numbers worked out by hand, and that looking changes nothing. */
import * as tf from "@tensorflow/tfjs";
import { beforeAll, describe, expect, it } from "vitest";
import { startBackend } from "../../src/cli/node-backend";
import { type ExperimentConfig, withChanges } from "../../src/core/config";
import type { Health, LayerHealth } from "../../src/core/health";
import { PRESETS } from "../../src/core/presets";
import { healthOf } from "../../src/engine/probes/health";
import { createTrainer } from "../../src/engine/trainer";
import { EVERYTHING, SMALL, sourceOf, trainerOf, trainSteps } from "../helpers/trainers";

beforeAll(async () => {
  await startBackend("wasm");
});

/** D: two units, of which the second is switched off by its bias; spectral norm on the way to them. */
const HAND: ExperimentConfig = withChanges(SMALL, {
  networks: {
    discriminator: {
      layers: [
        { type: "dense", units: 2, activation: "relu", spectralNorm: true },
        { type: "dense", units: 1 },
      ],
    },
  },
  players: { discriminator: { optimizer: { type: "sgd", learningRate: 0.5 } } },
});
const WEIGHTS = new Map([
  ["discriminator/weights/0/kernel", Float32Array.of(3, 0, 0, 1)],
  ["discriminator/weights/0/bias", Float32Array.of(0, -100)],
  ["discriminator/weights/1/kernel", Float32Array.of(2, 5)],
  ["discriminator/weights/1/bias", Float32Array.of(0)],
]);

async function lookAt(config: ExperimentConfig, weights?: ReadonlyMap<string, Float32Array>): Promise<Health> {
  const trainer = createTrainer({ config, data: sourceOf(config), ...(weights === undefined ? {} : { weights }) });
  const before = tf.memory().numTensors;
  const health = await healthOf(trainer);
  expect(tf.memory().numTensors, "tensors left behind").toBe(before);
  trainer.dispose();
  if (health === null) throw new Error("The data of points is always here.");
  return health;
}

const layersOf = (health: Health, name: string): readonly LayerHealth[] =>
  health.find(({ network }) => network === name)?.layers ?? [];

describe("a network's health", () => {
  it("counts the unit that its bias has switched off", async () => {
    const [hidden, last] = layersOf(await lookAt(HAND, WEIGHTS), "discriminator");
    expect([hidden?.units, hidden?.atRest]).toEqual([2, 1]);
    expect([last?.units, last?.atRest]).toEqual([1, null]);
    expect(hidden?.activations.low).toBe(0);
  });

  it("has the norms of the weights, and the update as share of them", async () => {
    const [hidden, last] = layersOf(await lookAt(HAND, WEIGHTS), "discriminator");
    expect(hidden?.learning?.weightNorm).toBeCloseTo(Math.hypot(3, 1, 100), 3);
    expect(last?.learning?.weightNorm).toBeCloseTo(Math.hypot(2, 5), 5);
    for (const learning of [hidden?.learning, last?.learning]) {
      // Gradient descent: the update is the rate times the gradient.
      expect(learning?.gradientNorm).toBeGreaterThan(0);
      const ratio = (0.5 * (learning?.gradientNorm ?? 0)) / (learning?.weightNorm ?? 1);
      expect(learning?.updateRatio).toBeCloseTo(ratio, 6);
    }
  });

  it("has the gradient of the last layer as the loss gives it", async () => {
    // Logits a of reals and b of fakes, non-saturating: dL/dbias = mean(-s(-a)) + mean(s(b)); with weights of 0 all logits are 0: 0.
    const still = new Map(WEIGHTS).set("discriminator/weights/1/kernel", Float32Array.of(0, 0));
    const [hidden, last] = layersOf(await lookAt(HAND, still), "discriminator");
    expect(hidden?.learning?.gradientNorm).toBe(0); // nothing passes the zeros
    const { low = 0, high = 0 } = last?.learning?.gradients ?? {};
    expect(Math.max(Math.abs(low), Math.abs(high))).toBeCloseTo(last?.learning?.gradientNorm ?? 0, 6); // of one unit alone
  });

  it("has the singular values of a kernel after its norm has acted: 3 and 1 become 1 and a third", async () => {
    const [hidden, last] = layersOf(await lookAt(HAND, WEIGHTS), "discriminator");
    expect(hidden?.singularValues?.[0]).toBeCloseTo(1, 4);
    expect(hidden?.singularValues?.[1]).toBeCloseTo(1 / 3, 4);
    expect(last?.singularValues).toBeNull();
  });

  it.each([
    ["everything at once", EVERYTHING],
    ["a VAE", PRESETS["ring-vae"].config],
    ["a game with classes", PRESETS["ring-cgan"].config],
  ] as const)("is read of every network without changing a bit of the run: %s", async (_, config) => {
    const [watched, alone] = [trainerOf(config), trainerOf(config)];
    for (const trainer of [watched, alone]) trainSteps(trainer, 3);
    const before = tf.memory().numTensors;
    const health = await healthOf(watched);
    expect(tf.memory().numTensors, "tensors left behind").toBe(before);
    expect(health?.map(({ network }) => network)).toEqual(Object.keys(config.networks));
    for (const { layers } of health ?? []) {
      for (const { learning, activations } of layers) {
        expect(activations.quantiles.every(Number.isFinite)).toBe(true);
        if (learning !== null) expect(Number.isFinite(learning.updateRatio)).toBe(true);
      }
    }
    for (const trainer of [watched, alone]) trainSteps(trainer, 3);
    expect((await watched.save()).tensors).toEqual((await alone.save()).tensors);
    for (const trainer of [watched, alone]) trainer.dispose();
  });
});
