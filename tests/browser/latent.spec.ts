/** Latent sliders redraw at once, also during training. */
import { expect, test } from "@playwright/test";
import { PlaygroundPage, presetLink } from "./page";

test("a slider moved during training changes the sample, and training goes on", async ({ page }) => {
  const playground = new PlaygroundPage(page);
  await playground.open();
  await playground.train.click();
  await playground.expectStepsAbove(50);
  const slider = page.getByRole("slider", { name: "Latent 1", exact: true });
  const coordinates = playground.latentWords;
  await slider.focus();
  for (const key of ["End", "Home"]) {
    const before = await coordinates.textContent();
    const step = await playground.stepCount();
    await page.keyboard.press(key);
    await expect(coordinates).not.toHaveText(before ?? "");
    await playground.expectStepsAbove(step);
  }
  await expect(playground.pause).toBeVisible();
});

test("random latents draw another image", async ({ page }) => {
  const playground = new PlaygroundPage(page);
  await playground.open(presetLink("mnist-mlp"));
  const sample = page.getByRole("img", { name: "Latent sample", exact: true });
  await expect(sample).toBeVisible();
  const before = await playground.pixels(sample);
  await playground.button("Random latent").click();
  await expect.poll(() => playground.pixels(sample)).not.toBe(before);
});
