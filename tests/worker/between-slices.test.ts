/** What the worker does between two slices of training, so that a person's question waits for as little as can be. */
import { afterEach, describe, expect, it } from "vitest";
import { DEFAULT_CONFIG } from "../../src/core/config";
import { Aging } from "../../src/worker/pacing";
import type { WorkerEvent } from "../../src/worker/protocol";
import { Harness } from "./harness";

/** What takes milliseconds to make. */
const isHeavy = ({ type }: WorkerEvent) => ["stage", "curves", "checkpoint", "probe", "quality"].includes(type);

/** A clock that jumps ahead whenever somebody looks, so that everything is always due. */
function hurriedClock(): () => number {
  let time = 0;
  return () => {
    time += 30_000;
    return time;
  };
}

let harness: Harness | undefined;
afterEach(async () => {
  await harness?.dispose();
  harness = undefined;
});

describe("between two slices of training", () => {
  it("one thing at most is made for the page beside the state, and everything has its turn", async () => {
    const h = new Harness(undefined, undefined, hurriedClock());
    harness = h;
    await h.configure([DEFAULT_CONFIG]);
    await h.request({ type: "view", averaged: true, views: [], zoomed: false, probes: ["health"] });
    await h.request({ type: "train" });
    const from = h.events.length;
    for (const type of ["stage", "curves", "checkpoint", "probe", "film"] as const) {
      await h.until((event) => event.type === type, from);
    }
    const until = h.events.length;
    await h.request({ type: "pause" });
    const perTurn: string[][] = [[]];
    for (const event of h.events.slice(from, until)) {
      if (event.type === "state") perTurn.push([]);
      else if (isHeavy(event)) perTurn.at(-1)?.push(event.type);
    }
    expect(perTurn.filter((turn) => turn.length > 1)).toEqual([]);
  });

  it("a question that comes while a picture is made is answered before anything else is made", async () => {
    const h = new Harness(undefined, undefined, hurriedClock());
    harness = h;
    await h.configure([DEFAULT_CONFIG]);
    await h.request({ type: "train" });
    let asked: Promise<unknown> | null = null;
    let at = 0;
    h.watch((event) => {
      if (asked !== null || event.type !== "stage" || event.step === 0) return;
      at = h.events.length;
      asked = h.request({ type: "generate", latents: new Float32Array(2), count: 1 });
    });
    await h.until((event) => event.type === "stage" && event.step > 0);
    await asked;
    const answer = h.events.findIndex((event, i) => i >= at && event.type === "result");
    expect(h.events.slice(at, answer).filter(isHeavy)).toEqual([]);
    await h.request({ type: "pause" });
  });
});

describe("what ages", () => {
  it("comes often at first, then every so often, and often again when it is renewed", () => {
    const aging = new Aging(0.1, 500, 2_000);
    expect([7_000, 9_000, 17_000, 27_000, 99_000].map((now) => aging.interval(now))).toEqual([
      500, 500, 1_000, 2_000, 2_000,
    ]);
    aging.renew();
    expect(aging.interval(100_000)).toBe(500);
  });
});
