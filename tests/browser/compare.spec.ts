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

test("two arms with the same loss draw the same picture, pixel for pixel", async ({ page }) => {
  const playground = new PlaygroundPage(page);
  await playground.open();
  await playground.button("Compare").click();
  await playground.choose("Arm B loss", /^Non-saturating/);
  await playground.train.click();
  await playground.expectStepsAbove(50);
  await playground.pause.click();
  const arms = ["Arm A", "Arm B"].map((name) => page.getByRole("region", { name, exact: true }));
  await expect
    .poll(async () => {
      const [a, b] = await Promise.all(arms.map((arm) => playground.pixels(arm.getByRole("img", { name: "Stage" }))));
      return a === b;
    })
    .toBe(true);
});
