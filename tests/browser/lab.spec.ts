/** The lab, as a person meets it: closed on the first visit, one button away, and all of it reachable at every size. */
import { expect, type Page, test } from "@playwright/test";
import { PlaygroundPage } from "./page";

const stage = (page: Page) => page.getByRole("img", { name: "Stage", exact: true });

async function trained(page: Page, steps: number): Promise<PlaygroundPage> {
  const playground = new PlaygroundPage(page);
  await playground.open();
  await playground.train.click();
  await playground.expectStepsAbove(steps);
  await playground.pause.click();
  await expect(playground.train).toBeVisible();
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
  await playground.pause.click();
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
