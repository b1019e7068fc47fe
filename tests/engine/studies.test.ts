/** Questions about latent space, with G's whose answers are known, and with digits. */
import * as tf from "@tensorflow/tfjs";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { startBackend } from "../../src/cli/node-backend";
import { nodeSource, readPublicFile } from "../../src/cli/node-data";
import { type ExperimentConfig, withChanges } from "../../src/core/config";
import { coordinateOf, type DirectionMethod } from "../../src/core/latent-space/directions";
import type { SearchState, StudyAnswer, StudyId, StudyInput } from "../../src/core/latent-space/studies";
import { sampleLatents } from "../../src/core/latents";
import { PRESETS } from "../../src/core/presets";
import { dcganStart } from "../../src/core/presets/mnist-dcgan";
import { type ClassifierFile, parseClassifier } from "../../src/engine/classifier/file";
import type { RealSource } from "../../src/engine/data";
import { answerStudy, toRgba } from "../../src/engine/probes";
import { generateSamples } from "../../src/engine/probes/generate";
import { fromRgba } from "../../src/engine/probes/rgba";
import { createTrainer, type Trainer } from "../../src/engine/trainer";
import { SMALL, sourceOf } from "../helpers/trainers";

beforeAll(async () => {
  await startBackend("wasm");
});

async function ask<Id extends StudyId>(
  trainer: Trainer,
  data: RealSource,
  id: Id,
  input: StudyInput[Id],
  file: ClassifierFile | null = null,
): Promise<StudyAnswer[Id]> {
  const before = tf.memory().numTensors;
  // The id says which input and which answer (core/latent-space/studies.ts).
  const study = { id, input } as unknown as Parameters<typeof answerStudy>[0];
  const answer = await answerStudy(study, { trainer, data, averaged: false, classifier: () => file });
  expect(tf.memory().numTensors, "tensors left behind").toBe(before);
  if (answer === null) throw new Error("its data are not here");
  return answer as StudyAnswer[Id];
}

describe("directions of a linear G", () => {
  /** G(z) = z W with three numbers of z that matter 3, 2 and 0.5 times, and one that does not. */
  const WEIGHTS = [
    [0, 2, 0, 0],
    [3, 0, 0, 0],
    [0, 0, 0.5, 0],
    [0, 0, 0, 0],
  ];
  const linear: ExperimentConfig = withChanges(SMALL, {
    latent: { size: 4, prior: "normal" },
    networks: { generator: { layers: [{ type: "dense", units: 4, useBias: false }] } },
  });
  const points: RealSource = { shape: [4], ready: () => undefined, minibatch: (out) => out.fill(0) };

  const trainer = () =>
    createTrainer({
      config: linear,
      data: points,
      weights: new Map([["generator/weights/0/kernel", Float32Array.from(WEIGHTS.flat())]]),
    });

  it.each<DirectionMethod>(["activations", "kernel", "jacobian"])(
    "by %s are the ones that it was given",
    async (method) => {
      const own = trainer();
      const z = Float32Array.of(0.3, -1, 0.2, 2);
      const { directions } = await ask(own, points, "directions", { method, z, count: 3, label: 0 });
      expect(directions.map(({ vector }) => Array.from(vector, (value) => Math.round(100 * value) / 100 || 0))).toEqual(
        [
          [0, 1, 0, 0],
          [1, 0, 0, 0],
          [0, 0, 1, 0],
        ],
      );
      const squares = [9, 4, 0.25];
      for (const [i, { share }] of directions.entries()) expect(share).toBeCloseTo((squares[i] ?? 0) / 13.25, 2);
      own.dispose();
    },
  );

  it("by its numbers are in the order of what they change", async () => {
    const own = trainer();
    const z = new Float32Array(4);
    const { directions } = await ask(own, points, "directions", { method: "raw", z, count: 4, label: 0 });
    expect(directions.map(({ name }) => name)).toEqual(["z2", "z1", "z3", "z4"]);
    expect(directions[3]?.share).toBeCloseTo(0, 6);
    own.dispose();
  });
});

it("the means of clusters lie where G sends them: a step to one moves samples to it", async () => {
  // G is the identity on the plane, so that a cluster's mean latent is its own centre.
  const config = withChanges(SMALL, {
    dataset: "two-gaussians",
    networks: { generator: { layers: [{ type: "dense", units: 2, useBias: false }] } },
  });
  const data = sourceOf(config);
  const trainer = createTrainer({
    config,
    data,
    weights: new Map([["generator/weights/0/kernel", Float32Array.of(1, 0, 0, 1)]]),
  });
  const { groups } = await ask(trainer, data, "means", { label: 0 });
  expect(groups.map(({ name }) => name)).toEqual(["1", "2"]);
  const z = new Float32Array(2);
  const { directions } = await ask(trainer, data, "directions", { method: "means", z, count: 4, label: 0 });
  for (const { name, vector } of directions) {
    const own = groups.find((group) => group.name === name);
    expect(coordinateOf(own?.latent ?? z, { vector })).toBeGreaterThan(0.4);
  }
  trainer.dispose();
});

describe.each(["mnist-cgan", "mnist-acgan", "mnist-vae"] as const)("%s", (id) => {
  it("has directions of its sampler for the class that is asked for, and a search that comes nearer", async () => {
    const { config } = PRESETS[id];
    const data = nodeSource("mnist");
    await data.ready(0);
    const trainer = createTrainer({ config, data });
    const { size } = config.latent;
    const z = sampleLatents(new Float32Array(size), "normal", 1, 18, 0);
    for (const method of ["activations", "kernel", "jacobian"] as const) {
      const { directions } = await ask(trainer, data, "directions", { method, z, count: 4, label: 3 });
      expect(directions.length, method).toBe(4);
      for (const { vector } of directions) expect(Math.hypot(...vector)).toBeCloseTo(1, 4);
    }
    const { samples: target } = await ask(trainer, data, "reals", { split: "train", from: 0, count: 1 });
    const still = new Float32Array(size);
    const begin = { target, mask: null, blur: 1, label: 3 };
    const state: SearchState = { latents: z, m: still, v: still, step: 0, steps: 20 };
    const first = await ask(trainer, data, "invert", { ...begin, state, updates: 0 });
    const last = await ask(trainer, data, "invert", { ...begin, state: first.state, updates: 20 });
    expect(last.errors[0]).toBeLessThan(first.errors[0] ?? 0);
    expect(last.state.step).toBe(20);
    trainer.dispose();
  });
});

it("where the class is asked for beside z, there are no means to go between, and a sentence says so", async () => {
  const data = nodeSource("mnist");
  const trainer = createTrainer({ config: PRESETS["mnist-cgan"].config, data });
  await expect(ask(trainer, data, "means", { label: 0 })).rejects.toThrow("The class is asked for beside z");
  trainer.dispose();
});

it("what is hidden of a picture does not count, and through a blur fine checks are grey", async () => {
  const config = withChanges(dcganStart, { batchSize: 24 });
  const data = nodeSource("mnist");
  await data.ready(0);
  const trainer = createTrainer({ config, data });
  const { size } = config.latent;
  const z = sampleLatents(new Float32Array(size), "normal", 1, 18, 0);
  const still = new Float32Array(size);
  const state: SearchState = { latents: z, m: still, v: still, step: 0, steps: 1 };
  const upper = Float32Array.from({ length: 784 }, (_, i) => (i < 392 ? 1 : 0));
  const picture = (row: number, column: number) => {
    const bytes = new Uint8ClampedArray(784 * 4);
    bytes.fill(255, (28 * row + column) * 4, (28 * row + column + 1) * 4);
    return bytes;
  };
  const errorOf = async (target: Uint8ClampedArray, mask: Float32Array | null, blur: number) => {
    const { errors } = await ask(trainer, data, "invert", { target, mask, blur, state, updates: 0, label: 0 });
    return errors[0] ?? Number.NaN;
  };
  expect(await errorOf(picture(20, 5), upper, 0)).toBe(await errorOf(picture(25, 9), upper, 0));
  expect(await errorOf(picture(5, 5), upper, 0)).not.toBe(await errorOf(picture(6, 9), upper, 0));
  const grey = new Uint8ClampedArray(784 * 4).fill(128);
  const checks = grey.map((_, i) => (((i >> 2) + Math.floor((i >> 2) / 28)) % 2 === 0 ? 0 : 255));
  const apart = async (blur: number) => (await errorOf(checks, null, blur)) - (await errorOf(grey, null, blur));
  expect(await apart(0)).toBeCloseTo(1, 1);
  expect(await apart(3)).toBeCloseTo(0, 2);
  trainer.dispose();
});

describe("digits", () => {
  const STEPS = 300;
  const config = withChanges(dcganStart, { batchSize: 24 });
  const data = nodeSource("mnist");
  let own: Trainer | null = null;

  /** A trainer that has learnt for a moment: one for all. */
  async function trained(): Promise<Trainer> {
    if (own !== null) return own;
    await data.ready(0);
    own = createTrainer({ config, data });
    await data.ready(STEPS);
    for (let i = 0; i < STEPS; i++) own.train("all");
    return own;
  }
  afterAll(() => own?.dispose());

  it("a training image's nearest neighbour is itself, and bytes there and back are the image", async () => {
    await data.ready(0);
    const trainer = createTrainer({ config, data });
    const numbers = Int32Array.of(17, 400);
    const { samples } = await ask(trainer, data, "images", { indices: numbers });
    const found = await ask(trainer, data, "neighbours", { samples, count: 2, k: 3, from: 0, to: 1000 });
    expect([found.indices[0], found.indices[3]]).toEqual([17, 400]);
    expect(found.distances[0]).toBeCloseTo(0, 5);
    expect(found.distances[1]).toBeGreaterThan(1);
    expect(found.distances[2]).toBeGreaterThanOrEqual(found.distances[1] ?? 0);
    if (!(samples instanceof Uint8ClampedArray)) throw new Error("images are drawn as bytes");
    expect(toRgba(fromRgba(samples, 1), 1)).toEqual(samples);
    trainer.dispose();
  });

  it("pulled towards their mean samples cover less of the reals, by the classifier's features beside what test images read", async () => {
    const trainer = await trained();
    const file = parseClassifier(await readPublicFile("classifiers/mnist.bin"), "mnist");
    const effect = (psi: number, of: ClassifierFile | null) => ask(trainer, data, "truncation", { psi }, of);
    const [whole, half, none] = [await effect(1, file), await effect(0.5, file), await effect(0, file)];
    expect(whole.judge).toMatchObject({
      accuracy: file.header.accuracy,
      quality: file.header.floors.values.featurePrecision,
      diversity: file.header.floors.values.featureRecall,
    });
    expect(whole.judge?.frechet.test).toBe(file.header.floors.values.frechet);
    expect(whole.judge?.frechet.samples).toBeLessThan(none.judge?.frechet.samples ?? 0);
    expect(whole.diversity).toBeGreaterThan(half.diversity);
    expect(none.diversity).toBe(0); // of one sample, again and again
    const byPixels = await effect(0.5, null);
    expect(byPixels.judge).toBeNull();
    expect(byPixels.diversity).toBeLessThan((await effect(1, null)).diversity);
  });

  it("a briefly trained G is made to draw a test digit far better than the best of 1,000 random latents", async () => {
    const trainer = await trained();
    const set = data.images;
    if (set === undefined) throw new Error("digits are images");
    await set.ensureAll("test");
    const { samples: target } = await ask(trainer, data, "reals", { split: "test", from: 3, count: 1 });
    const { size } = config.latent;
    const latents = (count: number, step: number) =>
      sampleLatents(new Float32Array(count * size), "normal", 7, 18, step);
    const made = await generateSamples(trainer, latents(1000, 0), 1000, false);
    if (!(target instanceof Uint8ClampedArray)) throw new Error("images are drawn as bytes");
    const wanted = fromRgba(target, 1);
    let best = Number.POSITIVE_INFINITY;
    for (let i = 0; i < 1000; i++) {
      let sum = 0;
      for (let p = 0; p < 784; p++) sum += ((made[i * 784 + p] ?? 0) - (wanted[p] ?? 0)) ** 2;
      best = Math.min(best, sum / 784);
    }
    const starts = 4;
    let state: SearchState = {
      latents: latents(starts, 1),
      m: new Float32Array(starts * size),
      v: new Float32Array(starts * size),
      step: 0,
      steps: 200,
    };
    let errors = new Float32Array(0) as Float32Array;
    while (state.step < state.steps) {
      const found = await ask(trainer, data, "invert", { target, mask: null, blur: 0, state, updates: 50, label: 0 });
      ({ state, errors } = found);
    }
    expect(Math.min(...errors)).toBeLessThan(0.4 * best);
  });
});
