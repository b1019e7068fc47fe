/** Accessible to all: axe finds nothing serious, the keyboard reaches everything, a phone shows it all. */
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { expect, type Page, test } from "@playwright/test";
import type { AxeResults } from "axe-core";
import { PlaygroundPage, presetLink } from "./page";

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
    await playground.rest();
    expect(await seriousFindings(page)).toEqual([]);
  });
}

for (const colorScheme of ["light", "dark"] as const) {
  test(`axe has no serious finding in the view of latent space, nor is it too wide for a phone, ${colorScheme}`, async ({
    page,
  }) => {
    await page.emulateMedia({ colorScheme, reducedMotion: "reduce" });
    const playground = new PlaygroundPage(page);
    await playground.open(presetLink("mnist-mlp"));
    await playground.button("Latent space").click();
    await expect(page.getByRole("slider", { name: "Direction 8", exact: true })).toBeVisible();
    for (const tab of ["Directions", "Explore", "Find", "Memorised?", "Real or fake?"]) {
      await page.getByRole("tab", { name: tab, exact: true }).click();
      await page.setViewportSize({ width: 1280, height: 720 });
      expect(await seriousFindings(page), tab).toEqual([]);
      await page.setViewportSize({ width: 360, height: 740 });
      const over = await page
        .getByRole("dialog", { name: "Latent space" })
        .evaluate((dialog) => dialog.scrollWidth - dialog.clientWidth);
      expect(over, `${tab}, pixels beyond a phone`).toBeLessThanOrEqual(0);
    }
  });
}

for (const colorScheme of ["light", "dark"] as const) {
  test(`axe has no serious finding in the sheets for own data, ${colorScheme}`, async ({ page }) => {
    await page.emulateMedia({ colorScheme, reducedMotion: "reduce" });
    const playground = new PlaygroundPage(page);
    await playground.open();
    await playground.button("Your points").click();
    await playground.button("Cluster").click();
    await page.getByText("Points from a table").click();
    expect(await seriousFindings(page)).toEqual([]);
    await page.keyboard.press("Escape");
    await playground.button("Your pictures").click();
    const picture = await page.screenshot({ clip: { x: 0, y: 0, width: 60, height: 60 } });
    await page.getByLabel("Files with pictures").setInputFiles([
      { name: "a.png", mimeType: "image/png", buffer: picture },
      { name: "b.txt", mimeType: "text/plain", buffer: Buffer.from("no picture") },
    ]);
    await page.getByRole("button", { name: "Crop picture 1" }).click();
    expect(await seriousFindings(page)).toEqual([]);
  });
}

for (const width of [320, 390]) {
  test(`a phone of ${width} px trains and has every place one tap away`, async ({ page }) => {
    await page.setViewportSize({ width, height: 700 });
    const playground = new PlaygroundPage(page);
    await playground.open();
    await playground.train.click();
    await playground.expectStepsAbove(10);
    await expect(page.getByRole("img", { name: "Stage", exact: true })).toBeVisible();
    const places = [
      { name: "Latent", holds: page.getByRole("region", { name: "Latent", exact: true }) },
      { name: "Charts", holds: page.getByRole("region", { name: "Charts", exact: true }) },
      { name: "Experiment", holds: page.getByRole("complementary", { name: "Experiment", exact: true }) },
      { name: "Stage", holds: page.getByRole("img", { name: "Stage", exact: true }) },
    ];
    for (const { name, holds } of places) {
      await page.getByRole("navigation", { name: "Places" }).getByRole("button", { name, exact: true }).click();
      await expect(holds).toBeVisible();
      await expect(holds).toBeInViewport();
      await expect(playground.pause).toBeInViewport(); // the run's buttons stay in reach
      const overflow = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
      expect(overflow, name).toBeLessThanOrEqual(0);
      expect(await seriousFindings(page)).toEqual([]);
    }
  });
}

test("what a finger presses in the bars of a phone is 44 px high", async ({ page }) => {
  await page.setViewportSize({ width: 390, height: 844 });
  await new PlaygroundPage(page).open();
  const bars = page.getByRole("banner").or(page.getByRole("navigation", { name: "Places" }));
  const heights = await bars.getByRole("button").evaluateAll((buttons) =>
    buttons
      .map((button) => ({
        name: button.getAttribute("aria-label") ?? button.textContent,
        box: button.getBoundingClientRect(),
      }))
      .filter(({ box }) => box.height > 0 && box.height < 44)
      .map(({ name, box }) => `${name}: ${box.height}`),
  );
  expect(heights).toEqual([]);
});

test("the keyboard: keys for the run and the places, a sheet that lists them, a switch that ends them", async ({
  page,
}) => {
  const playground = new PlaygroundPage(page);
  await playground.open();
  await page.keyboard.press("b");
  await expect(playground.steps).toHaveText("1");
  await page.keyboard.press("2");
  await expect(page.locator("#latent")).toBeFocused();
  await page.keyboard.press("?");
  const sheet = page.getByRole("dialog", { name: "Keyboard shortcuts" });
  await expect(sheet).toBeVisible();
  await sheet.getByRole("switch", { name: "Single letters and digits act" }).click();
  await page.keyboard.press("Escape");
  await expect(sheet).toBeHidden();
  await page.keyboard.press("b");
  await page.keyboard.press("Space");
  await playground.expectStepsAbove(2);
  await page.keyboard.press("Space");
  await expect(playground.train).toBeVisible();
});

test("a group of many things is one stop of the Tab key, and arrow keys go on within it", async ({ page }) => {
  const playground = new PlaygroundPage(page);
  await playground.open();
  await playground.combobox("Dataset").focus();
  await page.keyboard.press("Tab");
  await expect(playground.button("Ring of 8 Gaussians")).toBeFocused(); // the chosen one
  await page.keyboard.press("ArrowRight");
  await page.keyboard.press("ArrowRight");
  await expect(playground.button("Two moons")).toBeFocused();
  await expect(playground.combobox("Dataset"), "nothing is chosen by passing").toHaveValue("Ring of 8 Gaussians");
  await page.keyboard.press("Tab");
  await expect(playground.button("Your pictures")).toBeFocused(); // what follows the group
  await page.keyboard.press("Shift+Tab");
  await expect(playground.button("Two moons")).toBeFocused();
  await page.keyboard.press("Enter");
  await expect(playground.combobox("Dataset")).toHaveValue("Two moons");

  await page.reload();
  await expect(playground.train).toBeEnabled();
  await page.keyboard.press("Tab"); // the first of the skip links
  let stops = 1;
  while (!(await playground.button("Random latent").evaluate((button) => button === document.activeElement))) {
    await page.keyboard.press("Tab");
    stops += 1;
    expect(stops).toBeLessThan(75);
  }
});

test("the gallery by keyboard: its cards are one stop, arrow keys go among them, Enter opens", async ({ page }) => {
  const playground = new PlaygroundPage(page);
  await playground.open();
  await page.getByRole("button", { name: /^Preset / }).focus();
  await page.keyboard.press("Enter");
  const gallery = page.getByRole("dialog", { name: "Presets" });
  await gallery.getByRole("searchbox", { name: "Search" }).focus();
  await page.keyboard.press("Tab");
  const card = (name: RegExp) => gallery.getByRole("button", { name });
  await expect(card(/^Ring of 8/)).toBeFocused(); // the one that is open
  await page.keyboard.press("ArrowRight");
  await expect(card(/^Ring of 8/)).not.toBeFocused();
  await page.keyboard.press("Home");
  await expect(card(/^Ring of 8/)).toBeFocused();
  await page.keyboard.press("End");
  await expect(gallery.getByRole("button").last()).toBeFocused();
  await page.keyboard.press("Shift+Tab");
  await expect(gallery.getByRole("searchbox", { name: "Search" })).toBeFocused();
  await page.keyboard.type("moons");
  await page.keyboard.press("Tab");
  await page.keyboard.press("Enter");
  await expect(gallery).toBeHidden();
  await expect(playground.combobox("Dataset")).toHaveValue("Two moons");
});

test("a screen reader is told politely that training began, paused and started anew", async ({ page }) => {
  const playground = new PlaygroundPage(page);
  await playground.open();
  const words = page.getByRole("status", { name: "Progress" });
  await playground.train.click();
  await expect(words).toHaveText(/^Training from step \d+\.$/);
  await playground.expectStepsAbove(5);
  await playground.rest();
  await expect(words).toHaveText(/^Paused at step [\d,]+\.$/);
  await playground.button("Reset").click();
  await expect(words).toHaveText("Started anew, at step 0.");
});

test("presenting folds the side panels, enlarges the type and gives the stage the room", async ({ page }) => {
  await page.setViewportSize({ width: 1280, height: 720 });
  const playground = new PlaygroundPage(page);
  await playground.open();
  const stage = page.getByRole("img", { name: "Stage", exact: true });
  const width = async () => (await stage.boundingBox())?.width ?? 0;
  const before = await width();
  await playground.button("Present").click();
  await expect(playground.button("Unfold the charts")).toBeVisible();
  await expect.poll(width).toBeGreaterThan(1.3 * before);
  expect(await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth)).toBeLessThanOrEqual(0);
  await playground.button("Present").click();
  await expect(playground.button("Fold the charts")).toBeVisible();
});

test("a folded panel stays folded after a reload", async ({ page }) => {
  const playground = new PlaygroundPage(page);
  await playground.open();
  await playground.button("Fold the experiment").click();
  await expect(playground.combobox("Dataset")).toBeHidden();
  await page.reload();
  await playground.button("Unfold the experiment").click();
  await expect(playground.combobox("Dataset")).toBeVisible();
});

test("the core fits on one screen at 1440 by 900", async ({ page }) => {
  const playground = new PlaygroundPage(page);
  await playground.open();
  const overflow = await page.evaluate(() => document.documentElement.scrollHeight - window.innerHeight);
  expect(overflow).toBeLessThanOrEqual(0);
});
