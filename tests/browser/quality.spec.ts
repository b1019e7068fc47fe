/** How good is it: what the stage says while it trains, when a run is done, and the words for all of it. */
import { expect, test } from "@playwright/test";
import { singleArm } from "../../src/core/arms";
import { PRESETS } from "../../src/core/presets";
import { encodeExperiment } from "../../src/core/share";
import { PlaygroundPage } from "./page";

/** The first experiment with small networks and a short schedule: done within seconds, with a cluster or two. */
const SHORT = `#${encodeExperiment(
  singleArm({
    ...PRESETS["ring-non-saturating"].config,
    schedule: { type: "linear", steps: 1500, finalRatio: 0.01 },
  }),
).replace(/^#/, "")}`;

test("clusters are counted as they are found, and the end of a run is said, with what to try next", async ({
  page,
}) => {
  const playground = new PlaygroundPage(page);
  await playground.open(SHORT);
  const gauge = page.getByRole("definition").filter({ hasText: /^\d of 8$/ });
  await expect(gauge).toHaveText("0 of 8");
  await expect(page.getByText("not trained yet").first()).toBeVisible();
  await playground.train.click();
  await expect.poll(async () => Number((await gauge.textContent())?.[0]), { timeout: 90_000 }).toBeGreaterThan(0);
  const done = page.getByRole("region", { name: "Done" });
  await expect(done).toContainText("The learning rates have come to the end", { timeout: 90_000 });
  await expect(done).toContainText("of 8 clusters found");
  await done.getByRole("button", { name: "Collapse it" }).click();
  await expect(playground.button("Preset Mode collapse")).toBeVisible();
  await expect(playground.pause).toBeVisible(); // it trains at once
  await expect(done).toHaveCount(0);
});

test("who G and D are is said first, folds away and stays away", async ({ page }) => {
  const playground = new PlaygroundPage(page);
  await playground.open();
  const text = page.getByText("Each learns by beating the other");
  await expect(text).toBeVisible();
  await playground.button("Who are G and D?").click();
  await expect(text).toBeHidden();
  await page.reload();
  await expect(playground.button("Who are G and D?")).toHaveAttribute("aria-expanded", "false");
  await expect(text).toBeHidden();
});

test("a sign tells its meaning on focus, and opens the glossary at its place; the glossary is searched", async ({
  page,
}) => {
  const playground = new PlaygroundPage(page);
  await playground.open();
  const sign = page.getByRole("button", { name: "‖∇‖" }).first();
  await sign.focus();
  await expect(page.getByRole("tooltip")).toContainText("Length of the gradient");
  await sign.press("Enter");
  const glossary = page.getByRole("dialog", { name: "Glossary" });
  await expect(glossary.locator("[data-here]")).toContainText("Length of the gradient");
  await expect(glossary.locator("[data-here]")).toBeInViewport();
  await glossary.getByRole("searchbox", { name: "Search" }).fill("β₁");
  await expect(glossary.getByRole("term")).toHaveText([/Momentum of Adam/]);
  await page.keyboard.press("Escape"); // empties the search
  await page.keyboard.press("Escape");
  await expect(glossary).toBeHidden();
});

test("presets are chosen from a gallery, by keyboard, and searched", async ({ page }) => {
  const playground = new PlaygroundPage(page);
  await playground.open();
  await playground.button("Preset Ring of 8").focus();
  await page.keyboard.press("Enter");
  const gallery = page.getByRole("dialog", { name: "Presets" });
  const card = (name: string) => gallery.getByRole("button", { name: new RegExp(`^${name} `) });
  await expect(card("Ring of 8")).toHaveAttribute("aria-current", "true");
  await expect(gallery.getByRole("heading", { level: 3 })).toHaveCount(6);
  await expect
    .poll(() =>
      gallery
        .locator("img")
        .evaluateAll((images) =>
          images.slice(0, 2).every((image) => image instanceof HTMLImageElement && image.naturalWidth > 0),
        ),
    )
    .toBe(true);
  await card("Ring of 8").focus();
  await page.keyboard.press("ArrowRight");
  await expect(card("One Gaussian")).toBeFocused();
  await page.keyboard.press("ArrowDown");
  await expect(card("Mode collapse")).toBeFocused();
  await gallery.getByRole("searchbox", { name: "Search" }).fill("digits");
  await expect(card("Ring of 8")).toHaveCount(0);
  await gallery.getByRole("searchbox", { name: "Search" }).fill("moons");
  await card("Two moons").press("Enter");
  await expect(gallery).toBeHidden();
  await expect(playground.button("Preset Two moons")).toBeFocused();
});

test("the map of D has two scales, and the choice is remembered", async ({ page }) => {
  const playground = new PlaygroundPage(page);
  await playground.open();
  await playground.button("Step both").click();
  await playground.button("0 to 1").click();
  await page.reload();
  await expect(playground.button("0 to 1")).toHaveAttribute("aria-pressed", "true");
});

test("fakes of an image set are at least 56 pixels wide on a laptop, and larger than the reals", async ({ page }) => {
  const playground = new PlaygroundPage(page);
  await playground.open(`#${encodeExperiment(singleArm(PRESETS["mnist-mlp"].config)).replace(/^#/, "")}`);
  const fake = page.getByRole("button", { name: "Take the latent of generated image 1", exact: true });
  const width = async () => (await fake.boundingBox())?.width ?? 0;
  await expect.poll(width).toBeGreaterThanOrEqual(56);
});

test("images are judged by a classifier of their data: classes that light up, how readable, Fréchet distance", async ({
  page,
}) => {
  const playground = new PlaygroundPage(page);
  await playground.open(`#${encodeExperiment(singleArm(PRESETS["mnist-mlp"].config)).replace(/^#/, "")}`);
  await playground.train.click();
  const quality = page.getByLabel("How good is it?");
  await expect(quality.getByRole("definition").filter({ hasText: /^\d+ of 10$/ })).toHaveCount(1);
  // What test images read stands beside it where there is room.
  await expect(quality.getByText(/^real data 99 %$/)).toBeAttached();
  await expect(quality.getByText(/^real data \d\.\d$/)).toBeAttached();
  await expect(quality.locator("[data-lit]").first()).toBeAttached({ timeout: 60_000 });
  const seen = page.getByRole("region", { name: "As a classifier sees it" });
  await expect(seen.getByRole("img")).toHaveAccessibleName(/Of 500 samples by class, 0: \d+ \(data \d+\), 1: /);
  await expect(seen.getByRole("row", { name: /^Recall \d+ % \d+ %$/ })).toBeAttached();
  await expect(seen).toContainText("names 99.2 % of the test images right");
  await page.getByText("About this set").click();
  await expect(page.getByText("names 99.2 % of the test images right; Fréchet distance")).toBeVisible();
  await quality.getByRole("button", { name: "Fréchet distance" }).hover();
  await expect(page.getByRole("tooltip")).toContainText("no published FID");
});

test("charts explain their titles, units and series on hover and focus; a unit is no third tab", async ({ page }) => {
  const playground = new PlaygroundPage(page);
  await playground.open();
  const charts = page.getByRole("region", { name: "Charts", exact: true });
  const tooltip = (text: string) => page.getByRole("tooltip").filter({ hasText: text });
  const losses = charts.getByRole("region", { name: "Losses" });
  await losses.getByRole("button", { name: "in nats" }).focus();
  await expect(tooltip("natural logarithms")).toBeVisible();
  const choices = losses.getByRole("group", { name: "Which chart" });
  await expect(choices.getByRole("button", { name: "Value function" })).toBeVisible();
  await expect(choices.getByRole("button", { name: "in nats" })).toHaveCount(0);
  await losses.getByRole("button", { name: "Value function" }).hover();
  await expect(tooltip("two players of 2014")).toBeVisible();
  await losses.getByRole("button", { name: /^G / }).focus();
  await expect(tooltip("How badly G fools D")).toBeVisible();
  const gradients = charts.getByRole("region", { name: "Gradient norms" });
  await gradients.getByRole("button", { name: "L2 norm, log scale" }).press("Enter");
  await expect(page.getByRole("dialog", { name: "Glossary" }).locator("[data-here]")).toContainText(
    "Length of the gradient",
  );
});

test.describe("by finger", () => {
  test.use({ viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true });

  test("words that explain themselves and the scales of D's map have 44 px, and each word is its own", async ({
    page,
  }) => {
    const playground = new PlaygroundPage(page);
    await playground.open();
    const modes = page.getByRole("group", { name: "Map of D" }).getByRole("button");
    await expect(modes).toHaveCount(2);
    for (const mode of await modes.all()) {
      const box = await mode.boundingBox();
      expect(Math.min(box?.width ?? 0, box?.height ?? 0)).toBeGreaterThanOrEqual(44);
    }
    const terms = page.locator(".stage .term:visible");
    expect(await terms.count()).toBeGreaterThan(3);
    for (const term of await terms.all()) {
      await term.scrollIntoViewIfNeeded();
      const { size, own, name } = await term.evaluate((element) => {
        const { width, height } = getComputedStyle(element, "::after");
        const { left, right, top, bottom } = element.getBoundingClientRect();
        const hit = document.elementFromPoint((left + right) / 2, (top + bottom) / 2);
        return {
          size: Math.min(Number.parseFloat(width), Number.parseFloat(height)),
          own: hit !== null && element.contains(hit),
          name: element.textContent,
        };
      });
      expect(size, name ?? "").toBeGreaterThanOrEqual(44);
      expect(own, name ?? "").toBe(true);
    }
  });
});
