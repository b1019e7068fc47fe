/** Leaving and returning: what is kept, what is offered, to whom, and what is refused. */

import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { firstConfig } from "../../src/client/selectors";
import { withChanges } from "../../src/core/config";
import { LocalBrowser } from "./tab";

const OFFER = /still here/;
const REFUSAL = /cannot be taken up/;
const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

let browser: LocalBrowser;
beforeEach(() => {
  browser = new LocalBrowser();
});
afterEach(() => browser.close());

describe("leaving and returning", () => {
  it("offers the step that was left, and goes on from there with curves and all", async () => {
    const first = browser.open();
    await first.opened();
    const left = await first.trainPast(20);
    await first.close();

    const second = browser.open();
    await second.until(() => second.notice(OFFER) !== undefined);
    expect(second.notice(OFFER)?.text).toBe(`It had come to step ${left}.`);
    await second.opened();
    second.act(OFFER);
    const resumed = await second.until((s) => s.step === left && (s.arms[0]?.curves?.steps.length ?? 0) > 0);
    expect(resumed.arms[0]?.curves?.steps.at(-1)).toBe(left);
    expect(resumed.arms[0]?.curves?.steps[0]).toBe(1);
    expect(resumed.notices).toEqual([]);
    const later = await second.trainPast(left + 5);
    await second.close();
    expect(browser.runs.kept.size).toBe(1); // the run went on under its own name

    const third = browser.open();
    await third.until(() => third.notice(OFFER) !== undefined);
    expect(third.notice(OFFER)?.text).toBe(`It had come to step ${later}.`);
  });

  it("keeps a single step as soon as it is done, without being left", async () => {
    const tab = browser.open();
    await tab.opened();
    tab.actions.step("all");
    await tab.until((s) => s.step === 1);
    await pause(50);
    expect(browser.runs.written.map(({ step }) => step)).toEqual([1]);
  });

  it("keeps a live change that is made while it rests, so that the link that names it finds the run", async () => {
    const first = browser.open();
    await first.opened();
    const left = await first.trainPast(10);
    first.actions.setConfig(withChanges(firstConfig(first.state), { batchSize: 16, model: { loss: "hinge" } }));
    await pause(400); // the address says so
    const { hashText } = first.page;
    await first.close();
    const second = browser.open(hashText);
    await second.until(() => second.notice(OFFER) !== undefined);
    expect(second.notice(OFFER)?.text).toBe(`It had come to step ${left}.`);
  });

  it("keeps what trains while it trains", async () => {
    const tab = browser.open();
    await tab.opened();
    tab.actions.train();
    await tab.until((s) => s.phase === "training");
    while (browser.runs.written.length < 2) await pause(50);
    const last = browser.runs.written.at(-1);
    expect(tab.state.phase).toBe("training");
    expect(last?.step).toBeGreaterThan(browser.runs.written[0]?.step ?? 0);
  });

  it("does not offer the run of another experiment, nor of one arm of it", async () => {
    const first = browser.open();
    await first.opened();
    await first.trainPast(10);
    await first.close();
    const other = browser.open("#seed=99");
    await other.opened();
    expect(other.state.notices).toEqual([]);
    await other.close();
    const comparing = browser.open(`${first.page.hashText}&b.loss=minimax`);
    await comparing.opened();
    expect(comparing.state.notices).toEqual([]);
  });

  it("brings both arms of a comparison back", async () => {
    const first = browser.open();
    await first.opened();
    first.actions.addArm();
    await first.until((s) => s.arms.length === 2 && s.arms.every((arm) => arm.stage !== null));
    const left = await first.trainPast(10);
    await pause(400); // the address names the comparison
    const { hashText } = first.page;
    await first.close();
    const second = browser.open(hashText);
    await second.until(() => second.notice(OFFER) !== undefined);
    second.act(OFFER);
    const latest = (s: typeof second.state) => s.arms.map((arm) => [arm.step, arm.curves?.steps.at(-1)]);
    await second.until((s) => JSON.stringify(latest(s)) === JSON.stringify([left, left].map((step) => [step, step])));
  });

  it("withdraws the offer when another run begins, and a click that comes too late throws nothing away", async () => {
    const first = browser.open();
    await first.opened();
    await first.trainPast(30);
    await first.close();
    const second = browser.open();
    await second.until(() => second.notice(OFFER) !== undefined);
    const late = second.notice(OFFER)?.action;
    second.actions.step("all");
    expect(second.notice(OFFER)).toBeUndefined();
    late?.run();
    await second.until((s) => s.step === 1);
    await pause(100);
    expect(second.state.step).toBe(1);
    await second.close();
    expect(browser.runs.kept.size).toBe(2); // the earlier run beside the new one
  });

  it("offers nothing when Train was clicked before it was found", async () => {
    const first = browser.open();
    await first.opened();
    await first.trainPast(30);
    await first.close();
    const second = browser.open();
    second.actions.train();
    await second.until((s) => s.step > 5);
    expect(second.notice(OFFER)).toBeUndefined();
  });

  it("says once that the disk is full, and trains on", async () => {
    browser.runs.full = true;
    const tab = browser.open();
    await tab.opened();
    for (let i = 0; i < 2; i++) {
      await tab.trainPast(tab.state.step + 5);
      tab.page.leave();
      await pause(10);
    }
    expect(tab.state.notices.map((n) => n.text)).toEqual([expect.stringContaining("quota exceeded")]);
  });
});

describe("two tabs", () => {
  it("keep a run each, and neither is offered the other's while that goes on", async () => {
    const first = browser.open();
    await first.opened();
    const one = await first.trainPast(10);
    const second = browser.open();
    await second.opened();
    expect(second.notice(OFFER)).toBeUndefined();
    const two = await second.trainPast(one + 20);
    const steps = () => [...browser.runs.kept.values()].map(({ outline }) => (outline as { step: number }).step);
    expect(steps().sort((a, b) => a - b)).toEqual([one, two]);
    await second.close();
    await first.close();
    const third = browser.open();
    await third.until(() => third.notice(OFFER) !== undefined);
  });

  it("are each offered their own after a reload, whichever was kept last", async () => {
    const [first, second] = [browser.open(), browser.open()];
    for (const tab of [first, second]) await tab.opened();
    const one = await first.trainPast(10);
    const two = await second.trainPast(one + 20);
    for (const tab of [first, second]) await tab.close();
    for (const [former, step] of [
      [first, one],
      [second, two],
    ] as const) {
      const again = browser.open(undefined, former);
      await again.until(() => again.notice(OFFER) !== undefined);
      expect(again.notice(OFFER)?.text).toContain(`step ${step}.`);
      await again.close();
    }
  });

  it("are both offered a run that was left, but only one takes it up", async () => {
    const left = browser.open();
    await left.opened();
    const step = await left.trainPast(10);
    await left.close();
    const [one, other] = [browser.open(), browser.open()];
    for (const tab of [one, other]) await tab.opened();
    await one.until(() => one.notice(OFFER) !== undefined);
    await other.until(() => other.notice(OFFER) !== undefined);
    one.act(OFFER);
    await one.until((s) => s.step === step);
    other.act(OFFER);
    await other.until(() => other.notice(REFUSAL) !== undefined);
    expect(other.notice(REFUSAL)?.text).toMatch(/goes on in another tab/);
    expect(other.state.step).toBe(0);
  });

  it("make room: of one experiment the latest two stay", async () => {
    for (let i = 0; i < 4; i++) {
      const tab = browser.open();
      await tab.opened();
      tab.actions.step("all");
      await tab.until((s) => s.step === 1);
      await pause(50);
      await tab.close();
    }
    expect(browser.runs.kept.size).toBe(2);
  });
});

describe("a kept run that is damaged", () => {
  type State = { snapshot: { config: unknown; tensors: { shape: number[]; values: Float32Array }[] } };

  async function reopened(damage: (record: { outline: { version: number }; states: State[] }) => void) {
    const first = browser.open();
    await first.opened();
    await first.trainPast(10);
    await first.close();
    const record = [...browser.runs.kept.values()][0];
    if (record === undefined) throw new Error("nothing was kept");
    damage(record as unknown as Parameters<typeof damage>[0]);
    const second = browser.open();
    await second.opened();
    return second;
  }

  const first = <T>(list: readonly T[] | undefined): T => {
    const [one] = list ?? [];
    if (one === undefined) throw new Error("an empty list");
    return one;
  };

  it.each<[string, RegExp, Parameters<typeof reopened>[0]]>([
    ["is not finite", /not finite/, ({ states }) => void first(first(states).snapshot.tensors).values.fill(Number.NaN)],
    [
      "is cut off",
      /not whole/,
      ({ states }) => Object.assign(first(first(states).snapshot.tensors), { shape: [1, 2, 3] }),
    ],
    ["lacks its state", /not whole/, (record) => Object.assign(record, { states: [] })],
    ["is of another version", /another version/, ({ outline }) => Object.assign(outline, { version: 99 })],
    [
      "has settings that are unknown",
      /another version/,
      ({ states }) => Object.assign(first(states).snapshot, { config: { loss: 7 } }),
    ],
  ])("is refused in a sentence when it %s, removed, and the page trains", async (_, sentence, damage) => {
    const tab = await reopened(damage);
    await tab.until(() => tab.notice(REFUSAL) !== undefined);
    expect(tab.notice(REFUSAL)?.text).toMatch(sentence);
    expect(browser.runs.kept.size).toBe(0);
    await tab.trainPast(3);
  });

  it("is refused by the networks that it does not fit", async () => {
    const tab = await reopened(({ states }) => {
      const tensor = first(first(states).snapshot.tensors);
      Object.assign(tensor, { shape: [1], values: new Float32Array(1) });
    });
    await tab.until(() => tab.notice(OFFER) !== undefined);
    tab.act(OFFER);
    await tab.until((s) => s.notices.some(({ text }) => /Open it with its own experiment/.test(text)));
    expect(tab.state.step).toBe(0);
    await tab.trainPast(3);
  });
});
