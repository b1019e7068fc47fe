/** A run that blows up with finite numbers says so, can be looked at, and can be taken back to where it was sound. */

import { afterEach, beforeEach, expect, it } from "vitest";
import { firstConfig } from "../../src/client/selectors";
import { withChanges } from "../../src/core/config";
import { isSound, runawayOf } from "../../src/core/diagnosis/runaway";
import { LocalBrowser, type Tab } from "./tab";

/** Pearson's chi-squared divergence is unbounded: this run is lost by step 1,600. */
const RUNS_AWAY = "#loss=f-pearson&seed=2";

/** Training steps a second: a picture every few dozen. */
const PACE = 500;

let browser: LocalBrowser;
beforeEach(() => {
  browser = new LocalBrowser();
});
afterEach(() => browser.close());

const runaway = (tab: Tab) => tab.state.arms.map(runawayOf)[0] ?? null;

async function lost(change: (tab: Tab) => void = () => {}): Promise<Tab> {
  const tab = browser.open(RUNS_AWAY);
  await tab.opened();
  expect(runaway(tab)).toBeNull();
  tab.actions.setSpeedLimit(PACE); // on a fast machine the fakes are out and back between two pictures
  tab.actions.train();
  await tab.until((s) => s.sound !== null && s.sound.latest > 0);
  change(tab);
  for (;;) {
    await tab.until(() => runaway(tab)?.reach != null);
    tab.actions.pause();
    const { step } = await tab.until((s) => s.phase === "paused");
    await tab.until((s) => s.arms[0]?.stage?.step === step);
    if (runaway(tab)?.reach != null) return tab;
    tab.actions.train(); // they were on their way through the picture
  }
}

it("goes back to the latest step at which it was sound, and undo leads to the lost run again", async () => {
  const tab = await lost();
  expect(runaway(tab)?.reach).toBeGreaterThan(3);
  const { step, sound } = tab.state;
  expect(sound?.beforeChange).toBeNull();
  tab.actions.goBackToSound("latest");
  await tab.until((s) => s.step === sound?.latest && s.arms.every((arm) => arm.stage?.step === s.step));
  await tab.until((s) => s.arms[0]?.curves?.steps.at(-1) === sound?.latest); // they come after the picture
  expect(tab.state.arms.every(isSound)).toBe(true);
  tab.actions.undo();
  await tab.until((s) => s.step === step && runaway(tab)?.reach != null);
});

it("goes back to before the change that it did not survive, with the experiment of then", async () => {
  const tab = await lost(({ actions, state }) => {
    const config = firstConfig(state);
    actions.setConfig(withChanges(config, { batchSize: config.batchSize, model: { instanceNoise: 0.01 } }));
  });
  await tab.until((s) => s.sound?.beforeChange != null);
  const step = tab.state.sound?.beforeChange;
  tab.actions.goBackToSound("beforeChange");
  await tab.until((s) => s.step === step);
  expect(firstConfig(tab.state).model).toMatchObject({ instanceNoise: 0 });
});

it("shows where the fakes went, and the data again", async () => {
  const tab = await lost();
  const extent = () => {
    const frame = tab.state.arms[0]?.stage?.frame;
    return frame?.kind === "plane" ? frame.extent : Number.NaN;
  };
  const data = extent();
  tab.actions.setZoomed(true);
  await tab.until(() => extent() >= (runaway(tab)?.reach ?? Number.POSITIVE_INFINITY));
  tab.actions.setZoomed(false);
  await tab.until(() => extent() === data);
});
