/** Probes cost nothing while they are closed, are read at once when opened, and change nothing of the run. */
import { afterEach, expect, it } from "vitest";
import type { Command } from "../../src/worker/protocol";
import { SMALL } from "../helpers/trainers";
import { Harness } from "./harness";

let harness: Harness | undefined;
const open = () => {
  harness = new Harness();
  return harness;
};
afterEach(async () => {
  await harness?.dispose();
  harness = undefined;
});

const view = (probes: readonly "health"[]): Command => ({
  type: "view",
  averaged: true,
  views: [],
  zoomed: false,
  probes,
});

it("are not read while nobody looks, and at once when somebody does", async () => {
  const h = open();
  await h.configure([SMALL]);
  await h.steps(5);
  expect(h.all("probe")).toEqual([]);

  void h.request(view(["health"]));
  const { arm, step, ...read } = await h.next("probe");
  expect([arm, read.id, step]).toEqual(["a", "health", 5]);
  if (read.id !== "health") throw new Error("another probe was asked for");
  expect(read.data.map(({ network }) => network)).toEqual(["generator", "discriminator"]);

  // Each single step is told of; closed, none is.
  void h.steps(1);
  expect((await h.next("probe")).step).toBe(6);
  await h.request(view([]));
  const told = h.all("probe").length;
  await h.steps(3);
  expect(h.all("probe").length).toBe(told);
});

it("are read now and then while training, which goes its way as if nobody looked", async () => {
  const h = open();
  await h.configure([SMALL]);
  await h.request(view(["health"]));
  await h.trainTo(200);
  expect(h.all("probe").length).toBeGreaterThan(0);
  const { arms } = await h.snapshot();
  const step = arms[0]?.snapshot.step ?? 0;

  const alone = new Harness();
  await alone.configure([SMALL]);
  await alone.steps(step);
  expect((await alone.snapshot()).arms[0]?.snapshot.tensors).toEqual(arms[0]?.snapshot.tensors);
  await alone.dispose();
});
