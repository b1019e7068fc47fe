/** A look inside networks against numbers worked out by hand: what a layer gives, its units' statistics, what switching one off does. */
import * as tf from "@tensorflow/tfjs";
import { beforeAll, describe, expect, it } from "vitest";
import { startBackend } from "../../src/cli/node-backend";
import { noiseFor } from "../../src/cli/noise-source";
import { describeOwn, flatLayers } from "../../src/core/architecture/shapes";
import { type ExperimentConfig, withChanges } from "../../src/core/config";
import { deadUnits, type InsideQuestion, unitStatistics } from "../../src/core/inside";
import { stageLatents } from "../../src/core/latents";
import { modelOf } from "../../src/core/models";
import { PRESETS } from "../../src/core/presets";
import { generate } from "../../src/engine/probes";
import { insideOf } from "../../src/engine/probes/inside";
import { reconstruct } from "../../src/engine/probes/reconstruct";
import { createTrainer } from "../../src/engine/trainer";
import { SMALL, sourceOf } from "../helpers/trainers";

beforeAll(async () => {
  await startBackend("wasm");
});

/** G of two latents: h = relu(z·[[1, −1, 0], [0, 0, 1]] + [0, 0, −100]), x = h·[[1, 0], [0, 1], [5, 5]]. */
const HAND: ExperimentConfig = withChanges(SMALL, {
  latent: { size: 2, prior: "normal" },
  networks: {
    generator: {
      layers: [
        { type: "dense", units: 3, activation: "relu" },
        { type: "dense", units: 2 },
      ],
    },
  },
});
const WEIGHTS = new Map([
  ["generator/weights/0/kernel", Float32Array.of(1, -1, 0, 0, 0, 1)],
  ["generator/weights/0/bias", Float32Array.of(0, 0, -100)],
  ["generator/weights/1/kernel", Float32Array.of(1, 0, 0, 1, 5, 5)],
  ["generator/weights/1/bias", Float32Array.of(0, 0)],
]);

const question: InsideQuestion = {
  network: "generator",
  layer: "0",
  latent: Float32Array.of(2, -1),
  label: 0,
  of: "fake",
  off: [],
  unit: null,
  rank: false,
};

async function ask(config: ExperimentConfig, change: Partial<InsideQuestion>, weights = WEIGHTS) {
  const data = sourceOf(config);
  const trainer = createTrainer({ config, data, weights });
  const before = tf.memory().numTensors;
  const inside = await insideOf(trainer, data, { ...question, ...change }, false);
  expect(tf.memory().numTensors, "tensors left behind").toBe(before);
  if (inside === null) throw new Error("The data of points is always here.");
  return { inside, trainer };
}

describe("a look inside a generator", () => {
  it("has what the layer gives for the sample, and each unit's statistics over the stage's latents", async () => {
    const { inside, trainer } = await ask(HAND, {});
    expect([...inside.maps]).toEqual([2, 0, 0]);
    const z = [2, ...Array.from({ length: 63 }, (_, i) => stageLatents(trainer.config, 63)[2 * i] ?? 0)];
    const first = z.map((value) => Math.max(0, value));
    const mean = first.reduce((a, b) => a + b, 0) / 64;
    expect(inside.statistics.mean[0]).toBeCloseTo(mean, 5);
    expect(inside.statistics.deviation[0]).toBeCloseTo(
      Math.sqrt(first.reduce((sum, value) => sum + (value - mean) ** 2, 0) / 64),
      5,
    );
    expect(inside.statistics.positive[0]).toBeCloseTo(z.filter((value) => value > 0).length / 64, 6);
    expect(inside.statistics.highest[0]).toBeCloseTo(Math.max(...z), 5);
    expect(deadUnits(inside)).toEqual([2]); // its bias keeps it below 0
    trainer.dispose();
  });

  it("switches off the units that it is told, and those alone", async () => {
    const { inside, trainer } = await ask(HAND, { off: [0] });
    expect(inside.effect.kind).toBe("samples");
    if (inside.effect.kind !== "samples") return;
    const { before, after } = inside.effect;
    expect([before[0], before[1]]).toEqual([2, 0]);
    expect([after[0], after[1]]).toEqual([0, 0]); // unit 0 draws the first coordinate, and nothing else
    for (let i = 0; i < before.length; i += 2) {
      expect(after[i]).toBe(0);
      expect(after[i + 1]).toBe(before[i + 1]);
    }
    const whole = await generate(trainer, stageLatents(trainer.config, 16), 16, false);
    expect([...before.slice(2)]).toEqual([...whole.samples]); // and it is off in the look alone
    trainer.dispose();
  });

  it("has the chosen unit's weights, and ranks units by what comes out without them", async () => {
    const { inside, trainer } = await ask(HAND, { unit: 1, rank: true });
    expect(inside.kernel).toMatchObject({ height: 1, width: 1, count: 2 });
    expect([...(inside.kernel?.values ?? [])]).toEqual([-1, 0]);
    const [first = 0, second = 0, third] = inside.ranks ?? [];
    expect(first).toBeGreaterThan(0);
    expect(second).toBeGreaterThan(0);
    expect(third).toBe(0); // a dead unit draws nothing
    trainer.dispose();
  });
});

describe("a look inside a discriminator", () => {
  it("says what a unit does to its logits, of fakes and of reals", async () => {
    // D(x) = 3·relu(x₀) − relu(−100): the second unit never fires.
    const config = withChanges(HAND, {
      networks: {
        discriminator: {
          layers: [
            { type: "dense", units: 2, activation: "relu" },
            { type: "dense", units: 1 },
          ],
        },
      },
    });
    const weights = new Map([
      ...WEIGHTS,
      ["discriminator/weights/0/kernel", Float32Array.of(1, 0, 0, 0)],
      ["discriminator/weights/0/bias", Float32Array.of(0, -100)],
      ["discriminator/weights/1/kernel", Float32Array.of(3, 1)],
      ["discriminator/weights/1/bias", Float32Array.of(0.5)],
    ]);
    const { inside, trainer } = await ask(config, { network: "discriminator", off: [0], rank: true }, weights);
    expect([...inside.maps]).toEqual([0, 0]); // 2 without the unit that is off
    if (inside.effect.kind !== "logits") throw new Error("D gives logits");
    expect([...inside.effect.sample]).toEqual([2, 0]);
    expect(inside.effect.fakes.after).toBeCloseTo(0.5, 6);
    expect(inside.effect.reals.after).toBeCloseTo(0.5, 6);
    expect(inside.effect.fakes.before).toBeGreaterThan(0.5);
    expect(inside.ranks?.[1]).toBe(0);
    trainer.dispose();
  });

  it("shows a dense unit that looks at an image as a picture a channel", async () => {
    const config = withChanges(PRESETS["mnist-mlp"].config, { batchSize: 4 });
    const data = noiseFor(config);
    const trainer = createTrainer({ config, data });
    const latent = new Float32Array(config.latent.size);
    const asked = { ...question, network: "discriminator", layer: "1", latent, unit: 3 };
    const inside = await insideOf(trainer, data, asked, false);
    expect(inside?.kernel).toMatchObject({ height: 28, width: 28, count: 1 });
    trainer.dispose();
  });
});

describe("every kind of network", () => {
  const ids = [
    "ring-wgan-gp",
    "faces-dcgan",
    "mnist-mlp-batch-norm",
    "mnist-spectral-norm",
    "mnist-cgan",
    "mnist-acgan",
  ] as const;
  it.each(ids)("of %s can be looked inside, layer by layer, of real and of fake samples", async (id) => {
    const { config } = PRESETS[id];
    const data = noiseFor(config);
    const trainer = createTrainer({ config, data });
    const latent = new Float32Array(config.latent.size).fill(0.3);
    for (const network of Object.keys(config.networks)) {
      const described = describeOwn(config, network);
      if ("error" in described) throw new Error(described.error);
      for (const [i, { path }] of flatLayers(described.layers).entries()) {
        const of = i % 2 === 0 ? "real" : "fake";
        const inside = await insideOf(trainer, data, { ...question, network, layer: path, latent, of, unit: 0 }, true);
        expect(inside?.maps.every(Number.isFinite)).toBe(true);
        expect(inside?.maps.length).toBe(inside?.shape.reduce((a, b) => a * b, 1));
      }
    }
    trainer.dispose();
  });

  it("both of a VAE too: of its encoder one sees the copies, with all units those that it makes, without one others", async () => {
    const { config } = PRESETS["ring-vae"];
    const data = noiseFor(config);
    const trainer = createTrainer({ config, data });
    const latent = new Float32Array(config.latent.size);
    const look = async (change: Partial<InsideQuestion>) => {
      const inside = await insideOf(trainer, data, { ...question, latent, ...change }, false);
      if (inside?.effect.kind !== "samples") throw new Error("both make samples");
      return { ...inside, effect: inside.effect };
    };
    expect((await look({ network: modelOf(config).sampler })).effect.coded).toBeNull();
    for (const of of ["real", "fake"] as const) {
      const { effect, ranks } = await look({ network: "encoder", of, off: [0, 1, 2, 3], rank: true });
      if (!(effect.coded instanceof Float32Array)) throw new Error("points are numbers");
      const copy = await reconstruct(trainer, effect.coded, 1, false);
      for (const [i, value] of (copy?.samples ?? []).entries()) expect(effect.before[i]).toBeCloseTo(value, 5);
      expect(effect.change).toBeGreaterThan(0);
      expect(ranks?.some((change) => change > 0)).toBe(true);
    }
    await expect(look({ network: "critic" })).rejects.toThrow("look inside");
    trainer.dispose();
  });
});

describe("the statistics of units", () => {
  it("are each unit's own", () => {
    const { mean, deviation, positive, lowest, highest } = unitStatistics(Float32Array.of(1, -2, 3, 0, -4, 2), 2);
    expect([...mean]).toEqual([0, 0]);
    expect(deviation[0]).toBeCloseTo(Math.sqrt(26 / 3), 6);
    expect(positive[0]).toBeCloseTo(2 / 3, 6);
    expect(positive[1]).toBeCloseTo(1 / 3, 6);
    expect([...lowest, ...highest]).toEqual([-4, -2, 3, 2]);
  });
});
