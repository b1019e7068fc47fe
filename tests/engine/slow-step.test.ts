/** A step taken apart: its stages by name, its numbers, its pictures, and that the step itself stays training's own to the last bit. */
import * as tf from "@tensorflow/tfjs";
import { beforeAll, describe, expect, it } from "vitest";
import { startBackend } from "../../src/cli/node-backend";
import { type ExperimentConfig, withChanges } from "../../src/core/config";
import { readingIds } from "../../src/core/models";
import { PRESETS } from "../../src/core/presets";
import type { SlowStep } from "../../src/core/slow-motion/types";
import { stageWords } from "../../src/core/slow-motion/words";
import { slowStep, stageFrame } from "../../src/engine/probes";
import type { Trainer } from "../../src/engine/trainer";
import { EVERYTHING, SMALL, sourceOf, trainerOf, trainSteps } from "../helpers/trainers";

beforeAll(async () => {
  await startBackend("wasm");
});

const look = (trainer: Trainer): Promise<SlowStep> =>
  slowStep(trainer, () =>
    stageFrame(trainer, sourceOf(trainer.config), {
      averaged: false,
      zoomed: false,
      views: ["pulls"],
      losses: ["non-saturating"],
      label: 0,
    }),
  );

const namesOf = ({ stages }: SlowStep, config: ExperimentConfig) =>
  stages.map((stage) => stageWords(stage, config).name);

describe("a slow step", () => {
  it("of the game has D's eight stages, then G's six", async () => {
    const trainer = trainerOf(SMALL);
    expect(namesOf(await look(trainer), SMALL)).toEqual([
      ..."Sample x,Sample z,G makes fakes,D on reals,D on fakes,D's loss,D's gradient,D's update".split(","),
      ..."Sample z,G makes fakes,D on fakes,G's loss,G's gradient,G's update".split(","),
    ]);
    trainer.dispose();
  });

  it("of other models has their own, from their roles", async () => {
    const [vae, cgan] = [PRESETS["ring-vae"].config, PRESETS["ring-cgan"].config];
    const trainers = [trainerOf(vae), trainerOf(cgan)] as const;
    expect(namesOf(await look(trainers[0]), vae)).toEqual(
      "Sample x,Sample ε,E codes x,G makes x again,E and G's loss,E and G's gradient,E and G's update".split(","),
    );
    expect(namesOf(await look(trainers[1]), cgan).slice(0, 4)).toEqual(
      "Sample x,Sample z,Sample y,G makes fakes".split(","),
    );
    for (const trainer of trainers) trainer.dispose();
  });

  it("tells a turn of its own for each of D's updates", async () => {
    const config = withChanges(SMALL, { players: { discriminator: { turns: 3 } } });
    const trainer = trainerOf(config);
    const { stages, pictures } = await look(trainer);
    expect(stages.filter(({ kind }) => kind === "update").map(({ player, turn }) => `${player} ${turn}`)).toEqual(
      "discriminator 0,discriminator 1,discriminator 2,generator 0".split(","),
    );
    expect(pictures.length).toBe(5);
    trainer.dispose();
  });

  it.each([
    ["the game", SMALL],
    ["everything at once", EVERYTHING],
    ["a VAE", PRESETS["ring-vae"].config],
  ] as const)("is the very step that training makes: %s", async (_, config) => {
    const [watched, alone] = [trainerOf(config), trainerOf(config)];
    for (const trainer of [watched, alone]) trainSteps(trainer, 4);
    await watched.readNumbers();
    const before = tf.memory().numTensors;
    const { step, stages, pictures } = await look(watched);
    expect(tf.memory().numTensors, "tensors left behind").toBe(before);
    expect([step, watched.step]).toEqual([4, 4]);

    for (const trainer of [watched, alone]) trainSteps(trainer, 1);
    // The loss that was told is the loss of the step, and the last picture is the picture after it.
    const { columns, values } = await lastNumbers(watched);
    const told = stages.flatMap((stage) =>
      stage.kind === "loss" && stage.turn === 0 ? Object.entries(stage.readings) : [],
    );
    if (config !== EVERYTHING)
      for (const [id, value] of told) expect(value, id).toBeCloseTo(values[columns.indexOf(id)] ?? 0, 5);
    const after = await stageFrame(watched, sourceOf(config), {
      averaged: false,
      zoomed: false,
      views: [],
      losses: [],
      label: 0,
    });
    const last = pictures.at(-1);
    if (last?.kind !== "plane" || after.kind !== "plane") throw new Error("These data lie in the plane.");
    expect(Math.max(...last.fakes.map((x, i) => Math.abs(x - (after.fakes[i] ?? 0))))).toBeLessThan(1e-5);

    for (const trainer of [watched, alone]) trainSteps(trainer, 2);
    expect((await watched.save()).tensors).toEqual((await alone.save()).tensors);
    for (const trainer of [watched, alone]) trainer.dispose();
  });

  it("has the numbers of each stage: D's gradient is the reading's, its update moves D, and only then the picture of D", async () => {
    const trainer = trainerOf(SMALL);
    trainSteps(trainer, 20);
    await trainer.readNumbers();
    const { stages, pictures } = await look(trainer);
    const [loss] = stages.filter(({ kind }) => kind === "loss");
    const [gradient] = stages.filter(({ kind }) => kind === "gradient");
    const [update] = stages.filter(({ kind }) => kind === "update");
    if (loss?.kind !== "loss" || gradient?.kind !== "gradient" || update?.kind !== "update") throw new Error("missing");
    expect(gradient.norms.discriminator).toBeCloseTo(loss.readings.dGradNorm ?? 0, 5);
    expect(update.networks.discriminator?.change).toBeGreaterThan(0);
    expect([loss.picture, gradient.picture, update.picture]).toEqual([0, 0, 1]);
    const [first, second, third] = pictures;
    if (first?.kind !== "plane" || second?.kind !== "plane" || third?.kind !== "plane") throw new Error("missing");
    expect(second.logits).not.toEqual(first.logits);
    expect(second.fakes).toEqual(first.fakes);
    expect(third.fakes).not.toEqual(second.fakes);
    expect(second.views.pulls?.losses.length).toBe(1);
    const [drawn] = stages;
    if (drawn?.kind !== "draw") throw new Error("missing");
    expect(drawn.numbers.shape).toEqual([16, 2]);
    expect(drawn.numbers.examples.length).toBe(6);
    trainer.dispose();
  });
});

async function lastNumbers(trainer: Trainer) {
  const { values } = await trainer.readNumbers();
  const columns: readonly string[] = readingIds(trainer.config);
  return { columns, values: values.slice(-columns.length) };
}
