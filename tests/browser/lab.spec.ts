/** The lab, as a person meets it: closed on the first visit, one button away, and all of it reachable at every size. */
import { expect, type Page, test } from "@playwright/test";
import { DEFAULT_CONFIG, withChanges } from "../../src/core/config";
import { adam } from "../../src/core/presets/recipes";
import { configLink, PlaygroundPage, presetLink } from "./page";

const stage = (page: Page) => page.getByRole("img", { name: "Stage", exact: true });

async function trained(page: Page, steps: number): Promise<PlaygroundPage> {
  const playground = new PlaygroundPage(page);
  await playground.openTrained(steps);
  return playground;
}

test("the first visit shows nothing of the lab but its button, and loads none of it", async ({ page }) => {
  const loaded: string[] = [];
  page.on("request", (request) => loaded.push(request.url()));
  const playground = new PlaygroundPage(page);
  await playground.open();
  await expect(playground.button("Lab")).toHaveAttribute("aria-pressed", "false");
  await expect(page.getByRole("tablist")).toHaveCount(0);
  await expect(page.getByRole("button", { name: /^Layers/ })).toHaveCount(0);
  expect(loaded.filter((url) => /\/lab-/.test(url))).toEqual([]);

  await playground.button("Lab").click();
  await expect(page.getByRole("tab", { name: "Charts" })).toHaveAttribute("aria-selected", "true");
  expect(loaded.filter((url) => /\/lab-.*\.js/.test(url))).toHaveLength(1);

  await page.reload();
  await expect(page.getByRole("tablist")).toBeVisible(); // open as it was left
  await playground.button("Lab").click();
  await expect(page.getByRole("tablist")).toHaveCount(0);
});

test("every layer of the stage is switched in one menu and changes the picture", async ({ page }) => {
  const playground = await trained(page, 300);
  await playground.button("Lab").click();
  await page.getByRole("button", { name: /^Layers/ }).click();
  const pictures = [await playground.pixels(stage(page))];
  for (const name of ["Arrows", "G's grid", "Contours of p_g", "Trails", "Nearest reals"]) {
    const layer = page.getByRole("switch", { name });
    await layer.click();
    await expect(layer).toBeChecked();
    if (name === "Trails") continue; // a run at rest has no way behind it
    await expect.poll(() => playground.pixels(stage(page)), { message: name }).not.toBe(pictures.at(-1));
    pictures.push(await playground.pixels(stage(page)));
  }
  for (const map of ["D*", "D − D*"]) {
    await page.getByRole("button", { name: map, exact: true }).click();
    await expect.poll(() => playground.pixels(stage(page)), { message: map }).not.toBe(pictures.at(-1));
    pictures.push(await playground.pixels(stage(page)));
  }
  await page.keyboard.press("Escape");
  await expect(page.getByRole("button", { name: /^Layers/ })).toContainText("6");
  const before = await playground.pixels(stage(page));
  await playground.train.click();
  await playground.expectStepsAbove(400);
  await playground.rest();
  await expect.poll(() => playground.pixels(stage(page))).not.toBe(before);

  // Closed, the page is what it was before the lab was opened.
  await playground.button("Lab").click();
  await expect(page.getByRole("switch", { name: "Arrows" })).toBeChecked();
  await expect(page.getByText("G's grid")).toHaveCount(0);
});

for (const [width, height] of [
  [1280, 720],
  [390, 844],
] as const) {
  test(`everything of the lab is reachable at ${width} × ${height}, and nothing overlaps`, async ({ page }) => {
    await page.setViewportSize({ width, height });
    const playground = await trained(page, 100);
    await playground.button("Lab").click();
    await page.getByRole("button", { name: /^Layers/ }).click();
    const menu = page.getByRole("dialog", { name: "Layers of the picture" });
    await expect(menu).toBeVisible();
    const box = await menu.boundingBox();
    expect(box?.x).toBeGreaterThanOrEqual(0);
    expect((box?.x ?? 0) + (box?.width ?? width)).toBeLessThanOrEqual(width);
    await page.keyboard.press("Escape");
    if (width < 761)
      await page.getByRole("navigation", { name: "Places" }).getByRole("button", { name: "Charts" }).click();
    const tabs = page.getByRole("tab");
    for (let i = 0; i < (await tabs.count()); i++) {
      await tabs.nth(i).click();
      await expect(tabs.nth(i)).toHaveAttribute("aria-selected", "true");
    }
    const wider = await page.evaluate(
      () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
    );
    expect(wider, "nothing sticks out at the side").toBe(0);
  });
}

test("the doctor finds a vanishing gradient, marks it on the charts, and its one change helps", async ({ page }) => {
  const playground = new PlaygroundPage(page);
  await playground.open(presetLink("vanishing-gradient"));
  await playground.button("Lab").click();
  await page.getByRole("tab", { name: "Doctor" }).click();
  await expect(page.getByRole("status").filter({ hasText: "train a little first" })).toBeVisible();
  await playground.train.click();
  const card = page.getByRole("article", { name: "Vanishing gradient" });
  await expect(card).toBeVisible();
  await playground.rest();
  await expect(page.getByRole("tab", { name: /Doctor.*1.*found/ })).toBeVisible();
  await expect(card).toContainText("D is sure of both");
  await expect(card).toContainText(/G's gradient.*at its strongest it was/);
  const paper = card.getByRole("link", { name: /Goodfellow et al. 2014/ });
  await expect(paper).toHaveAttribute("href", "https://arxiv.org/abs/1406.2661");
  await expect(paper).toHaveAttribute("target", "_blank");

  await page.getByRole("tab", { name: "Charts" }).click();
  await expect(page.getByText("Vanishing gradient", { exact: true }).first()).toBeAttached();
  await page.getByRole("tab", { name: "Doctor" }).click();
  await card.getByRole("button", { name: "Apply this change" }).click();
  await expect(playground.combobox("Generator loss")).toHaveValue("Non-saturating");
  await expect(page.getByRole("listitem").filter({ hasText: "Give G the non-saturating loss." })).toContainText(
    "Checked at step",
  );
  await playground.train.click();
  await expect(page.getByRole("listitem").filter({ hasText: "Helped" })).toContainText(
    /G's gradient norm: .* before, .* now/,
  );
  await playground.rest();
  await page.getByRole("tab", { name: "Charts" }).click();
  await expect(page.getByText(/^loss Minimax/).first()).toBeAttached(); // the change itself, remembered on the charts
  await expect(page.getByText("Vanishing gradient", { exact: true }).first()).toBeAttached(); // and why it was made
});

test("the doctor's change of a rate is checked, and one that was undone is not said to have helped", async ({
  page,
}) => {
  const playground = new PlaygroundPage(page);
  const players = { generator: { optimizer: adam(2e-5) } };
  await playground.openTrained(330, configLink(withChanges(DEFAULT_CONFIG, { players })));
  await playground.button("Lab").click();
  await page.getByRole("tab", { name: "Doctor" }).click();
  const card = page.getByRole("article", { name: "Learning rates far apart" });
  await expect(card).toContainText("D takes 50 times the steps of G");
  await expect(card.getByRole("button", { name: "Learning rate", exact: true })).toBeVisible();
  await expect(card.getByRole("link", { name: /Heusel et al. 2017/ })).toBeVisible();
  const apply = card.getByRole("button", { name: "Apply this change" });
  await apply.focus();
  await page.keyboard.press("Enter");
  const changed = page.getByRole("listitem").filter({ hasText: "Lower D's learning rate" });
  await expect(changed).toContainText("Checked at step");
  await expect(card).toHaveCount(0);

  await page.keyboard.press("ControlOrMeta+z");
  await expect(card).toBeVisible();
  await expect(changed).toContainText("Changed again, or undone, since.");
  await page.keyboard.press("ControlOrMeta+Shift+z");
  await expect(changed).toContainText("Checked at step");
  await playground.train.click();
  await expect(changed).toContainText("Helped: it is gone.");
  await playground.rest();
  await page.getByRole("tab", { name: "Charts" }).click();
  await expect(page.getByText(/^learning rate of D/).first()).toBeAttached();
});

test("the timeline scrubs picture, samples and numbers together, and leads back to the present as it was", async ({
  page,
}) => {
  const playground = await trained(page, 300);
  await playground.button("Lab").click();
  const slider = page.getByRole("slider", { name: "Moment of the run" });
  await expect(slider).toHaveAttribute("aria-valuetext", /the present/);
  // Clusters that were found are marked once the present has been measured.
  await page.waitForFunction(() => {
    const { step, arms } = window.ganPlayground?.state() ?? { step: -1, arms: [] };
    return arms[0]?.quality?.step === step;
  });
  const present = { step: await playground.stepCount(), picture: await playground.stillPixels(stage(page)) };
  const sample = await playground.restingWords();

  await slider.focus();
  await page.keyboard.press("Home");
  await expect(slider).toHaveAttribute("aria-valuetext", /^step \d+$/);
  await expect.poll(() => playground.stepCount()).toBeLessThan(30);
  await expect.poll(() => playground.pixels(stage(page))).not.toBe(present.picture);
  await expect(playground.latentWords).not.toHaveText(sample);
  await expect(page.getByRole("region", { name: "Timeline" }).getByRole("status")).toContainText("The past.");

  // One moment later is another moment.
  const first = await playground.stepCount();
  await page.keyboard.press("ArrowRight");
  await expect.poll(() => playground.stepCount()).toBeGreaterThan(first);

  await playground.button("Back to the present").click();
  await expect.poll(() => playground.stepCount()).toBe(present.step);
  await expect(playground.latentWords).toHaveText(sample);
  await expect.poll(() => playground.pixels(stage(page))).toBe(present.picture); // the very picture

  // As a film it runs from the first moment to the present.
  await playground.button("Play the run as a film").click();
  await expect.poll(() => playground.stepCount()).toBeLessThan(present.step);
  await expect(playground.button("Play the run as a film")).toBeVisible({ timeout: 60_000 });
  await expect.poll(() => playground.stepCount()).toBe(present.step);
});

test("from a past moment the run goes another way, and what it had become stays as a branch", async ({ page }) => {
  const playground = await trained(page, 200);
  await playground.button("Lab").click();
  const tip = await playground.stepCount();
  const field = page.getByRole("textbox", { name: "Go to step" });
  await field.fill("123");
  await field.press("Enter");
  await expect(playground.steps).toHaveText("123");
  await playground.button("Step both").click();
  await expect(playground.steps).toHaveText("124");

  // What tells of the run before does not lie on the timeline, where that run now is.
  const told = await page.getByRole("status").filter({ hasText: "The run before is kept" }).boundingBox();
  const timeline = await page.getByRole("region", { name: "Timeline" }).boundingBox();
  expect(told?.x).toBeGreaterThanOrEqual((timeline?.x ?? Number.NaN) + (timeline?.width ?? Number.NaN));
  await page.getByRole("button", { name: /^2 branches/ }).click();
  await expect(page.getByRole("textbox", { name: "Name of branch 2" })).toHaveValue("Way 2, from step 123");
  await page.getByRole("textbox", { name: "Name of branch 2" }).fill("One step more");
  await playground.button("Go to The first way").click();
  await expect.poll(() => playground.stepCount()).toBe(tip);
  await playground.button("Go to One step more").click();
  await expect(playground.steps).toHaveText("124");

  // Undo leads to where the run had come before it went another way.
  await page.getByRole("button", { name: /^Undo/ }).first().click();
  await expect.poll(() => playground.stepCount()).toBe(tip);
  await page.getByRole("button", { name: "Forget One step more" }).click();
  await expect(page.getByRole("button", { name: /^1 branch/ })).toBeDisabled();
});

test("the past survives a reload", async ({ page }) => {
  const playground = await trained(page, 200);
  await playground.button("Lab").click();
  const tip = await playground.stepCount();
  const field = page.getByRole("textbox", { name: "Go to step" });
  await field.fill("100");
  await field.press("Enter");
  await expect(playground.steps).toHaveText("100");
  await expect(stage(page)).toBeVisible();
  const sample = await playground.restingWords();
  await playground.button("Back to the present").click();
  await expect.poll(() => playground.stepCount()).toBe(tip);

  await page.reload();
  await page.getByRole("button", { name: "Resume", exact: true }).click();
  await expect.poll(() => playground.stepCount()).toBe(tip);
  await field.fill("100");
  await field.press("Enter");
  await expect(playground.steps).toHaveText("100");
  await expect(playground.latentWords).toHaveText(sample); // to the last digit that is shown

  // What is typed stays while the run goes on.
  await playground.button("Back to the present").click();
  await playground.train.click();
  await playground.expectStepsAbove(tip);
  await field.blur();
  await field.focus();
  await field.pressSequentially("100", { delay: 300 });
  await expect(field).toHaveValue("100");
  await field.press("Enter");
  await expect(playground.steps).toHaveText("100");
});

test("a branch's name survives a reload", async ({ page }) => {
  const playground = await trained(page, 150);
  await playground.button("Lab").click();
  const field = page.getByRole("textbox", { name: "Go to step" });
  await field.fill("60");
  await field.press("Enter");
  await expect(playground.steps).toHaveText("60");
  await playground.button("Step both").click();
  await expect(playground.steps).toHaveText("61");
  const name = page.getByRole("textbox", { name: "Name of branch 2" });
  await page.getByRole("button", { name: /^2 branches/ }).click();
  await name.fill("Another way");
  await name.press("Enter");
  await expect(page.getByRole("button", { name: "Go to The first way" })).toBeVisible();
  await expect(name).toHaveValue("Another way");

  await page.reload();
  await page.getByRole("button", { name: "Resume", exact: true }).click();
  await page.getByRole("button", { name: /^2 branches/ }).click();
  await expect(name).toHaveValue("Another way");
});

test("the run stops by itself: after so many steps, and when a measure is reached", async ({ page }) => {
  const playground = await trained(page, 50);
  await playground.button("Lab").click();
  const begun = await playground.stepCount();
  await playground.button("Run until").click();
  const form = page.getByRole("dialog", { name: "Run until" });
  await form.getByRole("textbox", { name: "Steps" }).fill("137");
  await form.getByRole("button", { name: "Run", exact: true }).click();
  const words = page.getByRole("region", { name: "Timeline" }).getByRole("status");
  await expect(words).toHaveText(`Step ${(begun + 137).toLocaleString("en")} is reached.`);
  await expect(playground.train).toBeVisible();
  await expect(playground.steps).toHaveText(String(begun + 137));

  await playground.button("Run until").click();
  await form.getByRole("combobox", { name: "Run until" }).selectOption("a measure has a value");
  await form.getByRole("textbox", { name: "Value" }).fill("1");
  await form.getByRole("button", { name: "Run", exact: true }).click();
  await expect(words).toContainText(/^Clusters found: \d of 8 at step .*, as was asked for\.$/, { timeout: 90_000 });
  await expect(playground.train).toBeVisible();
});

test("in the lab the crosshair reads the best D and both densities beside D", async ({ page }) => {
  const playground = await trained(page, 300);
  const reader = page.getByRole("application", { name: "Read the stage" });
  await reader.focus();
  await page.keyboard.press("ArrowRight");
  const tag = page.locator(".pointer-tag");
  await expect(tag).toContainText("D(x)");
  await expect(tag).not.toContainText("p_data");
  await playground.button("Lab").click();
  await reader.focus();
  await page.keyboard.press("ArrowRight");
  await expect(tag).toContainText(/D\*\(x\) ?(–|[<>]?\d\.\d+)/);
  await expect(tag).toContainText(/p_data ?\d/);
  await expect(tag).toContainText(/p_g ?\d/);
});

test("the metrics stand beside what real data read, and theory's divergences with what each punishes", async ({
  page,
}) => {
  const playground = await trained(page, 100);
  await playground.button("Lab").click();
  await page.getByRole("tab", { name: "Metrics" }).click();
  const metrics = page.getByRole("region", { name: "Metrics" });
  await expect(metrics.getByRole("row", { name: /^Clusters found \d of 8 8 of 8$/ })).toBeVisible();
  const divergence = metrics.getByRole("row", { name: /^Jensen-Shannon/ }).getByRole("cell");
  await expect(divergence.first()).toHaveText(/^0\.\d+$/);
  // Real data read what as many real points do: the floor; V of D stays below V of the best D.
  await expect(metrics.getByRole("row", { name: /^Wasserstein-1/ })).toBeVisible();
  const number = async (name: RegExp) => {
    const text = (await metrics.getByRole("row", { name }).getByRole("cell").first().textContent()) ?? "";
    return Number(text.replace("−", "-"));
  };
  expect(await number(/^V\(D, G\)/)).toBeLessThan(await number(/^V\(D\*, G\)/));
  const before = await divergence.first().textContent();
  await expect(metrics.getByRole("row", { name: /^V\(D\*, G\)/ })).toContainText("−1.");
  await playground.train.click();
  await expect(divergence.first()).not.toHaveText(before ?? "");
  await playground.rest();

  // Only D learns: the steps go on, and G's sample stays where it is.
  const place = async () => /G\(z\) = \([^)]*\)/.exec(await playground.restingWords())?.[0];
  const begun = await playground.stepCount();
  // What stands on the page is of the step at which the run rests.
  await expect(metrics.getByText(`How good the fakes are, at step ${begun.toLocaleString("en")}`)).toBeVisible();
  const sample = await place();
  const apart = await number(/^D from D\*/);
  await metrics.getByRole("button", { name: "Train D alone, with G frozen" }).click();
  await expect.poll(() => number(/^D from D\*/), { message: "D comes nearer to D*" }).toBeLessThan(apart);
  await playground.expectStepsAbove(begun + 50);
  await playground.rest();
  expect(sample).toBeDefined();
  expect(await place()).toBe(sample);

  // All of it over time, on the charts.
  await page.getByRole("tab", { name: "Charts" }).click();
  await playground.button("Value function").click();
  const value = page.getByRole("region", { name: "Value function" });
  for (const name of ["V(D, G)", "V(D*, G)", "2 JSD"]) {
    await expect(
      value.getByRole("button", { name: new RegExp(`^${name.replace(/[()*]/g, "\\$&")} −?\\d`) }),
    ).toBeVisible();
  }
  await playground.button("Divergence").click();
  const divergences = page.getByRole("region", { name: "Divergence" });
  await expect(divergences.getByRole("button", { name: /^KL data ‖ G \d/ })).toBeVisible();
  await expect(divergences.locator(".recharts-line-curve")).toHaveCount(4);
});
