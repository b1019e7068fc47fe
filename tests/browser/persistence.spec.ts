/** Nothing is lost: what was left is offered again, to one tab at a time, and a page without storage trains all the same. */
import { expect, type Page, test } from "@playwright/test";
import { PlaygroundPage } from "./page";

/** The step that the page offers to go on from. */
async function offeredStep(page: Page): Promise<number> {
  const offer = page.getByRole("status").filter({ hasText: "still here" });
  await expect(offer).toBeVisible();
  return Number(/step ([\d,]+)/.exec((await offer.textContent()) ?? "")?.[1]?.replaceAll(",", ""));
}

async function trainAndPause(playground: PlaygroundPage, beyond: number): Promise<number> {
  await playground.train.click();
  await playground.expectStepsAbove(beyond);
  await playground.rest();
  await playground.page.waitForTimeout(400); // the button changes at once, the last slice of steps is still counted
  return playground.stepCount();
}

test("paused and reloaded, the page offers the very step, and brings it back", async ({ page }) => {
  const playground = new PlaygroundPage(page);
  await playground.open();
  const left = await trainAndPause(playground, 300);
  await page.reload();
  expect(await offeredStep(page)).toBe(left);
  await playground.button("Resume").click();
  await expect.poll(() => playground.stepCount()).toBe(left);
  await playground.button("Step both").click();
  await expect.poll(() => playground.stepCount()).toBe(left + 1);
  await page.reload();
  expect(await offeredStep(page)).toBe(left + 1);
});

test("left in the middle of training, the page offers what is at most two seconds of it older", async ({ page }) => {
  const playground = new PlaygroundPage(page);
  await playground.open();
  await playground.train.click();
  await playground.expectStepsAbove(0);
  await page.waitForTimeout(2500);
  const twoSecondsAgo = await playground.stepCount();
  await page.waitForTimeout(2000);
  await page.reload();
  expect(await offeredStep(page)).toBeGreaterThanOrEqual(twoSecondsAgo);
});

test("two tabs keep two runs, and neither is offered the other's", async ({ page, context }) => {
  const first = new PlaygroundPage(page);
  await first.open();
  const one = await trainAndPause(first, 100);
  const second = new PlaygroundPage(await context.newPage());
  await second.open();
  await second.page.waitForTimeout(2500); // as long as it could wait for the other's run
  await expect(second.page.getByText("still here")).toHaveCount(0);
  await second.button("Step both").click();
  await expect(second.steps).toHaveText("1");
  await first.page.reload();
  expect(await offeredStep(first.page)).toBe(one);
  await second.page.reload();
  expect(await offeredStep(second.page)).toBe(1);
});

test("Train clicked at once keeps both the new run and the old one", async ({ page }) => {
  const playground = new PlaygroundPage(page);
  await playground.open();
  await trainAndPause(playground, 300);
  await page.reload();
  await playground.train.click();
  await playground.expectStepsAbove(5);
  await page.waitForTimeout(500);
  await expect(page.getByText("still here")).toHaveCount(0);
  await playground.expectStepsAbove(20);
});

test("where the very sight of the storage throws, the page opens and trains", async ({ page }) => {
  await page.addInitScript(() => {
    for (const name of ["indexedDB", "localStorage", "sessionStorage"]) {
      Object.defineProperty(window, name, {
        get() {
          throw new DOMException("The operation is insecure.", "SecurityError");
        },
      });
    }
  });
  const playground = new PlaygroundPage(page);
  await playground.open();
  await playground.train.click();
  await playground.expectStepsAbove(5);
});
