/**
 * Whole-configuration fixtures: a training run that draws its own latents, noise, masks and (where none are given) weights;
 * only minibatches of reals are given. Read, run through the project's trainer, compared. No printing.
 */

import * as v from "valibot";
import type { ExperimentConfig } from "../../core/config";
import { parseConfig } from "../../core/parse-config";
import { READING_IDS } from "../../core/readings";
import { STREAMS, subStream } from "../../core/rng";
import type { Snapshot } from "../../core/snapshot";
import type { RealSource } from "../../engine/data";
import { generate } from "../../engine/probes/generate";
import { createTrainer, type Trainer } from "../../engine/trainer";
import {
  type Comparison,
  comparison,
  type Deviation,
  type Share,
  TOLERANCES,
  Worst,
  within,
  worstReading,
} from "./comparison";
import { count, numbers } from "./given";

/** Format "whole" of the fixtures: the README of tests/fixtures/whole says what each field means. */
export const WholeFixtureSchema = v.object({
  format: v.literal("whole"),
  name: v.string(),
  dataShape: v.array(count),
  config: v.looseObject({}),
  players: v.array(v.picklist(["both", "generator", "discriminator"])),
  updates: v.exactOptional(v.record(v.string(), v.looseObject({}))),
  weights: v.exactOptional(v.record(v.string(), v.object({ shape: numbers, values: numbers }))),
  reals: v.array(v.array(numbers)),
  expected: v.array(v.record(v.string(), v.nullable(v.number()))),
  updatesDone: v.object({ generator: v.number(), discriminator: v.number() }),
  final: v.record(v.string(), numbers),
  eval: v.object({
    latents: numbers,
    count,
    samples: numbers,
    logits: numbers,
    averaged: v.exactOptional(v.nullable(numbers)),
  }),
});
export type WholeFixture = v.InferOutput<typeof WholeFixtureSchema>;

/**
 * Runs the fixture on the running backend and compares.
 * @throws Error in a sentence when the fixture contradicts itself or the trainer refuses it
 */
export async function runWholeFixture(fixture: WholeFixture): Promise<Comparison> {
  const config = read(fixture.config);
  const given = Object.entries(fixture.weights ?? {});
  const trainer = createTrainer({
    config,
    data: givenReals(fixture),
    weights: new Map(given.map(([name, { values }]) => [name, Float32Array.from(values)])),
  });
  try {
    for (const [step, players] of fixture.players.entries()) {
      const change = fixture.updates?.[step];
      if (change !== undefined) trainer.update(read(change, trainer.config));
      trainer.train(players === "both" ? "all" : players);
      await trainer.compiled(); // so that what is compared is what the page runs
    }
    const run = await trainer.readNumbers();
    return comparison(fixture.name, {
      readings: worstReading(fixture.expected, run, READING_IDS),
      ...tensorDeviations(fixture, await trainer.save()),
      evaluation: await evaluationDeviation(fixture, trainer),
    });
  } finally {
    trainer.dispose();
  }
}

/** @throws Error when a value had to be mended: the fixture would then be about another experiment */
function read(input: object, fallback?: ExperimentConfig): ExperimentConfig {
  const { config, problems } = parseConfig(input, fallback);
  if (problems.length > 0) throw new Error(`its configuration is not ours: ${problems.join(" ")}`);
  return config;
}

/** The fixture's minibatches, found by the stream that D's k-th update draws from. */
function givenReals(fixture: WholeFixture): RealSource {
  const most = Math.max(...fixture.reals.map(({ length }) => length));
  const updateOf = new Map(Array.from({ length: most }, (_, k) => [subStream(STREAMS.minibatch, k), k]));
  return {
    shape: [...fixture.dataShape],
    ready: () => undefined,
    minibatch(out, _seed, stream, step) {
      const k = updateOf.get(stream);
      const values = k === undefined ? undefined : fixture.reals[step]?.[k];
      if (values?.length !== out.length) {
        throw new Error(`the fixture has no ${out.length} numbers of reals for step ${step + 1}`);
      }
      out.set(values);
    },
  };
}

/** Final tensors by what they are; a tensor that one side lacks is a deviation without bound. */
function tensorDeviations(fixture: WholeFixture, { tensors }: Snapshot): Record<string, Deviation> {
  const parts = {
    weights: new Worst(),
    "moments and spectral vectors": new Worst(),
    "optimizer slots": new Worst(),
    updates: new Worst(),
  };
  const place = (name: string, expected: readonly number[]): { worst: Worst; share: Share } => {
    const [, kind] = name.split("/");
    if (kind === "optimizer") {
      const largest = expected.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
      return { worst: parts["optimizer slots"], share: within(TOLERANCES.slots * largest) };
    }
    return kind === "moving" || kind === "spectral"
      ? { worst: parts["moments and spectral vectors"], share: within(TOLERANCES.moments) }
      : { worst: parts.weights, share: within(TOLERANCES.weights) };
  };
  const found = new Map(tensors.map(({ name, values }) => [name, values]));
  for (const player of ["generator", "discriminator"] as const) {
    const name = `${player}/updates`;
    parts.updates.seeAll(found.get(name), [fixture.updatesDone[player]], name, within(TOLERANCES.weights));
    found.delete(name);
  }
  for (const [name, values] of Object.entries(fixture.final)) {
    const { worst, share } = place(name, values);
    worst.seeAll(found.get(name), values, name, share);
    found.delete(name);
  }
  for (const name of found.keys()) parts.weights.see(undefined, 0, `${name} (not expected)`, within(0));
  return Object.fromEntries(Object.entries(parts).map(([name, worst]) => [name, worst.deviation]));
}

async function evaluationDeviation(fixture: WholeFixture, trainer: Trainer): Promise<Deviation> {
  const { latents, count, samples, logits, averaged } = fixture.eval;
  const worst = new Worst();
  const share = within(TOLERANCES.evaluation);
  const made = await generate(trainer, Float32Array.from(latents), count, false);
  worst.seeAll(made.samples, samples, "samples", share);
  worst.seeAll(made.logits, logits, "logits", share);
  if (averaged) {
    const other = await generate(trainer, Float32Array.from(latents), count, true);
    worst.seeAll(other.samples, averaged, "averaged samples", share);
  }
  return worst.deviation;
}
