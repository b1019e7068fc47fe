/** Arms beside each other: saturating against non-saturating by one button, any other difference by the ordinary controls. */
import { expect, type Locator, type Page, test } from "@playwright/test";
import { PlaygroundPage } from "./page";

const STORY = "#v=1&loss=minimax&b.loss=non-saturating";

const arm = (page: Page, letter: string) => page.getByRole("region", { name: `Arm ${letter}`, exact: true });
const numbers = (region: Locator) => region.getByRole("definition").allTextContents();

test("one button on the first screen trains both losses side by side, and they come to differ", async ({ page }) => {
  const playground = new PlaygroundPage(page);
  await playground.open();
  await playground.button("Saturating vs non-saturating").click();
  await expect(playground.button("Saturating vs non-saturating")).toBeHidden();
  const [a, b] = [arm(page, "A"), arm(page, "B")];
  await expect(a).toContainText("Minimax (saturating)");
  await expect(b).toContainText("Non-saturating");
  // Whoever presses it wants to see it: nothing else is to be pressed.
  await playground.expectStepsAbove(100);
  await playground.rest();
  await expect(page.getByRole("region", { name: "Comparison" })).toContainText(
    /G's gradient is \S+ with the saturating/,
  );
  await expect(page.getByRole("img", { name: "G's losses over D's logit" })).toBeVisible();
  await expect(page.getByRole("region", { name: "Gradient norms" })).toBeInViewport({ ratio: 1 });
  // Arrows are switched off and on.
  const stage = a.getByRole("img", { name: "Stage" });
  const pixels = await playground.pixels(stage);
  await page.getByRole("switch", { name: "Arrows" }).press("Space");
  await expect.poll(() => playground.pixels(stage)).not.toBe(pixels);
  expect(await playground.pixels(stage)).not.toBe(await playground.pixels(b.getByRole("img", { name: "Stage" })));
});

test("an arm that is split off shows what its own loss says there, and no number of another's", async ({ page }) => {
  const playground = new PlaygroundPage(page);
  await playground.open();
  await playground.train.click();
  await playground.expectStepsAbove(30);
  await playground.rest();
  await playground.button("Compare").click();
  const shown = async (name: string) => (await numbers(arm(page, name))).filter((text) => text !== "");
  await expect.poll(async () => (await shown("B")).length, { message: "each has a value" }).toBeGreaterThanOrEqual(5);
  await expect.poll(async () => (await shown("B")).includes("–")).toBe(false);
  // −log D(G(z)) is positive, log(1 − D(G(z))) is not.
  const loss = async (name: string) => {
    const entry = arm(page, name)
      .locator("div")
      .filter({ has: page.getByText("G loss", { exact: true }) });
    return Number((await entry.last().getByRole("definition").innerText()).replace("−", "-"));
  };
  expect(await loss("A")).toBeGreaterThan(0);
  expect(await loss("B")).toBeLessThan(0);
  await expect(page.getByRole("region", { name: "Comparison" })).toContainText("with the saturating one");
  // The fork is marked where the gradients are drawn.
  await expect(page.getByRole("region", { name: "Charts" })).toContainText("B splits off from A");
});

test("any setting of an arm is changed with the ordinary controls; the others keep theirs", async ({ page }) => {
  const playground = new PlaygroundPage(page);
  await playground.open();
  await playground.button("Compare").click();
  const settings = page.getByRole("group", { name: "Settings of arm" });
  await expect(settings.getByRole("radio", { name: /^Arm B/ })).toBeChecked(); // the one that was added
  await playground.choose("Generator loss", /^Non-saturating/);
  await expect(page.getByRole("region", { name: "Comparison" })).toContainText("the same");
  await playground.train.click();
  await playground.expectStepsAbove(30);
  await playground.rest();
  // Equal settings: equal numbers.
  await expect
    .poll(async () => (await numbers(arm(page, "A"))).join() === (await numbers(arm(page, "B"))).join())
    .toBe(true);
  const batch = page.getByRole("textbox", { name: "Batch size" });
  await batch.fill("32");
  await batch.press("Enter");
  await expect(arm(page, "B")).toContainText("batch size 32");
  await expect(arm(page, "A")).toContainText("batch size 128");
  // By keyboard to the first arm, which shows its own value.
  await settings.getByRole("radio", { name: /^Arm B/ }).press("ArrowLeft");
  await expect(settings.getByRole("radio", { name: /^Arm A/ })).toBeChecked();
  await expect(batch).toHaveValue("128");
  await page.getByRole("button", { name: "Keep only A" }).press("Enter");
  await expect(arm(page, "A")).toBeHidden();
  await expect(playground.button("Compare")).toBeVisible();
});

test("up to four arms, with a table of their numbers; one is removed, one goes on alone", async ({ page }) => {
  const playground = new PlaygroundPage(page);
  await playground.open(`${STORY}&c.loss=hinge`);
  await playground.button("Add arm").click();
  await expect(playground.button("Add arm")).toBeDisabled();
  const learningRate = page.getByRole("textbox", { name: "Learning rate" }).first();
  await learningRate.fill("0.002");
  await learningRate.press("Enter");
  await expect(arm(page, "D")).toContainText("learning rate of G 0.002");
  await playground.button("Step both").click();
  await expect(playground.steps).toHaveText("1");
  const table = page.getByRole("region", { name: "All arms in numbers" });
  await expect(table.getByRole("row")).toHaveCount(5);
  await expect
    .poll(async () => (await table.getByRole("cell").allTextContents()).filter((t) => t === "–").length)
    .toBe(0);
  for (const letter of ["A", "B", "C", "D"])
    await expect(arm(page, letter).getByRole("img", { name: "Stage" })).toBeVisible();
  await page.getByRole("button", { name: "Remove D" }).click();
  await expect(arm(page, "D")).toBeHidden();
  await expect(playground.steps).toHaveText("1"); // the others went on
});

for (const [width, height] of [
  [320, 640],
  [768, 1024],
  [1280, 720],
  [1440, 900],
  [2560, 1440],
] as const) {
  test(`at ${width} × ${height} both pictures fill their card beside each other, and nothing is printed over`, async ({
    page,
  }) => {
    await page.setViewportSize({ width, height });
    const playground = new PlaygroundPage(page);
    await playground.open(STORY);
    await playground.button("Step both").click();
    await expect(playground.steps).toHaveText("1");
    for (const letter of ["A", "B"]) await expect(arm(page, letter).getByRole("img", { name: "Stage" })).toBeVisible();
    const boxes = await layoutOf(page);
    expect(boxes.pageWidth).toBeLessThanOrEqual(width);
    const [a, b] = boxes.arms;
    if (a === undefined || b === undefined) throw new Error("two arms");
    expect(Math.abs(a.stage.top - b.stage.top)).toBeLessThan(2);
    expect(b.region.left).toBeGreaterThanOrEqual(a.region.right);
    for (const { region, stage, texts } of [a, b]) {
      // As wide as its half of the card, and no taller than it needs.
      expect(stage.right - stage.left).toBeGreaterThan(0.95 * (region.right - region.left));
      expect(stage.bottom - stage.top).toBeGreaterThan(Math.min(120, 0.6 * (region.right - region.left)));
      expect(region.bottom - stage.bottom).toBeLessThan(12);
      // How good each is: every number is there whole.
      for (const name of ["Clusters", "On target", "Distance"])
        expect(texts.filter(({ text }) => text === name)).toHaveLength(1);
      for (const text of texts) {
        expect(text.left).toBeGreaterThanOrEqual(region.left - 1);
        expect(text.right).toBeLessThanOrEqual(region.right + 1);
        for (const other of texts)
          if (other !== text) expect(overlap(text, other), `${text.text} on ${other.text}`).toBe(false);
      }
    }
    if (width >= 1280) {
      expect(b.stage.bottom).toBeLessThanOrEqual(height);
      await expect(page.getByRole("region", { name: "Gradient norms" })).toBeInViewport({ ratio: 1 });
    }
  });
}

test("each arm says how good it is, in a line that keeps its height; one scale of D's map serves all arms", async ({
  page,
}) => {
  await page.setViewportSize({ width: 1280, height: 720 });
  const playground = new PlaygroundPage(page);
  await playground.open(STORY);
  const lines = ["A", "B"].map((letter) => arm(page, letter).getByRole("list", { name: "How good is it?" }));
  const heights = async () => Promise.all(lines.map(async (line) => (await line.boundingBox())?.height));
  await expect(lines[0] ?? page.locator("none")).toContainText("Clusters");
  const before = await heights();
  await playground.train.click();
  for (const line of lines)
    await expect(line).toHaveText(
      /^Clusters\s\d of 8\s(good|fair|bad|moving)\sOn target\s\d+ %\s(good|fair|bad|moving)\sDistance\s\S+\s(good|fair|bad|moving)$/,
      { timeout: 60_000, useInnerText: true },
    );
  await playground.expectStepsAbove(150);
  await playground.rest();
  expect(await heights()).toEqual(before);
  const scale = page.locator(".color-scale");
  await expect(scale).toHaveCount(1);
  await expect(scale).not.toHaveText("D(x): fake01real"); // its ends follow what the arms' Ds say
  const stage = arm(page, "A").getByRole("img", { name: "Stage" });
  const pixels = await playground.pixels(stage);
  await playground.button("0 to 1").click();
  await expect(scale).toHaveText("D(x): fake01real");
  await expect.poll(() => playground.pixels(stage)).not.toBe(pixels);
});

test("numbers of one name agree: arms, headline and charts show the same step", async ({ page }) => {
  const playground = new PlaygroundPage(page);
  await playground.open(STORY);
  await playground.train.click();
  await playground.expectStepsAbove(40);
  await playground.rest();
  const region = arm(page, "A");
  const table = page.getByRole("table", { name: /^D\(x\) and D\(G\(z\)\)/ });
  const inChart = table.getByRole("row", { name: /^Arm A, D\(G\(z\)\)/ }).getByRole("cell");
  await expect.poll(async () => (await inChart.textContent()) !== "–").toBe(true);
  await expect.poll(async () => (await numbers(region))[1] === (await inChart.textContent())).toBe(true);
  const gradient = page.getByRole("table", { name: /^Gradient norms/ }).getByRole("row", { name: /^Arm A, G/ });
  await expect
    .poll(async () => {
      const value = (await gradient.getByRole("cell").textContent()) ?? "";
      return ((await page.getByRole("region", { name: "Comparison" }).textContent()) ?? "").includes(
        `is ${value} with`,
      );
    })
    .toBe(true);
});

test("the whole story by keyboard", async ({ page }) => {
  const playground = new PlaygroundPage(page);
  await playground.open();
  const story = playground.button("Saturating vs non-saturating");
  const focused = () => story.evaluate((element) => element === document.activeElement);
  for (let presses = 0; presses < 120 && !(await focused()); presses++) await page.keyboard.press("Tab");
  expect(await focused()).toBe(true);
  await page.keyboard.press("Enter");
  await expect(arm(page, "B")).toBeVisible();
  await expect(playground.pause).toBeVisible(); // it has begun
  await playground.expectStepsAbove(20);
  await page.keyboard.press("Space"); // from anywhere that is no control
  await expect(playground.train).toBeVisible();
  await expect(page.getByRole("region", { name: "Comparison" })).toContainText("with the saturating loss");
});

interface Box {
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
}

const overlap = (one: Box, two: Box) =>
  Math.min(one.right, two.right) - Math.max(one.left, two.left) > 1 &&
  Math.min(one.bottom, two.bottom) - Math.max(one.top, two.top) > 1;

/** Where the arms, their pictures and every piece of text in them are. */
async function layoutOf(page: Page) {
  return page.evaluate(() => {
    const boxOf = (rect: DOMRect) => ({ left: rect.left, right: rect.right, top: rect.top, bottom: rect.bottom });
    const arms = [...document.querySelectorAll("section[aria-label^='Arm ']")].map((region) => {
      const canvas = region.querySelector("canvas[aria-label='Stage']");
      const texts: { text: string; left: number; right: number; top: number; bottom: number }[] = [];
      const walker = document.createTreeWalker(region, NodeFilter.SHOW_TEXT);
      for (let node = walker.nextNode(); node !== null; node = walker.nextNode()) {
        const parent = node.parentElement;
        if (
          parent === null ||
          parent.closest(".visually-hidden, .stage-canvas, [hidden]") ||
          node.textContent?.trim() === ""
        )
          continue;
        const range = document.createRange();
        range.selectNodeContents(node);
        const [text, element] = [range.getBoundingClientRect(), parent.getBoundingClientRect()];
        // What an ellipsis cuts is not printed.
        const right = getComputedStyle(parent).overflow === "hidden" ? Math.min(text.right, element.right) : text.right;
        texts.push({ ...boxOf(text), right, text: node.textContent ?? "" });
      }
      return {
        region: boxOf(region.getBoundingClientRect()),
        stage: boxOf((canvas ?? region).getBoundingClientRect()),
        texts,
      };
    });
    return { arms, pageWidth: document.documentElement.scrollWidth };
  });
}

test("four arms: their numbers stand whole in one table on a phone too, and a copy says whose it is", async ({
  page,
}) => {
  await page.setViewportSize({ width: 390, height: 844 });
  const playground = new PlaygroundPage(page);
  await playground.open("#b.loss=minimax&c.loss=minimax&d.batchSize=32");
  await expect(arm(page, "C")).toContainText("same as B");
  await playground.train.click();
  await playground.expectStepsAbove(5);
  await playground.rest();
  const table = page.getByRole("region", { name: "All arms in numbers" });
  for (const name of ["D(x)", "D(G(z))", "D loss", "G loss", "G's gradient", "clusters"]) {
    const row = table.getByRole("row").filter({ has: page.getByRole("rowheader", { name, exact: true }) });
    await expect(row.getByRole("cell")).toHaveCount(4);
  }
  await expect(table.getByRole("cell", { name: "–" })).toHaveCount(0);
  expect(await table.evaluate((element) => element.scrollWidth - element.clientWidth)).toBeLessThanOrEqual(0);
});

test("what a comparison cannot draw is said, and each arm's marks are explained", async ({ page }) => {
  const playground = new PlaygroundPage(page);
  await playground.open(
    "#loss=feature-matching&b.dataset=gaussian-1d&b.generator.layers=dense-16-tanh~dense-1&b.loss=minimax",
  );
  await expect(page.getByRole("region", { name: "G's losses over D's logit" })).toContainText("A has no curve");
  const legend = page.getByRole("region", { name: "Training view" });
  await expect(legend.getByText("fakes G(z)")).toBeVisible(); // of the plane
  await expect(legend.getByText(/, exact$/)).toBeVisible(); // of the line
});

test("comparing, lesson and preset say which arm they speak of", async ({ page }) => {
  const playground = new PlaygroundPage(page);
  await playground.open();
  await playground.button("Compare").click();
  await expect(page.getByRole("region", { name: "What to look for" })).toContainText("What to look for in arm A.");
  await expect(page.getByRole("button", { name: "Preset of A Ring of 8" })).toBeVisible();
});
