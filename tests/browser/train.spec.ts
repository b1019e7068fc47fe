/** The main job: open the page, click Train, watch it learn, pause, step, reset. */
import { expect, test } from "@playwright/test";
import { PlaygroundPage, presetLink } from "./page";

test("Train counts steps and draws; Pause stops; Train goes on from there", async ({ page }) => {
  const playground = new PlaygroundPage(page);
  await playground.open();
  const stage = page.getByRole("img", { name: "Stage", exact: true });
  await expect(stage).toBeVisible();
  const before = await playground.pixels(stage);
  await playground.train.click();
  await playground.expectStepsAbove(20);
  await expect.poll(() => playground.pixels(stage)).not.toBe(before);
  await playground.rest();
  const paused = await playground.stepCount();
  await page.waitForTimeout(500);
  expect(await playground.stepCount()).toBe(paused);
  await playground.train.click();
  await playground.expectStepsAbove(paused);
});

test("each step button makes one step, and Reset goes back to none", async ({ page }) => {
  const playground = new PlaygroundPage(page);
  await playground.open();
  for (const [i, name] of ["Step both", "Step D", "Step G"].entries()) {
    await playground.button(name).click();
    await expect(playground.steps).toHaveText(String(i + 1));
  }
  await playground.button("Reset").click();
  await expect(playground.steps).toHaveText("0");
});

test("the diagram flows with the pictures and marks the turns, without an animation that paints the page all the time", async ({
  page,
}) => {
  const playground = new PlaygroundPage(page);
  await playground.open();
  const diagram = page.getByRole("figure", { name: /^How a GAN works/ });
  const moved = () => diagram.evaluate((element) => element.style.getPropertyValue("--flow-moved"));
  const marked = () => diagram.locator("[data-turn]").evaluateAll((all) => all.map((one) => one.textContent?.[0]));
  await expect(diagram.locator("[data-turn]")).toHaveCount(0);
  await playground.train.click();
  await expect.poll(moved).not.toBe("");
  const before = await moved();
  await expect.poll(moved).not.toBe(before);
  await expect.poll(marked).toEqual(["G"]);
  await expect.poll(marked).toEqual(["D"]);
  const endless = () =>
    document.getAnimations().filter(({ effect }) => effect?.getComputedTiming().iterations === Number.POSITIVE_INFINITY)
      .length;
  expect(await page.evaluate(endless)).toBe(0);

  await page.emulateMedia({ reducedMotion: "reduce" });
  await expect(diagram.locator("[data-turn]")).toHaveCount(0);
  const still = await moved();
  await playground.expectStepsAbove((await playground.stepCount()) + 100);
  expect(await moved()).toBe(still);
});

test("the space bar trains and pauses", async ({ page }) => {
  const playground = new PlaygroundPage(page);
  await playground.open();
  await page.keyboard.press("Space");
  await expect(playground.pause).toBeVisible();
  await playground.expectStepsAbove(0);
  await page.keyboard.press("Space");
  await expect(playground.train).toBeVisible();
});

test("the default experiment visibly learns: fakes come to lie near the ring", async ({ page }) => {
  const playground = new PlaygroundPage(page);
  await playground.open();
  await playground.train.click();
  await playground.expectStepsAbove(1500);
  await playground.rest();
  // Every mode of the ring is 2 from the centre. Ask G for random latents and read the coordinates that the page shows.
  const radii: number[] = [];
  const coordinates = playground.latentWords;
  const latent = page.getByRole("textbox", { name: "Latent 1 value", exact: true });
  for (let i = 0; i < 12; i++) {
    const before = await latent.inputValue();
    await playground.button("Random latent").click();
    await expect(latent).not.toHaveValue(before);
    // A good G sends many latents to one place: its words need not change. Those of the latent before count as well.
    await page.waitForTimeout(200);
    const [x = Number.NaN, y = Number.NaN] =
      ((await coordinates.textContent()) ?? "")
        .replaceAll("−", "-")
        .match(/(?<=[(, ])-?\d+(\.\d+)?/g)
        ?.map(Number) ?? [];
    radii.push(Math.hypot(x, y));
  }
  radii.sort((a, b) => a - b);
  const median = ((radii[5] ?? 0) + (radii[6] ?? 0)) / 2;
  expect(median).toBeGreaterThan(1.5);
  expect(median).toBeLessThan(2.5);
});

test("MNIST trains on real digits and shows reals beside fakes", async ({ page }) => {
  const playground = new PlaygroundPage(page);
  await playground.open(presetLink("mnist-mlp"));
  await playground.train.click();
  await playground.expectStepsAbove(3);
  for (const name of ["Generated samples", "Real samples"]) {
    await expect(page.getByRole("img", { name, exact: true })).toBeVisible();
  }
});
