/** The experiment's controls: what is told, for how long, and where focus goes. */
import { expect, test } from "@playwright/test";
import { PlaygroundPage } from "./page";

const TINY =
  "#generator.layers=dense-8-leakyRelu~dense-4~dense-2&discriminator.layers=dense-8-leakyRelu~dense-1&batchSize=8";

test("a clamped number is told until anything else changes", async ({ page }) => {
  const playground = new PlaygroundPage(page);
  await playground.open(TINY);
  const batch = page.getByRole("textbox", { name: "Batch size" });
  await batch.fill("99999");
  await batch.press("Enter");
  const told = page.getByText("The largest batch size is 1024, which is used instead.");
  await expect(told).toBeVisible();
  await expect(batch).toHaveValue("1024");
  await page.getByRole("textbox", { name: "D-steps per round" }).fill("2");
  await page.getByRole("textbox", { name: "D-steps per round" }).press("Enter");
  await expect(told).toBeHidden();

  const seed = page.getByRole("textbox", { name: "Seed" });
  await seed.fill("99999999999");
  await seed.press("Enter");
  await expect(page.getByText("The largest seed is 4294967295")).toBeVisible();
  await playground.button("Random seed").click();
  await expect(page.getByText("The largest seed is 4294967295")).toBeHidden();
});

test("focus stays at the layer that was moved, and beside the one that was removed", async ({ page }) => {
  const playground = new PlaygroundPage(page);
  await playground.open(TINY);
  await page.getByRole("button", { name: /^Generator/ }).click();
  const layers = page.getByRole("list", { name: /^Layers of the generator/ });
  await layers.getByRole("button", { name: /^Layer 1:/ }).click();
  const focused = page.locator(":focus");

  await layers.getByRole("button", { name: "Down" }).focus();
  await page.keyboard.press("Enter");
  await expect(layers.getByRole("button", { name: /^Layer 2:.*8/ })).toHaveAttribute("aria-expanded", "true");
  await expect(focused).toHaveText("Down");

  await layers.getByRole("button", { name: "Up" }).focus();
  await page.keyboard.press("Enter");
  await expect(layers.getByRole("button", { name: /^Layer 1:.*8/ })).toBeFocused(); // Up cannot be pressed there

  await layers.getByRole("button", { name: "Remove" }).focus();
  await page.keyboard.press("Enter");
  await expect(layers.getByRole("button", { name: /^Layer 1:.*4/ })).toBeFocused();
});

test("a layer becomes a residual block, and the layers inside it are edited as all others, by keyboard", async ({
  page,
}) => {
  const playground = new PlaygroundPage(page);
  await playground.open(TINY);
  await page.getByRole("button", { name: /^Generator/ }).press("Enter");
  const layers = page.getByRole("list", { name: /^Layers of the generator/ });
  await layers.getByRole("button", { name: /^Layer 2:/ }).press("Enter");
  await layers.getByRole("combobox", { name: "Layer 2 type" }).press("Enter");
  await page.getByRole("option", { name: "Residual block" }).click();
  await expect(layers.getByRole("button", { name: /^Layer 2: Residual block of 2 layers ?; output 8/ })).toBeVisible();

  const inside = page.getByRole("list", { name: /^Layers inside layer 2/ });
  await inside.getByRole("button", { name: /^Layer 2\.1: Dense 8, leaky ReLU/ }).press("Enter");
  await inside.getByRole("textbox", { name: "Layer 2.1 units" }).fill("5");
  await inside.getByRole("textbox", { name: "Layer 2.1 units" }).press("Enter");
  await inside.getByRole("button", { name: "Remove" }).press("Enter");
  await expect(layers.getByRole("button", { name: /^Layer 2: Residual block of 1 layer ?;/ })).toBeVisible();
  await expect(page).toHaveURL(/residual-\(dense-8\)/);

  await playground.train.press("Enter");
  await playground.expectStepsAbove(0);
});

test("Train waits while the experiment cannot run, and one button goes back", async ({ page }) => {
  const playground = new PlaygroundPage(page);
  await playground.open(TINY);
  await page.getByRole("button", { name: /^Discriminator/ }).click();
  const layers = page.getByRole("list", { name: /^Layers of the discriminator/ });
  await layers.getByRole("button", { name: /^Layer 2:/ }).click();
  await layers.getByRole("textbox", { name: "Layer 2 units" }).fill("3");
  await layers.getByRole("textbox", { name: "Layer 2 units" }).press("Enter");
  const refusal = page.getByText("This experiment cannot run yet.");
  await expect(refusal).toBeInViewport(); // though the panel is scrolled
  await expect(playground.train).toHaveAttribute("aria-disabled", "true");
  await playground.train.click({ force: true });
  await page.keyboard.press("Space");
  await expect(playground.steps).toHaveText("0");
  await playground.button("Go back to the last one that could").click();
  await expect(refusal).toBeHidden();
  await playground.train.click();
  await playground.expectStepsAbove(0);
});

test("networks too large for memory are refused with the number", async ({ page }) => {
  await page.goto("/#generator.layers=dense-65536~dense-65536~dense-2");
  await expect(page.getByText(/need about 2\d0 GB of memory: 17 GB for weights/)).toBeVisible();
  await page.getByRole("button", { name: "Open the default experiment" }).click();
  const playground = new PlaygroundPage(page);
  await playground.train.click();
  await playground.expectStepsAbove(0);
});

test("explanations stand beside nothing that one wants to watch, and go when somebody acts", async ({ page }) => {
  const playground = new PlaygroundPage(page);
  await playground.open(TINY);
  const batch = page.getByRole("textbox", { name: "Batch size" });
  const hint = page.getByRole("tooltip").filter({ hasText: "How many reals and how many fakes" });
  await page.getByText("Batch size", { exact: true }).hover();
  await expect(hint).toBeVisible();
  const stage = await page.getByRole("main").boundingBox();
  const box = await hint.boundingBox();
  expect((box?.x ?? 0) + (box?.width ?? 0)).toBeLessThanOrEqual((stage?.x ?? 0) + 4);
  await page.mouse.move(700, 5);
  await expect(hint).toBeHidden();
  await batch.focus();
  await page.keyboard.press("Shift+Tab");
  await page.keyboard.press("Tab");
  await expect(hint).toBeVisible();
  await page.keyboard.type("1");
  await expect(hint).toBeHidden();
});

test("each section says once what its changes do; only what does otherwise is marked", async ({ page }) => {
  const playground = new PlaygroundPage(page);
  await playground.open(TINY);
  const training = page
    .getByRole("region")
    .or(page.locator("section"))
    .filter({ has: page.getByRole("heading", { name: /^Training/ }) })
    .last();
  await expect(training.getByText("live", { exact: true })).toHaveCount(1);
  await expect(training.getByText("restarts", { exact: true })).toHaveCount(3); // batch size, both kinds of optimiser
});

test("a dataset without a recipe offers the presets that have one", async ({ page }) => {
  const playground = new PlaygroundPage(page);
  await playground.open(TINY);
  await page.getByRole("group", { name: "Datasets as pictures" }).getByRole("button", { name: "Spiral" }).click();
  await page.getByRole("group", { name: "Presets with this data" }).getByRole("button", { name: "Spiral" }).click();
  await expect(page.getByRole("group", { name: "Presets with this data" })).toBeHidden();
  await expect(page).toHaveURL(/dataset=spiral/);
});
