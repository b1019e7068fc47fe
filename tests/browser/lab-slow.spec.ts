/** Slow motion, on the real page: one step in stages, forward and back, and the step that it takes is training's own. */
import { expect, type Page, test } from "@playwright/test";
import { PlaygroundPage, presetLink } from "./page";

const stage = (page: Page) => page.getByRole("img", { name: "Stage", exact: true });
const slow = (page: Page) => page.getByRole("region", { name: "Slow motion" });

async function opened(page: Page, hash = ""): Promise<PlaygroundPage> {
  const playground = new PlaygroundPage(page);
  await playground.open(hash);
  await playground.button("Lab").click();
  await playground.train.click();
  await playground.expectStepsAbove(100);
  await playground.button("Slow motion").click(); // which pauses
  await expect(playground.train).toBeVisible();
  await expect(slow(page).getByText("Sample x", { exact: true })).toBeVisible();
  return playground;
}

test("a step goes by in fourteen stages, D's and then G's, and is taken at the last", async ({ page }) => {
  const playground = await opened(page);
  const begun = await playground.stepCount();
  const before = await playground.pixels(stage(page));
  const names =
    "Sample x,Sample z,G makes fakes,D on reals,D on fakes,D's loss,D's gradient,D's update,Sample z,G makes fakes,D on fakes,G's loss,G's gradient,G's update".split(
      ",",
    );
  const range = page.getByRole("slider", { name: "Stage of the step" });
  const numbers: string[] = [];
  for (const [i, name] of names.entries()) {
    await expect(range).toHaveAttribute("aria-valuetext", `${i + 1} of 14: ${name}`);
    await expect(slow(page).getByRole("paragraph").filter({ hasText: name })).toBeVisible();
    await expect(slow(page)).toContainText(i === 13 ? ", taken" : "not taken yet");
    await expect(slow(page).locator(".katex").first()).toBeVisible(); // its line of the formula
    numbers.push((await slow(page).getByLabel("Numbers of this stage").textContent()) ?? "");
    if (i === 10) {
      // The arrows of G's loss, on top of what D has just learned.
      await expect.poll(() => playground.pixels(stage(page))).not.toBe(before);
    }
    if (i < 13) {
      expect(await playground.stepCount()).toBe(begun);
      await playground.button("Next stage").click();
    }
  }
  expect(new Set(numbers).size).toBe(names.length);
  await expect(playground.steps).toHaveText(String(begun + 1));

  // The fakes have moved; one stage back they have not.
  const learned = await playground.restingWords();
  await expect
    .poll(async () => (await playground.pixels(stage(page))) !== before, { message: "the picture after the step" })
    .toBe(true);
  await playground.button("Stage before").click();
  await expect(range).toHaveAttribute("aria-valuetext", /^13 of 14/);
  await expect(playground.steps).toHaveText(String(begun + 1));

  // On again, and over the end: the next step.
  await playground.button("Next stage").click();
  await playground.button("Next step").click();
  await expect(range).toHaveAttribute("aria-valuetext", "1 of 14: Sample x");
  await expect(slow(page)).toContainText(`step ${(begun + 2).toLocaleString("en")}`);

  await playground.button("Leave slow motion").click();
  await expect(slow(page)).toHaveCount(0);
  await expect(playground.latentWords).toHaveText(learned);
  await expect(page.getByRole("region", { name: "Timeline" })).toBeVisible();
});

test("leaving before the update leaves everything as it was, and Train leaves by itself", async ({ page }) => {
  const playground = await opened(page);
  const begun = await playground.stepCount();
  const range = page.getByRole("slider", { name: "Stage of the step" });
  await range.focus();
  await page.keyboard.press("ArrowRight");
  await expect(range).toHaveAttribute("aria-valuetext", /^2 of 14/);
  await playground.button("Leave slow motion").click();
  await expect(playground.steps).toHaveText(String(begun));

  await playground.button("Slow motion").click();
  await expect(slow(page).getByText("Sample x", { exact: true })).toBeVisible();
  await playground.train.click();
  await expect(slow(page)).toHaveCount(0);
  await playground.expectStepsAbove(begun + 10);
});

test("played at a pace it goes through steps by itself; another model has stages of its own", async ({ page }) => {
  const playground = await opened(page, presetLink("ring-vae"));
  const range = page.getByRole("slider", { name: "Stage of the step" });
  await expect(range).toHaveAttribute("aria-valuetext", "1 of 7: Sample x");
  const begun = await playground.stepCount();
  await page.getByRole("combobox", { name: "Pace" }).selectOption("1 s a stage");
  await playground.button("Play slow motion").click();
  await expect(slow(page).getByText("E codes x", { exact: true })).toBeVisible();
  await expect(playground.steps).toHaveText(String(begun + 1));
  await expect(slow(page)).toContainText(`step ${(begun + 2).toLocaleString("en")}`);
  await playground.button("Pause slow motion").click();
});

test("of a comparison it is the chosen arm's step, on that arm's picture", async ({ page }) => {
  const playground = await opened(page);
  await playground.button("Leave slow motion").click();
  await playground.button("Compare").first().click();
  const pictures = page.getByRole("img", { name: "Stage", exact: true });
  await expect(pictures).toHaveCount(2);
  await playground.trainPast((await playground.stepCount()) + 50);
  await playground.button("Slow motion").click();
  const whose = page.getByRole("combobox", { name: "Whose step" });
  await expect(whose.getByRole("option", { selected: true })).toHaveText("arm A");
  await whose.selectOption("arm B");
  await expect(slow(page).getByText("Sample x", { exact: true })).toBeVisible();
  const before = [await playground.stillPixels(pictures.nth(0)), await playground.stillPixels(pictures.nth(1))];
  const range = page.getByRole("slider", { name: "Stage of the step" });
  await range.focus();
  await page.keyboard.press("ArrowRight");
  for (let i = 0; i < 9; i++) await page.keyboard.press("ArrowRight");
  await expect(range).toHaveAttribute("aria-valuetext", /^11 of 14/);
  // D has learned, and the arrows of B's loss are there: on B's picture alone.
  await expect.poll(() => playground.pixels(pictures.nth(1))).not.toBe(before[1]);
  expect(await playground.stillPixels(pictures.nth(0))).toBe(before[0]);
});
