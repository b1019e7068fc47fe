/** A run that blows up says so, shows where its fakes went, and goes back to where it was sound. */
import { expect, test } from "@playwright/test";
import { PlaygroundPage } from "./page";

test("a run that is lost says so; one can look at it, and go back", async ({ page }) => {
  const playground = new PlaygroundPage(page);
  await playground.open("#loss=f-pearson&seed=2");
  const picture = await page.getByRole("img", { name: "Stage", exact: true }).boundingBox();
  await playground.train.click();
  const told = page.getByRole("alert").filter({ hasText: "all fakes are outside the picture" });
  const toldOnly = page.getByRole("alert").filter({ hasText: "All fakes are outside the picture" });
  await expect(told.or(toldOnly)).toBeVisible({ timeout: 60_000 });
  await playground.pause.click();
  expect(await page.getByRole("img", { name: "Stage", exact: true }).boundingBox()).toEqual(picture); // nothing is pushed
  await playground.button("Zoom to them").click();
  await expect(playground.button("Back to the data")).toBeVisible();
  await playground.button("Back to the data").click();
  const back = page.getByRole("button", { name: /^Go back to step/ });
  const step = Number(/step ([\d,]+)/.exec((await back.textContent()) ?? "")?.[1]?.replaceAll(",", ""));
  await back.click();
  await expect.poll(() => playground.stepCount()).toBe(step);
  await expect(told.or(toldOnly)).toHaveCount(0);
});

test("arms that are lost each say so; the ways out stand there once", async ({ page }) => {
  const playground = new PlaygroundPage(page);
  await playground.open("#loss=f-pearson&seed=2&generator.optimizer.learningRate=0.05&b.batchSize=64");
  await playground.train.click();
  for (const letter of ["A", "B"]) {
    const alerts = page.getByRole("region", { name: `Arm ${letter}`, exact: true }).getByRole("alert");
    await expect(alerts.filter({ hasText: /all fakes are outside|blown up/i })).toBeVisible({ timeout: 60_000 });
  }
  await expect(playground.button("Zoom to them")).toHaveCount(1);
});
