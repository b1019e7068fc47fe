/** The device chip: how steps run, and each device's speed when a person asks. */
import { expect, test } from "@playwright/test";
import { PlaygroundPage } from "./page";

const TINY = "#generator.layers=dense-8-leakyRelu~dense-2&discriminator.layers=dense-8-leakyRelu~dense-1&batchSize=8";

test("says how steps run, and compares the devices while training waits", async ({ page }) => {
  test.setTimeout(300_000); // WebGL drawn by the CPU compiles its shaders for a long time on a busy machine
  const playground = new PlaygroundPage(page);
  await playground.open(TINY);
  await playground.train.click();
  await playground.expectStepsAbove(20);
  await playground.button("Why this device").click();
  await expect(page.getByText(/Replayed\./)).toBeVisible();
  await playground.button("Compare devices").click();
  await expect(page.getByText(/The fastest here for this experiment: [\d.]+ ms a step, against/)).toBeVisible({
    timeout: 200_000,
  });
  await expect(playground.button("Compare devices")).toBeEnabled();
  await playground.expectStepsAbove((await playground.stepCount()) + 20);
  // Remembered: another visit knows the figures without measuring.
  await page.reload();
  await playground.button("Why this device").click();
  await expect(page.getByText(/The fastest here for this experiment/)).toBeVisible();
});

test("reproducible everywhere: a switch for the numbers that every machine gives, kept by a reload", async ({
  page,
}) => {
  const playground = new PlaygroundPage(page);
  await playground.open(TINY);
  await playground.train.click();
  await playground.expectStepsAbove(20);
  await playground.button("Why this device").click();
  await page.getByRole("switch", { name: "Reproducible everywhere" }).click();
  await expect(page.getByText(/^Plain: a·b \+ c is rounded twice/)).toBeVisible();
  await expect(playground.combobox("Device")).toHaveValue("Reproducible");
  // The run went on through the change.
  await playground.expectStepsAbove((await playground.stepCount()) + 20);
  await page.reload();
  await expect(playground.train).toBeEnabled();
  await expect(playground.combobox("Device")).toHaveValue("Reproducible");
});
