/** Accessible to all: axe finds nothing serious, the keyboard reaches everything, a phone shows it all. */
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { expect, type Page, test } from "@playwright/test";
import type { AxeResults } from "axe-core";
import { PlaygroundPage } from "./page";

const axeSource = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

async function seriousFindings(page: Page): Promise<string[]> {
  await page.evaluate(axeSource);
  const results = await page.evaluate(() =>
    (globalThis as unknown as { axe: { run(): Promise<AxeResults> } }).axe.run(),
  );
  return results.violations
    .filter(({ impact }) => impact === "serious" || impact === "critical")
    .map(
      ({ id, help, nodes }) =>
        `${id}: ${help} (${nodes
          .map((node) => node.html)
          .join(" | ")
          .slice(0, 400)})`,
    );
}

for (const colorScheme of ["light", "dark"] as const) {
  test(`axe has no serious finding, ${colorScheme}`, async ({ page }) => {
    await page.emulateMedia({ colorScheme, reducedMotion: "reduce" });
    const playground = new PlaygroundPage(page);
    await playground.open();
    expect(await seriousFindings(page)).toEqual([]);
    await playground.button("Compare").click();
    await expect(page.getByRole("region", { name: "Arm B", exact: true })).toBeVisible();
    await playground.train.click();
    await playground.expectStepsAbove(20);
    await playground.pause.click();
    expect(await seriousFindings(page)).toEqual([]);
  });
}

test("a phone shows everything in one column and trains", async ({ page }) => {
  await page.setViewportSize({ width: 390, height: 844 });
  const playground = new PlaygroundPage(page);
  await playground.open();
  await playground.train.click();
  await playground.expectStepsAbove(10);
  await expect(page.getByRole("img", { name: "Stage", exact: true })).toBeVisible();
  const overflow = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
  expect(overflow).toBeLessThanOrEqual(0);
  expect(await seriousFindings(page)).toEqual([]);
});

test("the core fits on one screen at 1440 by 900", async ({ page }) => {
  const playground = new PlaygroundPage(page);
  await playground.open();
  const overflow = await page.evaluate(() => document.documentElement.scrollHeight - window.innerHeight);
  expect(overflow).toBeLessThanOrEqual(0);
});
