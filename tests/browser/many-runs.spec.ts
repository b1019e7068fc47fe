/** Many runs, as a person makes them: set up, watched, paused, cancelled, compared, opened; the page's own run goes on. */
import { readFile } from "node:fs/promises";
import { expect, type Locator, type Page, test } from "@playwright/test";
import { PlaygroundPage, workerProgram } from "./page";

async function openRuns(page: Page, hash = ""): Promise<{ playground: PlaygroundPage; view: Locator }> {
  const playground = new PlaygroundPage(page);
  await playground.open(hash);
  await playground.button("Lab").click();
  await page.getByRole("button", { name: /^Many runs/ }).click();
  const view = page.getByRole("dialog", { name: "Many runs" });
  await expect(view.getByRole("form", { name: "What to run" })).toBeVisible();
  return { playground, view };
}

/** The fields of one of the grid's two settings. */
const axis = (view: Locator, name: "First" | "Second") => view.getByRole("group", { name: `${name} setting` });

const finished = (view: Locator, count: number) =>
  expect(view.getByRole("status").first()).toContainText(`${count} of ${count} runs done`, { timeout: 90_000 });

test("a grid of two settings under two seeds: pictures, heat map, bands, table, CSV; a press opens a run where it ended", async ({
  page,
}) => {
  const { playground, view } = await openRuns(page);
  await view.getByLabel("Steps of each run").fill("60");
  await view.getByLabel("Seeds").fill("2");
  await axis(view, "First").getByLabel("Setting").selectOption("updates a step of D");
  await view.getByLabel("Values").fill("1, 2");
  await axis(view, "Second").getByLabel("Setting").selectOption("loss");
  for (const box of await view.getByRole("group", { name: "Values of the loss" }).getByRole("checkbox").all()) {
    await box.uncheck();
  }
  await expect(view.getByRole("status")).toContainText("no value for the loss");
  await view.getByRole("checkbox", { name: "Non-saturating" }).check();
  await view.getByRole("checkbox", { name: "Hinge" }).check();
  await view.getByRole("button", { name: "Make 8 runs" }).click();
  await finished(view, 8);

  const runs = view.getByRole("region", { name: "Runs", exact: true }).getByRole("button");
  await expect(runs).toHaveCount(8);
  await expect(runs.first()).toContainText(/Seed 1.*updates a step of D 1, loss Non-saturating.*High-quality share/);
  const pictures = await Promise.all((await runs.locator("canvas").all()).map((one) => playground.pixels(one)));
  expect(new Set(pictures).size).toBe(8);

  // The heat map: one cell a pair of values; a cell shows its runs alone.
  const heat = view.getByRole("table", { name: /mean over the seeds/ });
  await expect(heat.getByRole("button")).toHaveCount(4);
  await heat.getByRole("button", { name: /updates a step of D 2, loss Hinge: .* Show these runs alone/ }).click();
  await expect(runs).toHaveCount(2);
  await view.getByRole("button", { name: /show all again/ }).click();

  // Curves: a bold mean for each cell, a thin line for each run.
  const curves = view.getByRole("region", { name: "Curves of all runs" });
  await expect(curves.getByRole("img", { name: "G's loss of 8 runs over 60 steps" })).toBeVisible();
  await curves.getByLabel("Curve").selectOption("D's loss");
  await expect(curves.getByRole("img", { name: "D's loss of 8 runs over 60 steps" })).toBeVisible();

  // Sorted by a metric and by a column.
  await view.getByLabel("Metric").selectOption("Sliced Wasserstein");
  await view.getByLabel("Sort").selectOption("best first");
  const shown = (await runs.allTextContents()).map((text) => Number(/Wasserstein ([\d.]+)/.exec(text)?.[1]));
  expect(shown).toEqual(shown.toSorted((a, b) => a - b));
  const table = view.getByRole("table", { name: /standard deviation over the seeds/ });
  await expect(table.getByRole("row")).toHaveCount(5);
  await table.getByRole("button", { name: "Time" }).click();
  await expect(table.getByRole("columnheader", { name: /Time/ })).toHaveAttribute("aria-sort", "ascending");

  const coming = page.waitForEvent("download");
  await view.getByRole("button", { name: "CSV" }).click();
  const rows = (await readFile((await (await coming).path()) ?? "", "utf8")).trimEnd().split("\n");
  expect(rows).toHaveLength(9);
  expect(rows[0]).toMatch(/^run,seed,players.discriminator.turns,model.loss,steps,ended,seconds,.*slicedWasserstein/);

  // Opened where it ended: its step, its settings, its curves, and Undo leads back.
  await view.getByLabel("Sort").selectOption("as they were planned");
  await runs.nth(5).click(); // seed 2, one update of D, hinge
  await expect(view).toBeHidden();
  await expect(playground.steps).toHaveText("60");
  await expect(page).toHaveURL(/loss=hinge/);
  await expect(page).toHaveURL(/seed=2/);
  await playground.button("Undo").first().click();
  await expect(page).not.toHaveURL(/loss=hinge/);
});

test("runs go on while the page trains, rest when they are told to, and what is done is kept when they are cancelled", async ({
  page,
}) => {
  const { playground, view } = await openRuns(page);
  await view.getByLabel("Steps of each run").fill("600");
  await view.getByLabel("Seeds").fill("20");
  await view.getByRole("button", { name: "Make 20 runs" }).click();
  await page.keyboard.press("Escape");
  await expect(view).toBeHidden();
  await playground.train.click();
  await playground.expectStepsAbove(300);
  const button = page.getByRole("button", { name: /^Many runs/ });
  await expect(button).toContainText(/[1-9]\d* of 20/);

  await button.click();
  await view.getByRole("button", { name: "Pause", exact: true }).click();
  const status = view.getByRole("status").first();
  await expect(status).toContainText("paused");
  await page.waitForTimeout(600); // what was on its way when they were told to rest
  const resting = await status.textContent();
  const before = await page.evaluate(() => window.ganPlayground?.state().step ?? 0);
  await expect.poll(() => page.evaluate(() => window.ganPlayground?.state().step ?? 0)).toBeGreaterThan(before + 50);
  expect(await status.textContent()).toBe(resting);

  await view.getByRole("button", { name: "Go on" }).click();
  await expect(status).not.toContainText("paused");
  await view.getByRole("button", { name: "Cancel" }).click();
  await expect(status).toContainText(/of 20 runs kept, the others were cancelled/);
  await view.getByRole("combobox", { name: "Show" }).selectOption("runs that came to their end");
  await expect(view.getByRole("region", { name: "Runs", exact: true }).getByRole("button").first()).toContainText(
    "Seed",
  );
  await view.getByRole("button", { name: "Other runs" }).click();
  await expect(view.getByRole("form", { name: "What to run" })).toBeVisible();
});

test("what cannot be run is said before it is tried, and a run that diverges says where", async ({ page }) => {
  const sgd = ["generator", "discriminator"].map(
    (name) => `${name}.optimizer.type=sgd&${name}.optimizer.learningRate=0.01`,
  );
  const { view } = await openRuns(page, `#v=2&loss=wasserstein&${sgd.join("&")}`);
  const make = view.getByRole("button", { name: /^Make/ });
  await view.getByLabel("Seeds").fill("1, 1");
  await expect(view.getByRole("status")).toContainText("A seed is there twice");
  await expect(make).toBeDisabled();
  await view.getByLabel("Seeds").fill("201");
  await expect(view.getByRole("status")).toContainText("From 1 to 200 seeds");
  await view.getByLabel("Seeds").fill("1");
  await axis(view, "First").getByLabel("Setting").selectOption("learning rate of D and G");
  await view.getByLabel("Values").fill("2");
  await expect(view.getByRole("status")).toContainText("must be a number from 0 to 1, but “2” was given");
  await view.getByLabel("Steps of each run").fill("50");
  await view.getByLabel("Values").fill("1, 0.001");
  await view.getByRole("button", { name: "Make 2 runs" }).click();
  await finished(view, 2);
  await expect(view.getByRole("status").first()).toContainText("1 diverged");
  const runs = view.getByRole("region", { name: "Runs", exact: true }).getByRole("button");
  await expect(runs.first()).toContainText(/diverged at step \d+.*At step \d+, .* (number|bounds)\./);
  await view.getByRole("combobox", { name: "Show" }).selectOption("runs that diverged or could not be made");
  await expect(runs).toHaveCount(1);
});

test("a worker that dies is replaced, and its run is made again", async ({ page }) => {
  const { view } = await openRuns(page);
  const worker = page.waitForEvent("worker", { predicate: (one) => /sweep/.test(one.url()) });
  await view.getByLabel("Steps of each run").fill("2000");
  await view.getByLabel("Seeds").fill("1");
  await view.getByRole("button", { name: "Make 1 run" }).click();
  const first = await worker;
  // Step 0 is shown before the worker's program is there; from its first step on it is known to live.
  await expect(view.getByText(/^step [1-9]/)).toBeVisible();
  await first.evaluate(() => self.close());
  await finished(view, 1);
  await expect(view.getByRole("region", { name: "Runs", exact: true }).getByRole("button")).toContainText(
    "High-quality share",
  );
});

for (const { what, answer, sentence } of [
  {
    what: "is missing",
    answer: { status: 404, contentType: "text/plain", body: "not found" },
    sentence: /The program that makes runs could not be loaded.*Reload the page/,
  },
  {
    what: "fails as it starts",
    answer: workerProgram('throw new RangeError("Array buffer allocation failed");'),
    sentence: /The program that makes runs failed as it started: a number or a size is beyond .* Reload the page/,
  },
]) {
  test(`the runs' program ${what}: one sentence says so and what to do, and asking again makes the runs`, async ({
    page,
  }) => {
    const { view } = await openRuns(page);
    await page.route(/sweep\.worker/, (route) => route.fulfill(answer));
    await view.getByLabel("Steps of each run").fill("20");
    await view.getByLabel("Seeds").fill("6");
    await view.getByRole("button", { name: "Make 6 runs" }).click();
    await expect(view.getByRole("alert")).toHaveText(sentence);
    await expect(view.getByRole("status").first()).toContainText("6 could not be made");
    await page.unroute(/sweep\.worker/);
    await view.getByRole("button", { name: "Ask again" }).click();
    await finished(view, 6);
    await expect(view.getByRole("alert")).toHaveCount(0);
  });
}

test("a background worker that ends before its program begins is told within seconds, and asking again replaces it", async ({
  page,
}) => {
  await page.clock.install();
  const { view } = await openRuns(page);
  await page.route(/sweep\.worker/, (route) => route.fulfill(workerProgram("self.close();")));
  await view.getByLabel("Steps of each run").fill("20");
  await view.getByLabel("Seeds").fill("3");
  await view.getByRole("button", { name: "Make 3 runs" }).click();
  await expect(view.getByRole("status").first()).toContainText("0 of 3 runs done");
  await page.clock.runFor(10_000);
  await expect(view.getByRole("alert")).toHaveText(/has not arrived yet\..*want of memory.*ask again/);
  await page.unroute(/sweep\.worker/);
  await view.getByRole("button", { name: "Ask again" }).click();
  await finished(view, 3);
  await expect(view.getByRole("alert")).toHaveCount(0);
});
