/** Undo as a person does it: the button of the notice, the one in the bar, the keyboard, the browser's Back. */
import { expect, type Page, test } from "@playwright/test";
import { PlaygroundPage } from "./page";

async function trained(page: Page): Promise<{ playground: PlaygroundPage; step: number }> {
  const playground = new PlaygroundPage(page);
  await playground.open();
  await playground.train.click();
  await playground.expectStepsAbove(200);
  await playground.rest();
  // Only when the worker says that it rests are its last steps counted.
  await expect(page.getByRole("status", { name: "Progress" })).toHaveText(/^Paused at step/);
  await page.waitForTimeout(500); // the address is written
  return { playground, step: await playground.stepCount() };
}

const steps = (playground: PlaygroundPage, count: number) => expect.poll(() => playground.stepCount()).toBe(count);

test("one Enter in a number that restarts costs nothing: the notice, Ctrl+Z in the very field and Redo", async ({
  page,
}) => {
  const { playground, step } = await trained(page);
  await page.getByRole("button", { name: /^Latent z/ }).click();
  const size = page.getByRole("textbox", { name: /^Latent size/ });
  const before = await size.inputValue();
  await size.fill("3");
  await size.press("Enter");
  await steps(playground, 0);
  await expect(page.getByText(`It had come to step ${step.toLocaleString("en")}`)).toBeVisible();
  await size.press("Control+z");
  await steps(playground, step);
  await expect(size).toHaveValue(before);
  await page.keyboard.press("Control+Shift+z");
  await steps(playground, 0);
  await expect(size).toHaveValue("3");
  await playground.button("Undo").first().click();
  await steps(playground, step);
  await expect(page.getByRole("img", { name: "Stage", exact: true })).toBeVisible();
});

test("what is being typed has its own undo", async ({ page }) => {
  const { playground, step } = await trained(page);
  await playground.button("Reset").click();
  await steps(playground, 0);
  const seed = page.getByRole("textbox", { name: "Seed" });
  await seed.click();
  await page.keyboard.type("12");
  await page.keyboard.press("Control+z");
  await page.waitForTimeout(300);
  expect(await playground.stepCount()).toBe(0);
  await page.keyboard.press("Escape");
  await page.keyboard.press("Control+z");
  await steps(playground, step);
});

test("Reset, by the button of the notice", async ({ page }) => {
  const { playground, step } = await trained(page);
  await playground.button("Reset").click();
  await steps(playground, 0);
  await page
    .getByRole("status")
    .filter({ hasText: "run before is kept" })
    .getByRole("button", { name: "Undo" })
    .click();
  await steps(playground, step);
  await expect(page.getByText("run before is kept")).toHaveCount(0);
});

test("another dataset and Back", async ({ page }) => {
  const { playground, step } = await trained(page);
  const address = page.url();
  await playground.choose("Dataset", /moons/i);
  await steps(playground, 0);
  await expect.poll(() => page.url()).not.toBe(address);
  await page.goBack();
  await steps(playground, step);
  expect(page.url()).toBe(address);
  await page.goForward();
  await steps(playground, 0);
  await expect(playground.combobox("Dataset")).toHaveValue(/moons/i);
});

test("an undone place stands in the browser's history once: no Back is without effect", async ({ page }) => {
  const { playground, step } = await trained(page);
  const address = page.url();
  await playground.choose("Dataset", /moons/i);
  await expect.poll(() => page.url()).toMatch(/moons/);
  await page.waitForTimeout(1100); // sooner, both choices would count as one change
  await playground.choose("Dataset", /spiral/i);
  await expect.poll(() => page.url()).toMatch(/spiral/);
  const changes = page.getByRole("group", { name: "Changes", exact: true });
  await changes.getByRole("button", { name: "Undo" }).click();
  await expect.poll(() => page.url()).toMatch(/moons/);
  await expect(playground.combobox("Dataset")).toHaveValue(/moons/i);
  await page.goBack();
  await steps(playground, step);
  expect(page.url()).toBe(address);
  await changes.getByRole("button", { name: "Redo" }).click();
  await expect.poll(() => page.url()).toMatch(/moons/);
  await page.goForward();
  await expect(playground.combobox("Dataset")).toHaveValue(/spiral/i);
});

test("Back between two places of one address is noticed", async ({ page }) => {
  const { playground, step } = await trained(page);
  const seed = page.getByRole("textbox", { name: "Seed" });
  const change = async (value: string) => {
    await seed.fill(value);
    await seed.press("Enter");
  };
  // However slow the machine, the hand was quick: both changes are one, and then both places say the same.
  await page.evaluate(() => {
    const moment = performance.now();
    performance.now = () => moment;
  });
  await change("7");
  await expect.poll(() => page.url()).toMatch(/seed=7/);
  await change("1");
  await expect.poll(() => page.url()).not.toMatch(/seed=7/);
  await steps(playground, 0);
  await page.goBack();
  await steps(playground, step);
});

test("on a phone, whose bar has no room for it, Redo is with the experiment's choices", async ({ page }) => {
  await page.setViewportSize({ width: 390, height: 844 });
  const { playground, step } = await trained(page);
  await playground.button("Reset").click();
  await steps(playground, 0);
  await playground.button("Undo").first().click();
  await steps(playground, step);
  await expect(playground.button("Redo")).toHaveCount(0);
  await page.getByRole("navigation", { name: "Places" }).getByRole("button", { name: "Experiment" }).click();
  const redo = playground.button("Redo");
  expect((await redo.boundingBox())?.height).toBeGreaterThanOrEqual(44);
  await redo.click();
  await steps(playground, 0);
});

test("an anchor in the address leaves the experiment and its run alone", async ({ page }) => {
  const { playground, step } = await trained(page);
  const address = page.url();
  await page.evaluate(() => {
    window.location.hash = "#stage";
  });
  await expect.poll(() => page.url()).toBe(address);
  await playground.train.click();
  await playground.expectStepsAbove(step);
  await expect(page.getByText("Parts of the link could not be read")).toHaveCount(0);
  await page.goto("about:blank");
  await page.goto("/#stage");
  await expect(page.getByText("“stage” is not a setting")).toBeVisible();
  await expect.poll(() => page.url(), "today's default experiment").not.toMatch(/layers/);
});
