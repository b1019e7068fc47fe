/** The part of the plane that the stage shows: zoomed and moved by wheel, drag, fingers, keys and buttons; everything follows it. */
import { expect, type Locator, type Page, test } from "@playwright/test";
import { PlaygroundPage, presetLink } from "./page";

const stage = (page: Page) => page.getByRole("img", { name: "Stage", exact: true });
const reader = (page: Page) => page.getByRole("application", { name: "Read the stage", exact: true });
const zoom = (page: Page) => page.getByRole("status", { name: "Zoom", exact: true });

async function opened(page: Page, hash = presetLink("ring-non-saturating")): Promise<PlaygroundPage> {
  const playground = new PlaygroundPage(page);
  await playground.open(hash);
  await playground.button("Lab").click();
  await playground.trainPast(100);
  await expect(zoom(page)).toHaveText("1.0×");
  return playground;
}

/** The middle of the layer that is pointed at. */
async function middleOf(layer: Locator): Promise<{ readonly x: number; readonly y: number; readonly width: number }> {
  const box = await layer.boundingBox();
  if (box === null) throw new Error("the stage is not there");
  return { x: box.x + box.width / 2, y: box.y + box.height / 2, width: box.width };
}

/** What the crosshair reads: x and y. */
async function place(page: Page): Promise<readonly number[]> {
  const tag = page.locator(".pointer-tag").first();
  await expect(tag).toContainText(/x \(.*\)/);
  const text = ((await tag.textContent()) ?? "").replaceAll("−", "-");
  return (text.match(/-?\d+\.\d+/g) ?? []).slice(0, 2).map(Number);
}

test("buttons zoom in and out and show all of it again, and the picture is the very one before", async ({ page }) => {
  const playground = await opened(page);
  const whole = await playground.stillPixels(stage(page));
  await playground.button("Zoom in").click();
  await playground.button("Zoom in").click();
  await expect(zoom(page)).toHaveText("2.3×");
  await expect.poll(() => playground.pixels(stage(page))).not.toBe(whole);
  await playground.button("Zoom out").click();
  await expect(zoom(page)).toHaveText("1.5×");
  await playground.button("Fit").click();
  await expect(zoom(page)).toHaveText("1.0×");
  await expect.poll(() => playground.pixels(stage(page))).toBe(whole);
});

test("the wheel zooms where one points, a drag moves the picture, and neither takes a fake", async ({ page }) => {
  const playground = await opened(page);
  const middle = await middleOf(reader(page));
  const [x, y] = [middle.x + 40, middle.y - 30];
  await page.mouse.move(x, y);
  const before = await place(page);
  const latent = await playground.restingWords();
  // With Ctrl at once, and from then on without: before, the wheel may scroll the column.
  await page.keyboard.down("Control");
  await page.mouse.wheel(0, -100);
  await page.keyboard.up("Control");
  await expect(zoom(page)).toHaveText("1.2×");
  await page.mouse.wheel(0, -360);
  await expect(zoom(page)).toHaveText("2.4×");
  await page.mouse.move(x + 1, y);
  await page.mouse.move(x, y);
  await expect.poll(async () => Math.abs(((await place(page))[0] ?? 9) - (before[0] ?? 0))).toBeLessThan(0.02);
  // To the right: what was on the left comes into view, under the mouse the same place.
  const zoomed = await playground.stillPixels(stage(page));
  await page.mouse.down();
  await page.mouse.move(x + 60, y, { steps: 5 });
  await page.mouse.up();
  await expect.poll(() => playground.pixels(stage(page))).not.toBe(zoomed);
  expect(await playground.latentWords.textContent(), "a drag is no press").toBe(latent);
  await page.mouse.move(x + 61, y);
  await page.mouse.move(x + 60, y);
  await expect.poll(async () => Math.abs(((await place(page))[0] ?? 9) - (before[0] ?? 0))).toBeLessThan(0.02);
});

test("by keyboard: plus zooms at the crosshair, arrows lead the picture along, zero shows everything", async ({
  page,
}) => {
  const playground = await opened(page);
  await reader(page).focus();
  await page.keyboard.press("ArrowRight");
  for (let i = 0; i < 4; i++) await page.keyboard.press("+");
  await expect(zoom(page)).toHaveText("5.1×");
  const near = await playground.stillPixels(stage(page));
  const [start = 0] = await place(page);
  for (let i = 0; i < 14; i++) await page.keyboard.press("Shift+ArrowRight");
  await expect.poll(() => playground.pixels(stage(page))).not.toBe(near);
  await expect
    .poll(async () => (await place(page))[0] ?? 0, { message: "beyond what was shown" })
    .toBeGreaterThan(start + 1);
  await page.keyboard.press("-");
  await expect(zoom(page)).toHaveText("3.4×");
  await page.keyboard.press("0");
  await expect(zoom(page)).toHaveText("1.0×");
});

test("D is asked for what is shown: the map is sharp near by, the crosshair and the best D agree with it", async ({
  page,
}) => {
  const playground = await opened(page);
  await page.getByRole("button", { name: /^Layers/ }).click();
  for (const name of ["G's grid", "Contours of p_g", "Trails", "Nearest reals", "Arrows"])
    await page.getByRole("switch", { name }).click();
  await playground.button("D*").click();
  await page.keyboard.press("Escape");
  const shown = await playground.stillPixels(stage(page));
  for (let i = 0; i < 5; i++) await playground.button("Zoom in").click();
  await expect(zoom(page)).toHaveText("7.6×");
  const near = await playground.stillPixels(stage(page));
  expect(near).not.toBe(shown);
  const middle = await middleOf(reader(page));
  await page.mouse.move(middle.x - 20, middle.y);
  await expect(page.locator(".pointer-tag").first()).toContainText(/D\*\(x\).*p_data.*p_g/);
  // Training goes on in the same part of the plane.
  await page.getByRole("button", { name: /^Layers/ }).click();
  await playground.button("D").last().click();
  await page.keyboard.press("Escape");
  const judged = await playground.stillPixels(stage(page));
  await playground.trainPast((await playground.stepCount()) + 200);
  await expect(zoom(page)).toHaveText("7.6×");
  expect(await playground.stillPixels(stage(page))).not.toBe(judged);
});

test("arms share what they show, other data are shown whole, and closing the lab shows everything", async ({
  page,
}) => {
  const playground = await opened(page);
  await playground.button("Zoom in").click();
  await playground.button("Compare").first().click();
  await expect(page.getByRole("application", { name: "Read the stage, arm B" })).toBeVisible();
  await expect(zoom(page)).toHaveText("1.5×");
  for (const name of ["Read the stage", "Read the stage, arm B"])
    await expect(page.getByRole("application", { name, exact: true })).toHaveAttribute("data-window", "part");
  await playground.button("Zoom in").click();
  await playground.button("Lab").click();
  await expect(page.locator(".stage-reader[data-window]")).toHaveCount(0);
  await playground.button("Lab").click();
  await expect(zoom(page)).toHaveText("1.0×");
  await playground.button("Zoom in").click();
  await playground.choose("Dataset", /moons/i);
  await expect(zoom(page)).toHaveText("1.0×");
});

test.describe("with fingers, on a phone", () => {
  test.use({ viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true });

  test("two zoom; one scrolls the page until then, and moves the picture from then on", async ({ page }) => {
    const playground = await opened(page);
    const fingers = await page.context().newCDPSession(page);
    const touch = (type: "touchStart" | "touchMove" | "touchEnd", ...points: readonly (readonly [number, number])[]) =>
      fingers.send("Input.dispatchTouchEvent", { type, touchPoints: points.map(([x, y], id) => ({ x, y, id })) });
    await reader(page).scrollIntoViewIfNeeded();
    const scrolled = () => page.evaluate(() => Math.round(window.scrollY));
    const swipe = async (distance: number) => {
      const { x, y } = await middleOf(reader(page));
      await touch("touchStart", [x, y]);
      for (let i = 1; i <= 6; i++) await touch("touchMove", [x, y + (distance * i) / 6]);
      await touch("touchEnd");
    };
    const start = await scrolled();
    await swipe(-120);
    await expect.poll(scrolled, { message: "the page scrolls" }).not.toBe(start);
    await expect(zoom(page)).toHaveText("1.0×");

    await reader(page).scrollIntoViewIfNeeded();
    const whole = await playground.stillPixels(stage(page));
    const { x, y } = await middleOf(reader(page));
    await touch("touchStart", [x - 20, y], [x + 20, y]);
    for (let i = 1; i <= 6; i++) await touch("touchMove", [x - 20 - 5 * i, y], [x + 20 + 5 * i, y]);
    await touch("touchEnd");
    await expect(zoom(page)).toHaveText("2.5×");
    const near = await playground.stillPixels(stage(page));
    expect(near).not.toBe(whole);

    const stays = await scrolled();
    await swipe(60);
    await expect.poll(() => playground.pixels(stage(page)), { message: "the picture moves" }).not.toBe(near);
    expect(await scrolled()).toBe(stays);
  });
});
