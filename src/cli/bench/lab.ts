/**
 * What the lab costs the page: its thread's tasks with every layer of the stage switched on, training beside that with all off, in turns in
 * one page, and how soon a moment of a long run is on the screen. Needs dist/.
 */
import type { Browser, Page } from "@playwright/test";
import type { PresetId } from "../../core/presets";
import { LAYERS } from "../../core/stage-layers";
import { withBuiltPage } from "../built-page";
import { countSteps, openPreset } from "./page-open";
import { scrubTimes } from "./page-watch";
import { type LabRow, median, quantile } from "./rows";
import { pageTasks, type Task, TRACE_CATEGORIES, taskFigures, tracedThreads } from "./trace";

/** What the page opens with. */
const PRESET: PresetId = "ring-non-saturating";
/** After a switch, before anything is timed. */
const SETTLE_MS = 1000;
const SCRUB_LIMIT_MS = 10_000;

export interface LabOptions {
  /** Length of one turn, seconds. */
  readonly seconds: number;
  /** Turns with everything on, and as many with everything off. */
  readonly turns: number;
  /** Length of the run whose moments are gone to. */
  readonly steps: number;
  readonly scrubs: number;
  readonly onProgress: (text: string) => void;
}

/** @throws when there is no build or no Chromium, with what to do */
export const measureLab = (options: LabOptions): Promise<LabRow> =>
  withBuiltPage((browser, url) => measure(browser, url, options));

async function measure(browser: Browser, url: string, options: LabOptions): Promise<LabRow> {
  const { onProgress, turns, steps, scrubs } = options;
  const { context, page } = await openPreset(browser, url, PRESET);
  try {
    await button(page, "Lab").click();
    await button(page, "Train").click();
    const on: Turn[] = [];
    const off: Turn[] = [];
    for (let turn = 1; turn <= turns; turn++) {
      onProgress(`lab: every layer on, then off, turn ${turn} of ${turns}`);
      on.push(await watchTurn(browser, page, true, options));
      off.push(await watchTurn(browser, page, false, options));
    }
    onProgress(`lab: to step ${steps}`);
    while ((await countSteps(page)) < steps) await page.waitForTimeout(500);
    await button(page, "Pause").click();
    await switchAll(page, true);
    await page.waitForTimeout(SETTLE_MS);
    const reached = await countSteps(page);
    onProgress(`lab: ${scrubs} moments of ${reached} steps`);
    const times = await page.evaluate(scrubTimes, { scrubs, limitMs: SCRUB_LIMIT_MS });
    const ratios = on.map(({ msPerStep }, i) => (off[i]?.msPerStep ?? Number.NaN) / msPerStep);
    return {
      turns,
      on: taskFigures(on.flatMap((one) => one.tasks)),
      off: taskFigures(off.flatMap((one) => one.tasks)),
      rateShare: median(ratios),
      rateShares: ratios,
      scrubSteps: reached,
      scrubs: times.length,
      scrubMs: median(times),
      scrubMs95: quantile(times, 0.95),
    };
  } finally {
    await context.close();
  }
}

interface Turn {
  readonly msPerStep: number;
  /** Of the page's thread. */
  readonly tasks: readonly Task[];
}

async function watchTurn(browser: Browser, page: Page, on: boolean, { seconds }: LabOptions): Promise<Turn> {
  await switchAll(page, on);
  await page.waitForTimeout(SETTLE_MS);
  await browser.startTracing(page, { categories: TRACE_CATEGORIES });
  const [before, began] = [await countSteps(page), performance.now()];
  await page.waitForTimeout(1000 * seconds);
  const msPerStep = (performance.now() - began) / ((await countSteps(page)) - before);
  const trace = await browser.stopTracing();
  return { msPerStep, tasks: pageTasks(tracedThreads(trace.toString("utf8"))) };
}

/** Every layer of the plane, and the map that costs most. */
async function switchAll(page: Page, on: boolean): Promise<void> {
  await page.getByRole("button", { name: /^Layers/ }).click();
  // In the menu, which may be yet to open: outside it there are other buttons named D, and a press on one closes it.
  await page
    .locator(".lab-menu")
    .getByRole("button", { name: on ? "D − D*" : "D", exact: true })
    .click();
  for (const { name, dimensions } of Object.values(LAYERS)) {
    if (!dimensions.some((dimension) => dimension === 2)) continue;
    const layer = page.getByRole("switch", { name });
    if ((await layer.isChecked()) !== on) await layer.press("Space");
  }
  await page.keyboard.press("Escape");
}

const button = (page: Page, name: string) => page.getByRole("button", { name, exact: true });
