/** What can go wrong: damaged data, a dead worker, a broken link, nonsense numbers. Each gets a sentence and a way out. */
import { expect, test } from "@playwright/test";
import { PlaygroundPage, presetLink } from "./page";

test("a damaged chunk is named and can be retried", async ({ page }) => {
  const damaged = "**/data/mnist/train-0.bin";
  await page.route(damaged, async (route) => {
    const response = await route.fetch();
    const body = await response.body();
    body[1000] = (body[1000] ?? 0) ^ 0xff;
    await route.fulfill({ response, body });
  });
  const playground = new PlaygroundPage(page);
  await playground.open(presetLink("mnist-mlp"));
  await expect(page.getByText(/train-0\.bin/).first()).toBeVisible();
  await page.unroute(damaged);
  await page.getByRole("button", { name: "Retry" }).first().click();
  await playground.train.click();
  await playground.expectStepsAbove(0);
});

test("a dead worker is restarted and training goes on from its last state", async ({ page }) => {
  const playground = new PlaygroundPage(page);
  await playground.open();
  await playground.train.click();
  await playground.expectStepsAbove(100);
  await playground.pause.click(); // a pause keeps a checkpoint
  const kept = await playground.stepCount();
  await playground.train.click();
  await playground.expectStepsAbove(kept);
  await page.workers()[0]?.evaluate(() => self.close());
  await expect(page.getByText(/restarted/i).first()).toBeVisible({ timeout: 60_000 });
  await playground.expectStepsAbove(kept);
});

test("a broken link opens what can be read and says what could not", async ({ page }) => {
  const playground = new PlaygroundPage(page);
  await playground.open("#dataset=moons&batchSize=-7&colour=red&loss=nonsense");
  await expect(playground.combobox("Dataset")).toHaveValue(/moons/i);
  const notices = page.getByRole("region", { name: "Notices", exact: true });
  for (const said of [/batchSize/, /colour/, /loss/]) await expect(notices.getByText(said).first()).toBeVisible();
});

test("a link opens the same experiment, and the same numbers", async ({ page, context }) => {
  const first = new PlaygroundPage(page);
  await first.open("#seed=7&dataset=moons&loss=minimax");
  await first.button("Step both").click();
  await expect(first.steps).toHaveText("1");
  await first.button("Step both").click();
  await expect(first.steps).toHaveText("2");
  const second = new PlaygroundPage(await context.newPage());
  await second.open(new URL(page.url()).hash);
  for (const count of ["1", "2"]) {
    await second.button("Step both").click();
    await expect(second.steps).toHaveText(count);
  }
  const stage = (of: PlaygroundPage) => of.pixels(of.page.getByRole("img", { name: "Stage", exact: true }));
  await expect.poll(async () => (await stage(first)) === (await stage(second))).toBe(true);
});

test("a nonsense number is clamped or refused with a sentence", async ({ page }) => {
  const playground = new PlaygroundPage(page);
  await playground.open();
  const batch = page.getByRole("textbox", { name: /^Batch size/ });
  await batch.fill("99999999");
  await batch.press("Enter");
  await batch.blur();
  await expect(page.getByText(/1,?024/).first()).toBeVisible();
  await playground.train.click();
  await playground.expectStepsAbove(0);
});
