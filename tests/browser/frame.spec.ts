/** The frame at the sizes that people have: nothing overlaps, the stage is the largest thing, the room is used. */
import { expect, type Locator, type Page, test } from "@playwright/test";
import { PlaygroundPage, presetLink } from "./page";

const SIZES = [
  { width: 1280, height: 720 }, // a classroom's projector
  { width: 1440, height: 900 },
  { width: 1920, height: 1080 },
  { width: 2560, height: 1440 },
] as const;

async function boxOf(part: Locator) {
  const box = await part.boundingBox();
  if (box === null) throw new Error("not on the page");
  return box;
}

type Box = Awaited<ReturnType<typeof boxOf>>;
const area = ({ width, height }: Box) => width * height;
const overlap = (a: Box, b: Box) =>
  Math.max(0, Math.min(a.x + a.width, b.x + b.width) - Math.max(a.x, b.x)) *
  Math.max(0, Math.min(a.y + a.height, b.y + b.height) - Math.max(a.y, b.y));

const partsOf = (page: Page) => ({
  bar: page.getByRole("banner"),
  experiment: page.getByRole("complementary", { name: "Experiment", exact: true }),
  stage: page.getByRole("region", { name: "Training view", exact: true }),
  latent: page.locator("#latent"),
  charts: page.getByRole("complementary", { name: "Charts", exact: true }),
});

for (const { width, height } of SIZES) {
  test(`at ${width}×${height} nothing overlaps, the stage is the largest thing and the bar is one row`, async ({
    page,
  }) => {
    await page.setViewportSize({ width, height });
    const playground = new PlaygroundPage(page);
    await playground.open();
    const scrolls = await page.evaluate(() => [
      document.documentElement.scrollWidth - window.innerWidth,
      document.documentElement.scrollHeight - window.innerHeight,
    ]);
    expect(Math.max(...scrolls)).toBeLessThanOrEqual(0);
    const boxes: [string, Box][] = [];
    for (const [name, part] of Object.entries(partsOf(page))) boxes.push([name, await boxOf(part)]);
    for (const [i, [name, box]] of boxes.entries()) {
      for (const [other, one] of boxes.slice(i + 1)) expect(overlap(box, one), `${name} and ${other}`).toBeLessThan(1);
    }
    const of = Object.fromEntries(boxes);
    for (const name of ["experiment", "latent", "charts"]) {
      expect(area(of.stage as Box), `stage and ${name}`).toBeGreaterThan(area(of[name] as Box));
    }
    expect((of.bar as Box).height).toBeLessThan(70);
    // The last chart ends near the column's end, unless it scrolls.
    const plots = page.getByRole("complementary", { name: "Charts", exact: true }).locator(".chart");
    const last = await boxOf(plots.last());
    expect(last.y + last.height).toBeGreaterThan(0.8 * height);
  });
}

test("on a projector, with the lab open, images never lie over what stands under them", async ({ page }) => {
  await page.setViewportSize({ width: 1280, height: 720 });
  const playground = new PlaygroundPage(page);
  await playground.open(presetLink("mnist-mlp"));
  await playground.button("Lab").click();
  await expect(page.getByRole("region", { name: "Timeline" })).toBeVisible();
  const note = page.getByText("Under each image:");
  const images = page.getByRole("img", { name: "Generated samples", exact: true });
  await expect(images).toBeVisible();
  await expect.poll(async () => overlap(await boxOf(images), await boxOf(note))).toBe(0);
  await note.scrollIntoViewIfNeeded();
  await expect(note).toBeInViewport();
  expect(overlap(await boxOf(images), await boxOf(note))).toBe(0);
});

test("what has the keyboard's focus shows it: a select as much as a button", async ({ page }) => {
  const playground = new PlaygroundPage(page);
  await playground.open();
  for (const part of [playground.combobox("Dataset"), playground.train]) {
    await part.focus();
    await page.keyboard.press("Shift+Tab");
    await page.keyboard.press("Tab");
    await expect(part).toBeFocused();
    const ring = await part.evaluate((element) => {
      const { outlineStyle, outlineWidth } = getComputedStyle(element);
      return outlineStyle !== "none" && Number.parseFloat(outlineWidth) >= 2;
    });
    expect(ring).toBe(true);
  }
});

test("in forced colours tracks, thumbs and what is chosen keep a mark", async ({ page }) => {
  await page.emulateMedia({ forcedColors: "active" });
  const playground = new PlaygroundPage(page);
  await playground.open();
  const track = page.locator(".mantine-Slider-track").first();
  await expect(track).toHaveCSS("border-top-style", "solid");
  const chosen = page.getByRole("button", { pressed: true }).first();
  await expect(chosen).toHaveCSS("outline-style", "solid");
});
