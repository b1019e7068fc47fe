/** Undo: what was ended comes back, networks and curves, by undo, by redo and by the browser's Back. */
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { canUndo, firstConfig } from "../../src/client/selectors";
import { Timeline } from "../../src/client/undo/timeline";
import { singleArm } from "../../src/core/arms";
import { DEFAULT_CONFIG, lossOf, withChanges } from "../../src/core/config";
import type { RunSnapshot } from "../../src/core/snapshot";
import { LocalBrowser, type Tab, TINY } from "./tab";

const ENDED = /run before is kept/;
const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));
/** Longer than what counts as one change. */
const another = () => pause(1_050);

let browser: LocalBrowser;
beforeEach(() => {
  browser = new LocalBrowser();
});
afterEach(() => browser.close());

/** The last step of every arm's curves. */
const ends = (tab: Tab) => tab.state.arms.map((arm) => arm.curves?.steps.at(-1));

async function backAt(tab: Tab, step: number, arms = 1): Promise<void> {
  const all = JSON.stringify(Array.from({ length: arms }, () => step));
  await tab.until((s) => s.step === step && s.phase === "paused" && JSON.stringify(ends(tab)) === all);
}

async function trained(hash = TINY): Promise<{ tab: Tab; step: number }> {
  const tab = browser.open(hash);
  await tab.opened();
  return { tab, step: await tab.trainPast(20) };
}

const withSeed = (tab: Tab, seed: number) => tab.actions.setConfig({ ...firstConfig(tab.state), seed });

describe("undo", () => {
  it("has nothing to undo at first", async () => {
    const tab = browser.open();
    const state = await tab.opened();
    expect([canUndo(state), state.canRedo]).toEqual([false, false]);
    tab.actions.undo();
    tab.actions.redo();
  });

  it("brings a run back that a change of architecture ended, with its curves, and redo the new one", async () => {
    const { tab, step } = await trained();
    const before = firstConfig(tab.state);
    tab.actions.setConfig({ ...before, latent: { ...before.latent, size: 4 } });
    await tab.until((s) => s.step === 0);
    await tab.until(() => tab.notice(ENDED) !== undefined); // said when the worker has handed the run over
    expect(tab.notice(ENDED)?.text).toContain(`step ${step.toLocaleString("en")}`);
    const anew = await tab.trainPast(5);
    tab.actions.undo();
    await backAt(tab, step);
    expect(firstConfig(tab.state)).toEqual(before);
    expect(tab.notice(ENDED)).toBeUndefined();
    expect(tab.state).toMatchObject({ canUndo: false, canRedo: true });
    tab.actions.redo();
    await backAt(tab, anew);
    expect(firstConfig(tab.state).latent.size).toBe(4);
    await tab.trainPast(anew + 3);
  });

  it("brings the very run back: it goes on as if nothing had been", async () => {
    const weights = async (tab: Tab) => {
      await pause(100); // what is kept arrives
      const last = browser.runs.written.at(-1);
      const kept = last === undefined ? null : await browser.runs.load(last);
      return [
        tab.state.step,
        kept?.arms[0]?.snapshot.step,
        kept?.arms[0]?.snapshot.tensors.map(({ values }) => values),
      ];
    };
    const tab = browser.open();
    await tab.opened();
    const stepTo = async (step: number) => {
      while (tab.state.step < step) {
        const { step: now } = tab.state;
        tab.actions.step("all");
        await tab.until((s) => s.step > now);
      }
    };
    await stepTo(8);
    const straight = await weights(tab);
    await tab.close();
    browser = new LocalBrowser();
    const other = browser.open();
    await other.opened();
    for (let step = 1; step <= 8; step++) {
      other.actions.step("all");
      await other.until((s) => s.step === step);
      if (step !== 4) continue;
      other.actions.reset();
      await other.until((s) => s.step === 0);
      other.actions.undo();
      await backAt(other, 4);
    }
    expect(await weights(other)).toEqual(straight);
  });

  it("brings a run back after Reset by the button of the notice, while the new one trains", async () => {
    const { tab, step } = await trained();
    tab.actions.reset();
    await tab.until((s) => s.step === 0);
    tab.actions.train();
    await tab.until((s) => s.step > 3);
    tab.act(ENDED);
    await backAt(tab, step);
    expect(tab.state.wantsTraining).toBe(false);
  });

  it("makes a Reset again, and takes it back again, each with its run", async () => {
    const { tab, step } = await trained();
    tab.actions.reset();
    await tab.until((s) => s.step === 0);
    tab.actions.undo();
    await backAt(tab, step);
    tab.actions.redo();
    await tab.until((s) => s.step === 0 && s.phase === "paused");
    expect(tab.state).toMatchObject({ canUndo: true, canRedo: false });
    tab.actions.undo();
    await backAt(tab, step);
  });

  it("goes through several experiments and back, each with its run", async () => {
    const { tab, step: first } = await trained();
    withSeed(tab, 2);
    await tab.until((s) => s.step === 0);
    const second = await tab.trainPast(5);
    await another();
    withSeed(tab, 3);
    await tab.until((s) => s.step === 0);
    tab.actions.undo();
    await backAt(tab, second);
    tab.actions.undo();
    await backAt(tab, first);
    tab.actions.redo();
    await backAt(tab, second);
    expect(firstConfig(tab.state).seed).toBe(2);
  });

  it("takes a live change back without touching the run", async () => {
    const { tab, step } = await trained();
    tab.actions.setConfig(withChanges(firstConfig(tab.state), { model: { loss: "hinge" } }));
    await tab.until((s) => lossOf(firstConfig(s)) === "hinge" && s.canUndo);
    tab.actions.undo();
    await tab.until((s) => s.arms[0] !== undefined && lossOf(s.arms[0].config) === "non-saturating");
    expect(tab.state.step).toBe(step);
    tab.actions.redo();
    await tab.until((s) => s.arms[0] !== undefined && lossOf(s.arms[0].config) === "hinge");
  });

  it("takes a dragged slider for one change, and the run that its first value ended comes back", async () => {
    const { tab, step } = await trained();
    const moment = performance.now();
    browser.now = () => moment; // however long a loaded machine takes, the hand was quick
    for (let seed = 2; seed < 10; seed++) {
      withSeed(tab, seed);
      await pause(60);
    }
    await tab.until((s) => s.step === 0 && s.arms[0]?.config.seed === 9);
    tab.actions.undo();
    await backAt(tab, step);
    expect(tab.state.canUndo).toBe(false);
  });

  it("brings an arm back that was removed, and its run", async () => {
    const tab = browser.open();
    await tab.opened();
    tab.actions.addArm();
    await tab.until((s) => s.arms.length === 2 && s.arms.every((arm) => arm.stage !== null));
    const step = await tab.trainPast(10);
    await another();
    tab.actions.removeArm("b");
    await tab.until((s) => s.arms.length === 1);
    tab.actions.undo();
    await backAt(tab, step, 2);
    expect(tab.state.experiment.arms.map(({ id }) => id)).toEqual(["a", "b"]);
  });

  it("takes back a change that cannot be built", async () => {
    const { tab, step } = await trained();
    const good = firstConfig(tab.state);
    tab.actions.setConfig(withChanges(good, { networks: { generator: { layers: [{ type: "dense", units: 5 }] } } }));
    expect(tab.state.refusals).toHaveLength(1);
    expect(canUndo(tab.state)).toBe(true);
    tab.actions.undo();
    await tab.until((s) => s.refusals.length === 0);
    expect(firstConfig(tab.state)).toEqual(good);
    expect(tab.state.step).toBe(step);
  });
});

describe("the browser's Back", () => {
  it("goes to the experiment before, and brings its run back; Forward goes on", async () => {
    const { tab, step } = await trained();
    await pause(400);
    const { hashText } = tab.page;
    withSeed(tab, 2);
    await tab.until((s) => s.step === 0);
    await pause(400); // the address is written
    expect(tab.page.hashText).not.toBe(hashText);
    const anew = await tab.trainPast(5);
    tab.page.go(-1);
    await backAt(tab, step);
    expect(tab.page.hashText).toBe(hashText);
    tab.page.go(1);
    await backAt(tab, anew);
  });

  it("does not lead to every value of a live change", async () => {
    const { tab } = await trained();
    await pause(400);
    const { hashText } = tab.page;
    tab.actions.setConfig(withChanges(firstConfig(tab.state), { model: { instanceNoise: 0.25 } }));
    await another();
    withSeed(tab, 2);
    await pause(400);
    tab.page.go(-1);
    await tab.until((s) => s.arms[0]?.config.seed === 1);
    expect(firstConfig(tab.state).model).toMatchObject({ instanceNoise: 0.25 });
    expect(tab.page.hashText).not.toBe(hashText); // the one entry holds the change
  });

  it("leads back from a pasted link", async () => {
    const { tab, step } = await trained();
    await pause(400);
    tab.page.paste("#dataset=moons");
    await tab.until((s) => s.arms[0]?.config.dataset === "moons");
    await pause(400);
    tab.page.go(-1);
    await backAt(tab, step);
  });

  it("has an effect each time after undo and redo, which go back and forward themselves", async () => {
    const { tab, step } = await trained();
    const seed = (value: number) => tab.until((s) => s.arms[0]?.config.seed === value);
    for (const value of [2, 3]) {
      await another();
      withSeed(tab, value);
      await pause(400);
    }
    await another();
    tab.actions.setConfig(withChanges(firstConfig(tab.state), { model: { instanceNoise: 0.25 } }));
    await pause(400);
    const last = tab.page.hashText;
    tab.actions.undo();
    tab.actions.undo();
    await seed(2);
    await pause(400); // the address is written
    tab.page.go(-1);
    await backAt(tab, step);
    tab.actions.redo();
    await seed(2);
    tab.actions.redo();
    await seed(3);
    await pause(800); // the page has gone forward and written
    expect(firstConfig(tab.state).model).toMatchObject({ instanceNoise: 0 });
    tab.actions.redo();
    await pause(800);
    expect(tab.page.hashText).toBe(last);
    tab.page.go(-1);
    await seed(2);
    await pause(400);
    tab.page.go(1);
    await seed(3);
    expect(firstConfig(tab.state).model).toMatchObject({ instanceNoise: 0.25 });
  });

  it("opens the experiment anew, and offers its kept run, after a reload", async () => {
    const { tab, step } = await trained();
    await pause(400);
    const { hashText } = tab.page;
    await tab.close();
    const reloaded = browser.open("#dataset=moons");
    await reloaded.opened();
    reloaded.page.paste(hashText);
    await reloaded.until(() => reloaded.notice(/still here/) !== undefined);
    expect(reloaded.notice(/still here/)?.text).toContain(String(step));
  });
});

describe("the timeline", () => {
  const experiment = singleArm(DEFAULT_CONFIG);
  const runOf = (bytes: number): RunSnapshot => {
    const tensors = [{ name: "w", shape: [bytes / 4], values: new Float32Array(bytes / 4) }];
    const history = { columns: [], steps: new Float64Array(0), values: new Float32Array(0), changes: [] };
    return { arms: [{ id: "a", snapshot: { step: 1, config: DEFAULT_CONFIG, tensors }, history }] };
  };
  const ids = () => {
    let n = 0;
    return () => String(n++);
  };

  it("drops the runs of the farthest past first, and keeps the latest whatever its size", () => {
    const timeline = new Timeline(experiment, ids(), 100);
    for (const bytes of [40, 40, 400]) {
      timeline.keep(timeline.now.id, runOf(bytes));
      timeline.advance(experiment, true);
    }
    expect(["0", "1", "2"].map((id) => timeline.find(id)?.run !== null)).toEqual([false, false, true]);
  });

  it("keeps at most fifty moments", () => {
    const timeline = new Timeline(experiment, ids());
    for (let i = 0; i < 80; i++) timeline.advance(experiment, true);
    expect([timeline.find("30"), timeline.find("31")?.id]).toEqual([null, "31"]);
  });

  it("has no way forward after a change, and forgets the run of a moment that goes on", () => {
    const timeline = new Timeline(experiment, ids());
    timeline.keep("0", runOf(8));
    timeline.advance(experiment, true);
    timeline.moveTo("0");
    expect([timeline.now.run, timeline.after?.id]).toEqual([null, "1"]);
    timeline.advance(experiment, true);
    expect([timeline.after, timeline.find("1")]).toEqual([null, null]);
  });
});
