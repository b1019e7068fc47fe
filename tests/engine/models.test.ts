/** Every model, by enumeration: gradients by finite differences, replayed as eager bit for bit, nothing left behind, the same from a link. */
import * as tf from "@tensorflow/tfjs";
import { beforeAll, describe, expect, it } from "vitest";
import { startBackend } from "../../src/cli/node-backend";
import { singleArm } from "../../src/core/arms";
import { type ExperimentConfig, startOf } from "../../src/core/config";
import { MODEL_IDS, type ModelId, modelOf, readingIds } from "../../src/core/models";
import { decodeExperiment, encodeExperiment } from "../../src/core/share";
import { columnReader } from "../../src/core/step-table";
import { generate, stageFrame } from "../../src/engine/probes";
import { createTrainer, type Trainer } from "../../src/engine/trainer";
import { sourceOf } from "../helpers/trainers";

const small = (id: ModelId): ExperimentConfig => ({ ...startOf(id, "ring"), batchSize: 16 });
const trainerOf = (config: ExperimentConfig, execution: "eager" | "replay" = "replay") =>
  createTrainer({ config, data: sourceOf(config), execution });

describe.each(MODEL_IDS)("the model %s in a run", (id) => {
  const config = small(id);

  beforeAll(async () => {
    await startBackend("wasm");
  });

  const run = async (execution: "eager" | "replay") => {
    const trainer = trainerOf(config, execution);
    for (let step = 0; step < 4; step++) trainer.train("all");
    const { mode, reason } = trainer.execution;
    const numbers = await trainer.readNumbers();
    const { tensors } = await trainer.save();
    trainer.dispose();
    return { mode, reason, numbers, tensors };
  };

  it("is replayed as it runs eagerly, bit for bit, tells all its readings and leaves nothing behind", async () => {
    const before = tf.memory().numTensors;
    const eager = await run("eager");
    const replayed = await run("replay");
    expect(replayed.mode, replayed.reason).toBe("replay");
    expect(replayed.numbers.values).toEqual(eager.numbers.values);
    expect(replayed.tensors).toEqual(eager.tensors);
    expect(eager.numbers.columns).toEqual(readingIds(config));
    expect([...eager.numbers.values].every(Number.isFinite)).toBe(true);
    expect(tf.memory().numTensors, "tensors left behind").toBe(before);
  });

  it("goes down its own loss: plain descent changes it by the gradient's square times the rate", async () => {
    const plainly = (learningRate: number): ExperimentConfig => {
      const optimizer = { type: "sgd", learningRate } as const;
      const players = Object.fromEntries(Object.keys(config.players).map((name) => [name, { optimizer, turns: 1 }]));
      return { ...config, players, schedule: { ...config.schedule, type: "constant" } };
    };
    for (const [name, { minimises, norm }] of Object.entries(OBJECTIVES[id])) {
      const trainer = trainerOf(plainly(0), "eager");
      const start = await trainer.save();
      const read = async (): Promise<Read> => {
        trainer.train(name as "generator");
        const numbers = await trainer.readNumbers();
        return (reading) => columnReader(numbers, reading)(0);
      };
      // A rate at which the loss falls by a thousandth: far above single precision's steps, too little for it to bend.
      const still = await read();
      const fall = 1e-3 * Math.max(1, Math.abs(minimises(still)));
      trainer.restore(start);
      trainer.update(plainly(fall / still(norm) ** 2));
      const before = await read();
      // The same draws again, by the updated weights.
      trainer.restore({ ...(await trainer.save()), step: start.step });
      const after = await read();
      expect(minimises(before), name).toBe(minimises(still));
      expect(Math.abs((minimises(before) - minimises(after)) / fall - 1), name).toBeLessThan(0.15);
      trainer.dispose();
    }
  });

  it("comes back from a saved run, and goes on as if it had not stopped", async () => {
    const [whole, half] = [trainerOf(config), trainerOf(config)];
    for (let step = 0; step < 4; step++) whole.train("all");
    for (let step = 0; step < 2; step++) half.train("all");
    const resumed = trainerOf(config);
    resumed.restore(await half.save());
    for (let step = 0; step < 2; step++) resumed.train("all");
    expect((await resumed.save()).tensors).toEqual((await whole.save()).tensors);
    for (const trainer of [whole, half, resumed]) trainer.dispose();
  });

  it("makes samples and a frame for the stage, of its judge's opinion only where it has one", async () => {
    const trainer = trainerOf(config);
    const before = tf.memory().numTensors;
    const latents = new Float32Array(6 * config.latent.size).fill(0.5);
    const { samples, logits } = await generate(trainer, latents, 6, false);
    expect(samples.length).toBe(12);
    expect(logits.length).toBe(modelOf(config).judge === null ? 0 : 6);
    const view = { averaged: false, zoomed: false, views: [], losses: [], label: 3 };
    const frame = await stageFrame(trainer, sourceOf(config), view);
    expect(frame).toMatchObject({ kind: "plane" });
    expect(tf.memory().numTensors, "tensors left behind").toBe(before);
    trainer.dispose();
  });

  it("is the same from its link", () => {
    const { arms, problems } = decodeExperiment(encodeExperiment(singleArm(config)));
    expect(problems).toEqual([]);
    expect(arms[0].config).toEqual(config);
  });
});

type Read = (reading: string) => number;

const sum =
  (...readings: string[]) =>
  (read: Read) =>
    readings.reduce((total, reading) => total + read(reading), 0);

/** What each player minimises, in readings, and which is the norm of its gradient. */
const OBJECTIVES: Record<
  ModelId,
  Record<string, { readonly minimises: (read: Read) => number; readonly norm: string }>
> = {
  gan: {
    discriminator: { minimises: sum("dTotal"), norm: "dGradNorm" },
    generator: { minimises: sum("gLoss"), norm: "gGradNorm" },
  },
  cgan: {
    discriminator: { minimises: sum("dTotal"), norm: "dGradNorm" },
    generator: { minimises: sum("gLoss"), norm: "gGradNorm" },
  },
  acgan: {
    discriminator: { minimises: sum("dLoss", "dClassReal", "dClassFake"), norm: "dGradNorm" },
    generator: { minimises: sum("gLoss", "gClass"), norm: "gGradNorm" },
  },
  vae: { autoencoder: { minimises: sum("reconstruction", "kl"), norm: "gradNorm" } },
};

describe("models that are told classes", () => {
  const samplesOf = async (trainer: Trainer, label: number) => {
    const latents = new Float32Array(4 * trainer.config.latent.size).fill(0.3);
    return [...(await generate(trainer, latents, 4, false, { labels: [label, label, label, label] })).samples];
  };

  it.each(["cgan", "acgan"] as const)("%s makes another sample of the same z for another class", async (id) => {
    await startBackend("wasm");
    const trainer = trainerOf(small(id));
    expect(await samplesOf(trainer, 0)).not.toEqual(await samplesOf(trainer, 5));
    expect(await samplesOf(trainer, 5)).toEqual(await samplesOf(trainer, 5));
    trainer.dispose();
  });

  it("learn which cluster is which", async () => {
    await startBackend("wasm");
    const config: ExperimentConfig = { ...startOf("cgan", "two-gaussians"), batchSize: 64 };
    const trainer = trainerOf(config);
    for (let step = 0; step < 400; step++) trainer.train("all");
    const [a, b] = [await samplesOf(trainer, 0), await samplesOf(trainer, 1)];
    const data = sourceOf(config);
    const [reals, labels] = [new Float32Array(200), new Int32Array(100)];
    data.minibatch(reals, 1, 2, 3);
    data.labels?.fill(labels, 1, 2, 3);
    const centre = (label: number, axis: number) => {
      const own = [...labels].flatMap((one, i) => (one === label ? [reals[2 * i + axis] ?? 0] : []));
      return own.reduce((total, value) => total + value, 0) / own.length;
    };
    const distance = (sample: readonly number[], label: number) =>
      Math.hypot((sample[0] ?? 0) - centre(label, 0), (sample[1] ?? 0) - centre(label, 1));
    expect(distance(a, 0)).toBeLessThan(distance(a, 1));
    expect(distance(b, 1)).toBeLessThan(distance(b, 0));
    trainer.dispose();
  });

  it("are refused in a sentence where the data have no classes", () => {
    const config = startOf("cgan", "moons");
    expect(() => trainerOf(config)).toThrow("learns from samples that belong to classes");
  });
});
