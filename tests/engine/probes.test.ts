/** Stage frames: sizes, fixed inputs, bytes; and that looking leaves nothing behind. */

import * as tf from "@tensorflow/tfjs";
import { beforeAll, describe, expect, it } from "vitest";
import { startBackend } from "../../src/cli/node-backend";
import { type ExperimentConfig, startOf, withChanges } from "../../src/core/config";
import { sigmoid } from "../../src/core/density";
import { generatorCurve, LOSS_IDS, type LossId } from "../../src/core/losses";
import { wholePlane } from "../../src/core/plane-window";
import { STREAMS } from "../../src/core/rng";
import type { RealSource } from "../../src/engine/data";
import { lineGrid, planeGrid, stageFrame, toRgba } from "../../src/engine/probes";
import { score } from "../../src/engine/probes/generate";
import { createTrainer } from "../../src/engine/trainer";
import { SMALL, sourceOf } from "../helpers/trainers";

beforeAll(async () => {
  await startBackend("wasm");
});

const frameOf = async (config: ExperimentConfig, data: RealSource, steps = 0, losses: readonly LossId[] = []) => {
  const trainer = createTrainer({ config, data });
  for (let i = 0; i < steps; i++) trainer.train("all");
  const before = tf.memory().numTensors;
  const frame = await stageFrame(trainer, data, {
    averaged: false,
    zoomed: false,
    views: losses.length === 0 ? [] : ["pulls"],
    losses,
    label: 0,
  });
  expect(tf.memory().numTensors, "tensors left behind").toBe(before);
  trainer.dispose();
  return frame;
};

const lineConfig: ExperimentConfig = withChanges(SMALL, {
  dataset: "gaussian-1d",
  networks: { generator: { layers: [{ type: "dense", units: 1 }] } },
});

describe("a model that codes samples", () => {
  it.each([
    ["gaussian-1d", 1],
    ["ring", 2],
  ] as const)("shows reals of %s beside their copies, with the code of each", async (dataset, dimension) => {
    const config = { ...startOf("vae", dataset), batchSize: 16 };
    const frame = await frameOf(config, sourceOf(config), 3);
    if (frame.kind === "images" || frame.pairs === undefined) throw new Error("points with copies");
    expect(frame.logits).toHaveLength(0);
    const { reals, remade, codes } = frame.pairs;
    expect([reals.length, remade.length, codes.length]).toEqual([100 * dimension, 100 * dimension, 100 * 2]);
    expect(remade).not.toEqual(reals);
    expect(new Set(codes).size).toBeGreaterThan(100);
  });
});

describe("a discriminator of packs", () => {
  const config = withChanges(SMALL, { model: { packing: 2 } });
  const places = planeGrid(4, wholePlane(2));
  const reversed = places.toReversed().map((_, i, all) => all[i ^ 1] ?? 0); // the points, last first, each as (x, y)

  it("judges each place beside real samples, whatever the places around it are", async () => {
    const trainer = createTrainer({ config, data: sourceOf(config) });
    for (let i = 0; i < 30; i++) trainer.train("all");
    const before = tf.memory().numTensors;
    const logits = await score(trainer, places, 16, { company: "reals" });
    expect(await score(trainer, reversed, 16, { company: "reals" })).toEqual(logits.toReversed());
    expect(await score(trainer, places.slice(0, 2), 1, { company: "reals" })).toEqual(logits.slice(0, 1));
    // Samples that are a minibatch are judged as training does: in packs of their own.
    expect(await score(trainer, reversed, 16)).not.toEqual((await score(trainer, places, 16)).toReversed());
    expect(tf.memory().numTensors, "tensors left behind").toBe(before);
    trainer.dispose();
  });

  it("is without packing what it is for minibatches", async () => {
    const trainer = createTrainer({ config: SMALL, data: sourceOf(SMALL) });
    expect(await score(trainer, places, 16, { company: "reals" })).toEqual(await score(trainer, places, 16));
    trainer.dispose();
  });
});

/** Sixteen grey levels, so that bytes can be foretold. */
const greyData: RealSource = {
  shape: [28, 28, 1],
  ready: () => undefined,
  minibatch: (out, _seed, stream) => out.fill(stream === STREAMS.view ? 1 : -1),
};
const imageConfig: ExperimentConfig = withChanges(SMALL, {
  dataset: "mnist",
  networks: {
    generator: {
      layers: [
        { type: "dense", units: 784, activation: "tanh" },
        { type: "reshape", shape: [28, 28, 1] },
      ],
    },
    discriminator: { layers: [{ type: "flatten" }, { type: "dense", units: 1 }] },
  },
});

describe("stage frames", () => {
  it("of the line: 2,000 fakes, D on 256 points", async () => {
    const frame = await frameOf(lineConfig, sourceOf(lineConfig));
    if (frame.kind !== "line") throw new Error(frame.kind);
    expect([frame.fakes.length, frame.logits.length]).toEqual([2000, 256]);
  });

  it("of the plane: 1,000 fakes, D on 48 × 48 cells; the same fakes at every look", async () => {
    const frame = await frameOf(SMALL, sourceOf(SMALL), 2);
    if (frame.kind !== "plane") throw new Error(frame.kind);
    expect([frame.fakes.length, frame.logits.length, frame.size]).toEqual([2000, 48 * 48, 48]);
    expect(await frameOf(SMALL, sourceOf(SMALL), 2)).toEqual(frame);
  });

  it("of images: 32 of each as bytes with D's logits, the fixed reals among them", async () => {
    const frame = await frameOf(imageConfig, greyData, 1);
    if (frame.kind !== "images") throw new Error(frame.kind);
    expect([frame.fakes.length, frame.reals.length]).toEqual([32 * 784 * 4, 32 * 784 * 4]);
    expect([frame.fakeLogits.length, frame.realLogits.length]).toEqual([32, 32]);
    expect(frame.reals.every((byte) => byte === 255)).toBe(true);
    expect(new Set(frame.realLogits).size).toBe(1);
  });
});

describe("pulls on the fakes", () => {
  const pullsOf = async (config: ExperimentConfig, losses: readonly LossId[]) => {
    const frame = await frameOf(config, sourceOf(config), 3, losses);
    if (frame.kind === "images" || frame.views.pulls === undefined) throw new Error("no pulls");
    return frame.views.pulls;
  };

  it("are there where they are asked for, of 64 fakes and every loss", async () => {
    const { logits, losses } = await pullsOf(SMALL, LOSS_IDS);
    expect(logits).toHaveLength(64);
    expect(losses.map(({ loss, arrows }) => [loss, arrows.length])).toEqual(LOSS_IDS.map((id) => [id, 128]));
    for (const { loss, arrows } of losses) expect(arrows.every(Number.isFinite), loss).toBe(true);
    expect(await frameOf(SMALL, sourceOf(SMALL), 3)).toMatchObject({ views: {} });
    expect((await pullsOf(lineConfig, ["hinge"])).losses[0]?.arrows).toHaveLength(64);
  });

  it("point the same way for both losses of the 2014 paper; their lengths are in the ratio of D to 1 − D", async () => {
    const { logits, losses } = await pullsOf(SMALL, ["minimax", "non-saturating"]);
    const [saturating, other] = losses;
    logits.forEach((logit, i) => {
      const d = sigmoid(logit);
      for (const at of [2 * i, 2 * i + 1]) {
        expect((saturating?.arrows[at] ?? 0) * (1 - d)).toBeCloseTo((other?.arrows[at] ?? 1) * d, 5);
      }
    });
  });

  it("are minus the slope of the loss, by finite differences", async () => {
    const trainer = createTrainer({ config: SMALL, data: sourceOf(SMALL) });
    for (let i = 0; i < 3; i++) trainer.train("all");
    const frame = await stageFrame(trainer, sourceOf(SMALL), {
      averaged: false,
      zoomed: false,
      views: ["pulls"],
      losses: ["non-saturating"],
      label: 0,
    });
    if (frame.kind !== "plane") throw new Error(frame.kind);
    const curve = generatorCurve("non-saturating", 0);
    const h = 1e-3;
    const at = async (shift: number) => {
      const moved = frame.fakes.slice(0, 128).map((x, i) => (i % 2 === 0 ? x + shift : x));
      return Array.from(await score(trainer, moved, 64), (b) => curve?.(b) ?? Number.NaN);
    };
    const [up, down] = [await at(h), await at(-h)];
    const slopes = up.map((value, i) => -(value - (down[i] ?? 0)) / (2 * h));
    const found = slopes.map((_, i) => frame.views.pulls?.losses[0]?.arrows[2 * i] ?? Number.NaN);
    const off = slopes.map((slope, i) => Math.abs(slope - (found[i] ?? Number.NaN))).sort((x, y) => x - y);
    expect(off[57]).toBeLessThan(2e-3); // nine in ten: a leaky ReLU may bend between the two points
    trainer.dispose();
  });
});

describe("a part of the plane", () => {
  it("has a map of its own, of as many places, and the same fakes", async () => {
    const trainer = createTrainer({ config: SMALL, data: sourceOf(SMALL) });
    for (let i = 0; i < 20; i++) trainer.train("all");
    const view = { averaged: false, zoomed: false, views: [], losses: [], label: 0 };
    const window = { x: 0.5, y: -0.25, half: 0.125 };
    const [all, near] = [
      await stageFrame(trainer, sourceOf(SMALL), view),
      await stageFrame(trainer, sourceOf(SMALL), { ...view, window }),
    ];
    if (all.kind !== "plane" || near.kind !== "plane") throw new Error("points of the plane");
    expect([near.size, near.extent, near.fakes]).toEqual([all.size, all.extent, all.fakes]);
    expect([all.window, near.window]).toEqual([undefined, window]);
    expect(near.logits).toEqual(await score(trainer, planeGrid(near.size, window), near.size ** 2));
    expect(near.logits).not.toEqual(all.logits);
    trainer.dispose();
  });
});

describe("helpers", () => {
  it("turn [-1, 1] into grey or colour bytes", () => {
    expect([...toRgba(Float32Array.of(-1, 1, 0), 1)]).toEqual([0, 0, 0, 255, 255, 255, 255, 255, 128, 128, 128, 255]);
    expect([...toRgba(Float32Array.of(-1, 0, 2), 3)]).toEqual([0, 128, 255, 255]);
    expect([...toRgba(Float32Array.of(0.5), 1, [0, 1])]).toEqual([128, 128, 128, 255]);
  });

  it("lay the grid from left to right and from top to bottom", () => {
    expect([...lineGrid(3, 2)]).toEqual([-2, 0, 2]);
    expect([...planeGrid(2, wholePlane(4))]).toEqual([-2, 2, 2, 2, -2, -2, 2, -2]);
    expect([...planeGrid(2, { x: 1, y: -1, half: 2 })]).toEqual([0, 0, 2, 0, 0, -2, 2, -2]);
  });
});

describe("where G sends latents, for data on the line", () => {
  it("has G of evenly spaced latents, in order: of one dense layer a straight line", async () => {
    const config = withChanges(lineConfig, { latent: { size: 1, prior: "uniform" } });
    const weights = new Map([
      ["generator/weights/0/kernel", Float32Array.of(2)],
      ["generator/weights/0/bias", Float32Array.of(0.5)],
    ]);
    const data = sourceOf(config);
    const trainer = createTrainer({ config, data, weights });
    const view = { averaged: false, zoomed: false, views: ["mapping"], losses: [], label: 0 } as const;
    const frame = await stageFrame(trainer, data, view);
    const mapping = frame.kind === "line" ? frame.views.mapping : undefined;
    expect(mapping?.reach).toBe(1);
    expect([mapping?.samples[0], mapping?.samples.at(-1)]).toEqual([-1.5, 2.5]);
    expect(mapping?.samples[20]).toBeCloseTo(0.5, 6);
    trainer.dispose();
  });
});
