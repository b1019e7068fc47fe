/** Undo as a person does it: the button of the notice, the one in the bar, the keyboard, the browser's Back. */
import { expect, type Page, test } from "@playwright/test";
import { PlaygroundPage } from "./page";

async function trained(page: Page): Promise<{ playground: PlaygroundPage; step: number }> {
  const playground = new PlaygroundPage(page);
  await playground.open();
  await playground.train.click();
  await playground.expectStepsAbove(200);
  await playground.pause.click();
  await page.waitForTimeout(500); // the last slice of steps is counted, and the address written
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
