/** Threads in a real browser: a wide network's steps are shared by helpers of the training worker, a small one's are not. */
import { expect, type Page, test } from "@playwright/test";
import { PlaygroundPage, presetLink } from "./page";

const helpers = (page: Page): number =>
  page.workers().filter((worker) => worker.url().includes("helper.worker")).length;

test("wide layers train with helper threads, one fewer than cores and three at most", async ({ page }) => {
  const playground = new PlaygroundPage(page);
  await playground.open(presetLink("mnist-mlp"), "?device=wasm");
  const cores = await page.evaluate(() => navigator.hardwareConcurrency);
  test.skip(cores < 2, "one core, no helpers");
  expect(await page.evaluate(() => crossOriginIsolated)).toBe(true);
  await playground.train.click();
  await expect.poll(() => helpers(page)).toBe(Math.min(cores, 4) - 1);
  await playground.expectStepsAbove((await playground.stepCount()) + 20);
  await playground.pause.click();
  // They are kept for the next run, not started again.
  await playground.button("Reset").click();
  await playground.train.click();
  await playground.expectStepsAbove(20);
  expect(helpers(page)).toBe(Math.min(cores, 4) - 1);
});

test("a small network trains without helpers", async ({ page }) => {
  const playground = new PlaygroundPage(page);
  await playground.open("", "?device=wasm");
  await playground.train.click();
  await playground.expectStepsAbove(50);
  expect(helpers(page)).toBe(0);
});
