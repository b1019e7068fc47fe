/** Two arms that differ in one thing: saturating against non-saturating. */
import { expect, test } from "@playwright/test";
import { PlaygroundPage } from "./page";

test("Compare trains two arms in lockstep, with different losses by default", async ({ page }) => {
  const playground = new PlaygroundPage(page);
  await playground.open();
  await playground.button("Compare").click();
  const [a, b] = ["Arm A", "Arm B"].map((name) => page.getByRole("region", { name, exact: true }));
  if (a === undefined || b === undefined) throw new Error("two arms");
  await expect(a).toContainText("Non-saturating");
  await expect(b).toContainText("saturating");
  await playground.train.click();
  await playground.expectStepsAbove(100);
  await playground.pause.click();
  const stages = await Promise.all([a, b].map((arm) => playground.pixels(arm.getByRole("img", { name: "Stage" }))));
  expect(stages[0]).not.toBe(stages[1]);
});

test("two arms with the same loss show the same numbers", async ({ page }) => {
  const playground = new PlaygroundPage(page);
  await playground.open();
  await playground.button("Compare").click();
  await playground.choose("Generator loss", /^Non-saturating/); // the panel speaks for the arm that was added
  await playground.train.click();
  await playground.expectStepsAbove(50);
  await playground.pause.click();
  const numbers = (arm: string) =>
    page.getByRole("region", { name: arm, exact: true }).getByRole("definition").allTextContents();
  await expect.poll(async () => (await numbers("Arm A")).length).toBeGreaterThan(3);
  await expect.poll(async () => (await numbers("Arm A")).join() === (await numbers("Arm B")).join()).toBe(true);
  const coordinates = await page.getByRole("paragraph").filter({ hasText: "G(z) =" }).allTextContents();
  expect(coordinates).toHaveLength(2);
  expect(coordinates[0]?.slice(1)).toBe(coordinates[1]?.slice(1)); // but for the arm's letter
});
