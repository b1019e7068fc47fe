import { afterEach, describe, expect, it } from "vitest";
import { createPlayground, type Playground } from "../../src/client/playground";
import { firstConfig, panelConfig } from "../../src/client/selectors";
import type { PlaygroundState } from "../../src/client/store";
import { findArm } from "../../src/core/arms";
import { lossOf, withChanges } from "../../src/core/config";
import { getAt } from "../../src/core/tree";
import { LocalLocks, LocalPage, LocalRuns, LocalWorker } from "./local-worker";

/** Networks that step in a fraction of a millisecond. */
const TINY = "#generator.layers=dense-8-leakyRelu~dense-2&discriminator.layers=dense-8-leakyRelu~dense-1&batchSize=16";

let current: Playground | undefined;
let workers: LocalWorker[] = [];

function open(hash = TINY, prepare: (page: LocalPage) => void = () => {}) {
  const page = new LocalPage(hash);
  prepare(page);
  workers = [];
  const playground = createPlayground({
    page,
    runs: new LocalRuns(),
    locks: new LocalLocks(),
    createWorker: () => {
      const worker = new LocalWorker();
      workers.push(worker);
      return worker;
    },
  });
  current = playground;
  return { ...playground, page };
}

afterEach(async () => {
  current?.dispose();
  current = undefined;
  for (const worker of workers) await worker.ended;
});

function until(fits: (state: PlaygroundState) => boolean): Promise<PlaygroundState> {
  const store = current?.store;
  if (store === undefined) throw new Error("open a playground first");
  return new Promise((resolve) => {
    const stop = store.subscribe(look);
    look();
    function look() {
      const state = store?.getState();
      if (state === undefined || !fits(state)) return;
      stop();
      resolve(state);
    }
  });
}

const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));
const opened = () => until((s) => s.worker === "ready" && s.arms.every((arm) => arm.stage !== null));

describe("the playground", () => {
  it("starts a worker again whose program did not come at first, without a word: nothing had begun", async () => {
    open();
    workers[0]?.crash(""); // as browsers tell of a script that they did not get
    const state = await opened();
    expect(workers).toHaveLength(2);
    expect(state.notices).toEqual([]);
  });

  it("opens the link's experiment and shows its first picture and the latent's sample without being asked", async () => {
    open();
    const state = await until((s) => s.arms[0]?.stage != null && s.arms[0].latentSample !== null);
    expect(state).toMatchObject({ phase: "paused", step: 0, worker: "ready", refusals: [], notices: [] });
    expect(firstConfig(state).batchSize).toBe(16);
    expect(state.arms[0]?.latentSample?.values).toHaveLength(2);
    expect(state.device?.backend).toBe("wasm");
  });

  it("trains, pauses, steps and resets", async () => {
    const { actions } = open();
    await opened();
    actions.train();
    await until((s) => s.step >= 20 && s.phase === "training" && s.stepsPerSecond > 0);
    actions.pause();
    const paused = await until((s) => s.phase === "paused");
    actions.step("all");
    await until((s) => s.step === paused.step + 1);
    actions.reset();
    const reset = await until((s) => s.step === 0);
    expect(reset.phase).toBe("paused");
  });

  it("wants what the last of many quick clicks wanted, and says so at once", async () => {
    open();
    await opened();
    for (const clicks of [15, 8, 7]) {
      const wanted = current?.store.getState().wantsTraining !== (clicks % 2 === 1);
      for (let i = 0; i < clicks; i++) {
        const before = current?.store.getState().wantsTraining;
        current?.actions.toggleTraining();
        expect(current?.store.getState().wantsTraining).toBe(!before);
        await pause(i % 3);
      }
      expect(current?.store.getState().wantsTraining).toBe(wanted);
      await until((s) => s.phase === (wanted ? "training" : "paused"));
      await pause(100);
      expect(current?.store.getState()).toMatchObject({ wantsTraining: wanted, phase: wanted ? "training" : "paused" });
    }
  });

  it("lets the latent's sample follow the slider, also while training", async () => {
    const { actions } = open();
    await opened();
    actions.train();
    await until((s) => s.step > 5);
    const before = await until((s) => s.arms[0]?.latentSample != null);
    for (let i = 0; i < 20; i++) actions.setLatent(new Float32Array([i / 10, 1]));
    await until((s) => s.arms[0]?.latentSample !== before.arms[0]?.latentSample);
    const later = await until((s) => s.step > before.step + 10);
    await until((s) => s.arms[0]?.latentSample !== later.arms[0]?.latentSample);
  });

  it("applies a live change without going back to step 0 and marks it", async () => {
    const { actions, store } = open();
    await opened();
    actions.step("all");
    await until((s) => s.step === 1);
    actions.setConfig(withChanges(firstConfig(store.getState()), { model: { loss: "hinge" } }));
    const state = await until((s) => (s.arms[0]?.curves?.changes.length ?? 0) > 0);
    expect(state.step).toBe(1);
    expect(state.arms[0]?.curves?.changes[0]?.text).toBe("loss Non-saturating → Hinge");
  });

  it("refuses an architecture that does not fit, says why, and trains nothing else in its place", async () => {
    const { actions, store } = open();
    await opened();
    const good = firstConfig(store.getState());
    actions.setConfig(withChanges(good, { networks: { generator: { layers: [{ type: "dense", units: 5 }] } } }));
    expect(store.getState().refusals[0]).toMatch(/^Generator: Layer 1/);
    actions.step("all");
    actions.train();
    expect(store.getState().wantsTraining).toBe(false);
    expect(store.getState().arms[0]?.config).toEqual(good);
    actions.setConfig(good);
    expect(store.getState().refusals).toEqual([]);
    actions.step("all");
    const state = await until((s) => s.step === 1);
    expect(state.arms[0]?.config).toEqual(good);
  });

  it("reaches the worker with the last of many quick changes", async () => {
    const { actions, store } = open();
    await opened();
    for (let i = 1; i <= 30; i++)
      actions.setConfig(withChanges(firstConfig(store.getState()), { model: { instanceNoise: i / 100 } }));
    await until((s) => s.arms[0] !== undefined && getAt(s.arms[0].config, ["model", "instanceNoise"]) === 0.3);
    const state = await until((s) => (s.arms[0]?.curves?.changes.at(-1)?.text ?? "").endsWith("0.3"));
    expect(state.arms[0]?.curves?.changes.length).toBeLessThan(5);
  });

  it("compares with the other of saturating and non-saturating, in lockstep", async () => {
    const { actions } = open();
    await opened();
    actions.addArm();
    const comparing = await until((s) => s.arms.length === 2 && s.arms.every((arm) => arm.stage !== null));
    expect(comparing.layers).toEqual(["pulls"]);
    await until((s) =>
      s.arms.every(
        ({ stage }) => stage !== null && stage.frame.kind !== "images" && stage.frame.views.pulls !== undefined,
      ),
    );
    expect(comparing.arms.map((arm) => lossOf(arm.config))).toEqual(["non-saturating", "minimax"]);
    actions.step("all");
    const stepped = await until((s) => s.arms.every((arm) => arm.step === 1));
    expect(stepped.arms).toHaveLength(2);
    actions.keepOnly("a");
    const alone = await until((s) => s.arms.length === 1);
    expect(alone.step).toBe(1);
  });

  it("carries a change of arm A over to arm B, but not into what they differ in", async () => {
    const { actions, store } = open();
    await opened();
    actions.addArm();
    actions.speakFor("a");
    const config = firstConfig(store.getState());
    actions.setConfig(withChanges(config, { model: { loss: "hinge" }, players: { discriminator: { turns: 3 } } }));
    expect(findArm(store.getState().experiment, "b")?.config).toMatchObject({
      model: { loss: "minimax" },
      players: { discriminator: { turns: 3 } },
    });
    actions.speakFor("b");
    actions.setConfig({ ...panelConfig(store.getState()), batchSize: 32 });
    expect(store.getState().experiment.arms.map((arm) => arm.config.batchSize)).toEqual([16, 32]);
  });

  it("gives the latent another length when its size changes, keeping what was set", async () => {
    const { actions, store } = open();
    await opened();
    actions.setLatent(new Float32Array([0.5, -0.5]));
    const config = firstConfig(store.getState());
    actions.setConfig({ ...config, latent: { ...config.latent, size: 4 } });
    expect([...store.getState().latent.slice(0, 2)]).toEqual([0.5, -0.5]);
    await until((s) => s.latent.length === 4 && s.arms[0]?.latentSample !== null);
  });
});

describe("the address", () => {
  it("names the experiment after every change", async () => {
    const { actions, store, page } = open("");
    await opened();
    actions.setConfig({ ...firstConfig(store.getState()), seed: 42 });
    actions.addArm();
    await until(() => true);
    await pause(400);
    expect(page.hashText).toBe("#v=2&seed=42&b.loss=minimax");
  });

  it("opens a pasted link, and says in one notice what it could not read", async () => {
    const { page, store } = open();
    await opened();
    page.paste("#dataset=moons&colour=red&batchSize=-7");
    await until((s) => firstConfig(s).dataset === "moons");
    const { notices } = store.getState();
    const config = firstConfig(store.getState());
    expect([config.dataset, config.batchSize]).toEqual(["moons", 2]);
    expect(notices).toHaveLength(1);
    expect(notices[0]?.text).toMatch(/colour[\s\S]*batchSize/);
    await until((s) => s.arms[0]?.config.dataset === "moons" && s.arms[0].stage !== null);
  });
});

describe("a worker that dies", () => {
  it("is replaced, and training goes on from the last checkpoint", async () => {
    const { actions } = open();
    await opened();
    actions.train();
    await until((s) => s.step >= 30);
    actions.pause();
    const paused = await until((s) => s.phase === "paused");
    await pause(50); // the checkpoint of the pause arrives
    actions.train();
    await until((s) => s.step > paused.step);
    workers.at(-1)?.crash();
    const restarted = await until((s) => s.notices.length > 0);
    expect(restarted.notices[0]?.text).toContain("restarted");
    const resumed = await until((s) => s.worker === "ready" && s.phase === "training" && s.step >= paused.step);
    expect(resumed.arms[0]?.curves?.steps[0] ?? 1).toBe(1);
    expect(workers).toHaveLength(2);
  });

  it("brings back every arm by its name; one that had just split off has no curves of another's", async () => {
    const { actions } = open();
    await opened();
    actions.train();
    await until((s) => s.step >= 30);
    actions.pause();
    await until((s) => s.phase === "paused");
    await pause(50); // the checkpoint of the pause arrives
    actions.addArm();
    await until((s) => s.arms.length === 2 && s.arms.every(({ stage }) => stage !== null));
    workers.at(-1)?.crash();
    await until((s) => s.notices.length > 0);
    const back = await until(
      (s) => s.worker === "ready" && s.arms.every((arm) => arm.step >= 30 && arm.curves !== null),
    );
    expect(back.arms.map(({ id, config }) => [id, lossOf(config)])).toEqual([
      ["a", "non-saturating"],
      ["b", "minimax"],
    ]);
    expect(back.arms[0]?.curves?.steps.length).toBeGreaterThan(20);
    expect(back.arms[1]?.curves?.steps).toHaveLength(0);
  });

  it("is not replaced for ever, but can be retried", async () => {
    open();
    await opened();
    for (let i = 0; i < 3; i++) {
      workers.at(-1)?.crash();
      await pause(20);
    }
    const dead = await until((s) => s.worker === "dead");
    const notice = dead.notices.find((n) => n.action?.label === "Retry");
    expect(notice?.text).toMatch(/died 3 times/);
    notice?.action?.run();
    const again = await until((s) => s.worker === "ready");
    expect(again.notices.some((n) => n.action?.label === "Retry")).toBe(false);
  });

  it("leaves a page without workers with a sentence", () => {
    const playground = createPlayground({
      page: new LocalPage(),
      createWorker: () => {
        throw new Error("workers are forbidden");
      },
    });
    const { worker, notices } = playground.store.getState();
    playground.actions.train();
    playground.dispose();
    expect(worker).toBe("dead");
    expect(notices[0]?.text).toMatch(/does not let the page start a worker.*another browser/);
  });
});

describe("the device", () => {
  it("is asked for by the address once, and remembered when it is chosen", async () => {
    const { actions, store, page } = open(TINY, (p) => {
      p.searchText = "?device=cpu";
    });
    const state = await opened();
    expect([state.devicePreference, state.device?.backend]).toEqual(["cpu", "cpu"]);
    expect(page.settings.size).toBe(0);
    actions.step("all");
    await until((s) => s.step === 1);
    actions.setDevice("wasm");
    await until((s) => s.device?.backend === "wasm");
    expect(store.getState().step).toBe(1);
    expect(page.settings.get("device")).toBe("wasm");
  });
});
