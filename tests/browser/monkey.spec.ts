/**
 * Somebody who clicks on everything, for two minutes: presets, data sets, losses, sliders, comparing, layers, resets, sizes of the window.
 * The page must answer all the time, say no error, and step when it says that it trains. PLAYGROUND_MONKEY_SEED and
 * PLAYGROUND_MONKEY_SECONDS choose another walk, or a longer one.
 */
import { expect, type Page, test } from "@playwright/test";
import { PRESET_IDS } from "../../src/core/presets";
import { Monkey } from "./drivers/monkey";
import { PlaygroundPage, presetLink } from "./page";

const SECONDS = Number(process.env.PLAYGROUND_MONKEY_SECONDS ?? 120);
const SEED = Number(process.env.PLAYGROUND_MONKEY_SEED ?? 1);
/** Far beyond any work that the page's own thread may do at a stretch, also on a busy machine. */
const WEDGED_MS = 30_000;
/** A step of the largest network that the controls allow takes seconds on a slow machine. */
const STEP_MS = 120_000;

test(`two minutes of clicks on everything, seed ${SEED}`, async ({ page }) => {
  test.setTimeout((SECONDS + 400) * 1000);
  const faults: string[] = [];
  page.on("console", (message) => message.type() === "error" && faults.push(message.text()));
  page.on("pageerror", (error) => faults.push(error.stack ?? error.message));
  const playground = new PlaygroundPage(page);
  await playground.open();

  const monkey = new Monkey(page, SEED, PRESET_IDS.map(presetLink));
  const end = Date.now() + SECONDS * 1000;
  while (Date.now() < end) {
    await monkey.act();
    await answers(page, monkey);
    if (monkey.count % 25 === 0) await stepsWhereItTrains(page, monkey);
    expect(faults, monkey.story()).toEqual([]);
  }
  console.log(`${monkey.count} actions.`);

  // It is still the same page: the plainest thing works.
  await page.setViewportSize({ width: 1440, height: 900 });
  await page.goto("/");
  await playground.train.click();
  await playground.expectStepsAbove(20);
  expect(faults, monkey.story()).toEqual([]);
});

/** The page's own thread is not stuck. */
async function answers(page: Page, monkey: Monkey): Promise<void> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const late = new Promise<string>((resolve) => {
    timer = setTimeout(() => resolve("stuck"), WEDGED_MS);
  });
  const answer = await Promise.race([page.evaluate(() => "alive"), late]);
  clearTimeout(timer);
  expect(answer, monkey.story()).toBe("alive");
}

async function stepsWhereItTrains(page: Page, monkey: Monkey): Promise<void> {
  const look = () =>
    page.evaluate(() => {
      const state = window.ganPlayground?.state();
      return { training: state?.phase === "training", step: state?.step ?? 0 };
    });
  const before = await look();
  if (!before.training) return;
  await expect
    .poll(
      async () => {
        const now = await look();
        return !now.training || now.step !== before.step;
      },
      { timeout: STEP_MS, message: monkey.story() },
    )
    .toBe(true);
}
