/** Latent space as a person explores it: sliders, pad, walk, fakes that hand over their z. By mouse, keyboard and finger. */
import { expect, type Locator, type Page, test } from "@playwright/test";
import { PlaygroundPage, presetLink } from "./page";

const slider = (page: Page, name: string) => page.getByRole("slider", { name, exact: true });
const between = (page: Page) => slider(page, "Between A and B");
const box = async (locator: Locator) => {
  const found = await locator.boundingBox();
  if (found === null) throw new Error("it is not to be seen");
  return found;
};

/** The numbers in a text, as the page writes them: "(−1.2, 0.413)". */
/** The numbers in a text, powers of ten as core/format.ts writes them included. */
const numbersIn = (text: string) =>
  [...text.replaceAll("−", "-").matchAll(/(-?\d+(?:\.\d+)?)(?:·10([⁻⁰¹²³⁴⁵⁶⁷⁸⁹]+))?/g)].map(([, digits, power = "⁰"]) =>
    Number(
      `${digits}e${[...power]
        .map((sign) => "⁻⁰¹²³⁴⁵⁶⁷⁸⁹".indexOf(sign) - 1)
        .join("")
        .replace("-1", "-")}`,
    ),
  );

/** G(z) as the latent panel says it. */
async function sampleAt(playground: PlaygroundPage): Promise<readonly number[]> {
  const text = await playground.latentWords.textContent();
  return numbersIn(text?.split("D")[0] ?? "").slice(0, 2);
}

/** The fakes of the picture that the page has. */
const fakesNow = (page: Page): Promise<string | null> =>
  page.evaluate(() => {
    const frame = window.ganPlayground?.state().arms[0]?.stage?.frame;
    return frame?.kind === "plane" ? frame.fakes.slice(0, 32).join() : null;
  });

test("a slider moved during training changes the sample, and training goes on", async ({ page }) => {
  const playground = new PlaygroundPage(page);
  await playground.open();
  await playground.train.click();
  await playground.expectStepsAbove(50);
  const coordinates = playground.latentWords;
  await slider(page, "Latent 1").focus();
  for (const key of ["End", "Home"]) {
    const before = await coordinates.textContent();
    const step = await playground.stepCount();
    await page.keyboard.press(key);
    await expect(coordinates).not.toHaveText(before ?? "");
    await playground.expectStepsAbove(step);
  }
  await expect(playground.pause).toBeVisible();
});

test("random latents draw another image", async ({ page }) => {
  const playground = new PlaygroundPage(page);
  await playground.open(presetLink("mnist-mlp"));
  const sample = page.getByRole("img", { name: "Latent sample", exact: true });
  await expect(sample).toBeVisible();
  const before = await playground.pixels(sample);
  await playground.button("Random latent").click();
  await expect.poll(() => playground.pixels(sample)).not.toBe(before);
});

test("nothing in the latent panel moves while training changes its numbers, alone or compared", async ({ page }) => {
  const playground = new PlaygroundPage(page);
  await playground.open();
  const panel = page.getByRole("region", { name: "Latent", exact: true });
  await playground.train.click();
  await playground.button("Pin A").click();
  await playground.button("Random latent").click();
  await playground.button("Pin B").click();
  await expect(between(page)).toBeVisible();
  const controls = panel.locator("input, button, select, [role=application]");
  // Boxes relative to the panel: what stands above it may grow a line.
  const boxes = () =>
    controls.evaluateAll((all) => {
      const home = all[0]?.closest("section[aria-label=Latent]")?.getBoundingClientRect();
      return all.map((one) => {
        const { x, y, width, height } = one.getBoundingClientRect();
        return [x, y - (home?.y ?? 0), width, height].map(Math.round).join(" ");
      });
    });
  const expectStill = async () => {
    const first = await boxes();
    const from = await playground.stepCount();
    const words = new Set<string | null>();
    const look = async () => {
      expect(await boxes()).toEqual(first);
      words.add(await playground.latentWords.textContent());
      return words.size;
    };
    for (let i = 0; i < 20; i++) await look();
    await expect.poll(look, { message: "numbers change meanwhile", intervals: [100] }).toBeGreaterThan(5);
    await playground.expectStepsAbove(from);
  };
  await expectStill();
  await playground.button("Compare").click();
  await expect(page.getByRole("region", { name: "Arm B", exact: true })).toBeVisible();
  await playground.expectStepsAbove(await playground.stepCount());
  await page.waitForTimeout(500);
  await expectStill();
});

test("slider values are read as they are shown; Page Up and Page Down take large steps", async ({ page }) => {
  const playground = new PlaygroundPage(page);
  await playground.open();
  const first = slider(page, "Latent 1");
  const typed = page.getByRole("textbox", { name: "Latent 1 value", exact: true });
  await typed.fill("0.3");
  await typed.press("Enter");
  await expect(typed).toHaveValue("0.30");
  await expect(first).toHaveAttribute("aria-valuetext", "0.30");
  await first.focus();
  await page.keyboard.press("PageUp");
  const up = Number(await typed.inputValue());
  expect(up).toBeGreaterThan(0.5);
  await page.keyboard.press("PageDown");
  await page.keyboard.press("PageDown");
  expect(Number(await typed.inputValue())).toBeLessThan(0.1);
});

test("a latent that is typed too large or is no number is told why it is not taken", async ({ page }) => {
  const playground = new PlaygroundPage(page);
  await playground.open();
  const typed = page.getByRole("textbox", { name: "Latent 1 value", exact: true });
  const before = await box(slider(page, "Latent 2"));
  await typed.fill("9");
  await typed.press("Enter");
  await expect(typed).toHaveValue("3.00");
  await expect(page.getByText("The largest value of Latent 1 is 3.00, which is used instead.")).toBeVisible();
  await typed.fill("abc");
  await typed.press("Enter");
  await expect(typed).toHaveValue("3.00");
  await expect(page.getByText("Latent 1 must be a number from −3 to 3; 3.00 is kept.")).toBeVisible();
  expect(await box(slider(page, "Latent 2"))).toEqual(before);
});

test("the place between two pins is true whatever moves the latent", async ({ page }) => {
  const playground = new PlaygroundPage(page);
  await playground.open();
  await expect(page.getByText("Pin two latents, A and B, to walk from one to the other.")).toBeVisible();
  await playground.button("Pin A").click();
  await playground.button("Random latent").click();
  await playground.button("Pin B").click();
  const value = (text: string | RegExp) => expect(between(page)).toHaveAttribute("aria-valuetext", text);
  await value("100 % of the way to B");
  await playground.button("Zero latent").click();
  await value(/^z is off the walk; its nearest point is \d+ % of the way to B$/);
  await expect(page.getByText(/z is off the walk, nearest/)).toBeVisible();
  await between(page).focus();
  await page.keyboard.press("Home");
  await value("0 % of the way to B");
  await page.keyboard.press("PageUp");
  await value("10 % of the way to B");
  await page.getByRole("textbox", { name: "Latent 2 value", exact: true }).fill("2.5");
  await value(/off the walk/);
  await between(page).focus();
  await page.keyboard.press("End");
  await playground.button("Swap A and B").click();
  await value("0 % of the way to B");
  await playground.button("Unpin B").click();
  await expect(between(page)).toBeHidden();
  await expect(page.getByText("Move the latent, then pin it as B.")).toBeVisible();
});

test("Play walks from pin to pin until a person moves the latent", async ({ page }) => {
  const playground = new PlaygroundPage(page);
  await playground.open();
  await playground.button("Pin A").click();
  await playground.button("Random latent").click();
  await playground.button("Pin B").click();
  await page.getByRole("combobox", { name: "Pace", exact: true }).selectOption("2 s");
  await playground.button("Play walk").click();
  const seen = new Set<string | null>();
  await expect
    .poll(async () => {
      const text = await between(page).getAttribute("aria-valuetext");
      expect(text).toMatch(/^\d+ % of the way to B$/);
      return seen.add(text).size;
    })
    .toBeGreaterThan(4);
  await slider(page, "Latent 1").focus();
  await page.keyboard.press("ArrowRight");
  await expect(playground.button("Play walk")).toBeVisible();
  await expect(page.getByRole("textbox", { name: "Latent 1 value", exact: true })).toHaveValue(/./);
});

test("a fake that is pressed hands over its latent: G(z) lands on it, averaged or not", async ({ page }) => {
  const playground = new PlaygroundPage(page);
  await playground.open("#generator.ema=0.9");
  await playground.train.click();
  await playground.expectStepsAbove(60);
  await playground.rest();
  const reader = page.getByRole("application", { name: "Read the stage", exact: true });
  const tag = page.getByText("press: take this fake's z");
  const averaged = page.getByRole("switch", { name: /Averaged generator/ });
  for (const on of [false, true]) {
    await page.mouse.move(0, 0); // no tag on the stage
    const others = await fakesNow(page);
    const differs = (await averaged.isChecked()) !== on;
    await averaged.setChecked(on, { force: true });
    await expect(averaged).toBeChecked({ checked: on });
    if (differs) await expect.poll(() => fakesNow(page), { message: "the picture of these weights" }).not.toBe(others);
    const area = await box(reader);
    // Look for a fake as a hand would, line by line.
    let found: { x: number; y: number } | null = null;
    for (let y = 20; y < area.height - 30 && found === null; y += 9) {
      for (let x = area.width / 2 - 100; x < area.width / 2 + 100 && found === null; x += 9) {
        await page.mouse.move(area.x + x, area.y + y);
        await page.evaluate(() => new Promise((drawn) => requestAnimationFrame(() => requestAnimationFrame(drawn))));
        if (await tag.isVisible()) found = { x: area.x + x, y: area.y + y };
      }
    }
    if (found === null) throw new Error("no fake in reach");
    await playground.button("Zero latent").click();
    await page.mouse.move(found.x, found.y);
    await expect(tag).toBeVisible();
    const place = await reader.getByText(/^x \(/).textContent();
    const [px = 0, py = 0] = numbersIn(place ?? "");
    await page.mouse.click(found.x, found.y);
    await expect
      .poll(async () => {
        const [gx = 9, gy = 9] = await sampleAt(playground);
        return Math.hypot(gx - px, gy - py);
      })
      .toBeLessThan(0.35); // ten pixels at most, of a plot of some 200 for 6 units
  }
});

test("the keyboard reads the stage and takes the nearest fake; D(x) is D's word for that very point", async ({
  page,
}) => {
  const playground = new PlaygroundPage(page);
  await playground.open();
  await playground.train.click();
  await playground.expectStepsAbove(50);
  await playground.rest();
  const reader = page.getByRole("application", { name: "Read the stage", exact: true });
  await reader.focus();
  const status = reader.getByRole("status");
  await page.keyboard.press("ArrowRight");
  await expect(status).toHaveText(/^x = \(−?\d+\.\d\d, −?\d+\.\d\d\), D of x = [<>]?\d/);
  const first = await status.textContent();
  await page.keyboard.press("Shift+ArrowUp");
  await expect(status).not.toHaveText(first ?? "");
  const before = await playground.latentWords.textContent();
  await page.keyboard.press("Enter");
  await expect(playground.latentWords).not.toHaveText(before ?? "");
  await page.keyboard.press("Escape");
  await expect(reader.getByText("D(x)", { exact: true })).toHaveCount(0);
});

test("a generated image that is pressed hands over its latent, pixel by pixel", async ({ page }) => {
  const playground = new PlaygroundPage(page);
  await playground.open(presetLink("mnist-mlp"));
  const fake = page.getByRole("button", { name: "Take the latent of generated image 6", exact: true });
  await fake.click();
  await expect(fake).toHaveAttribute("aria-pressed", "true");
  const fakes = page.getByRole("img", { name: "Generated samples", exact: true });
  const sample = page.getByRole("img", { name: "Latent sample", exact: true });
  const area = await box(fake);
  const home = await box(fakes);
  const part = { x: area.x - home.x, y: area.y - home.y, width: area.width, height: area.height };
  await expect
    .poll(async () => {
      const [a, b] = [await greys(fakes, part), await greys(sample, null)];
      return a.reduce((sum, value, i) => sum + Math.abs(value - (b[i] ?? 0)), 0) / a.length;
    })
    .toBeLessThan(6);
});

/** The grey levels in the middle of an image's 28 × 28 pixels, on a part of a canvas, CSS pixels. */
function greys(
  canvas: Locator,
  part: { readonly x: number; readonly y: number; readonly width: number; readonly height: number } | null,
): Promise<number[]> {
  return canvas.evaluate((element, area) => {
    if (!(element instanceof HTMLCanvasElement)) throw new Error("not a canvas");
    const scale = element.width / element.clientWidth;
    const { x, y, width, height } = area ?? { x: 0, y: 0, width: element.clientWidth, height: element.clientHeight };
    const context = element.getContext("2d");
    const at = (share: number, start: number, length: number) => Math.floor((start + share * length) * scale);
    return Array.from({ length: 784 }, (_, i) => {
      const column = at(((i % 28) + 0.5) / 28, x, width);
      const row = at((Math.floor(i / 28) + 0.5) / 28, y, height);
      return context?.getImageData(column, row, 1, 1).data[0] ?? 0;
    });
  }, part);
}

test("the film strip shows the walk between two images, and a press on a frame goes there", async ({ page }) => {
  const playground = new PlaygroundPage(page);
  await playground.open(presetLink("mnist-mlp"));
  await playground.button("Pin A").click();
  await expect(playground.button("Go to pin A")).toBeVisible();
  await playground.button("Random latent").click();
  await playground.button("Pin B").click();
  const frames = page.getByRole("button", { name: /^Go to (pin|\d+ %)/ });
  await expect(frames).toHaveCount(9);
  await expect(page.getByRole("combobox", { name: "Way", exact: true })).toHaveValue("slerp");
  await page.getByRole("combobox", { name: "Steps", exact: true }).selectOption("5");
  await expect(frames).toHaveCount(5);
  await playground.button("Go to 50 % of the way to B").click();
  await expect(between(page)).toHaveAttribute("aria-valuetext", "50 % of the way to B");
  const middle = page.getByRole("img", { name: "Image at 50 % of the way to B", exact: true });
  const round = await playground.pixels(middle);
  await page.getByRole("combobox", { name: "Way", exact: true }).selectOption("lerp");
  await expect.poll(() => playground.pixels(middle)).not.toBe(round);
  await expect(between(page)).toHaveAttribute("aria-valuetext", /off the walk/);
});

test("latent, pins and view settings survive a reload", async ({ page }) => {
  const playground = new PlaygroundPage(page);
  await playground.open();
  await playground.button("Random latent").click();
  await playground.button("Pin A").click();
  await playground.button("Random latent").click();
  await playground.button("Pin B").click();
  await between(page).focus();
  await page.keyboard.press("Home");
  for (let i = 0; i < 3; i++) await page.keyboard.press("PageUp");
  await page.getByRole("combobox", { name: "Map shows", exact: true }).selectOption("what D says");
  const value = page.getByRole("textbox", { name: "Latent 1 value", exact: true });
  const before = await value.inputValue();
  await expect(between(page)).toHaveAttribute("aria-valuetext", "30 % of the way to B");
  await page.reload();
  await expect(playground.train).toBeEnabled();
  await expect(between(page)).toHaveAttribute("aria-valuetext", "30 % of the way to B");
  await expect(value).toHaveValue(before);
  await expect(page.getByRole("combobox", { name: "Map shows", exact: true })).toHaveValue("opinion");
});

test("the map of latent space follows training and shows D's opinion on request", async ({ page }) => {
  const playground = new PlaygroundPage(page);
  await playground.open();
  const map = page.getByRole("img", { name: "Map of latent space", exact: true });
  const pad = await box(page.getByRole("application", { name: "Latent pad", exact: true }));
  expect(pad.width).toBeGreaterThanOrEqual(240);
  expect(pad.height).toBeGreaterThanOrEqual(240);
  const start = await playground.pixels(map);
  await playground.train.click();
  await expect.poll(() => playground.pixels(map)).not.toBe(start);
  await playground.rest();
  const places = await playground.pixels(map);
  await page.getByRole("combobox", { name: "Map shows", exact: true }).selectOption("what D says");
  await expect.poll(() => playground.pixels(map)).not.toBe(places);
});

test("the picture stays in view, and large, while the last of its sliders moves", async ({ page }) => {
  const playground = new PlaygroundPage(page);
  await playground.open(presetLink("mnist-mlp"));
  for (const size of [
    { width: 1440, height: 900 },
    { width: 390, height: 844 },
  ]) {
    await page.setViewportSize(size);
    if (size.width < 700) await playground.button("Latent").click();
    const more = page.getByRole("button", { name: /more dimensions/ });
    if ((await more.getAttribute("aria-expanded")) === "false") await more.click();
    const last = slider(page, "Latent 24");
    await last.scrollIntoViewIfNeeded();
    await last.focus();
    await page.keyboard.press("End");
    const sample = page.getByRole("img", { name: "Latent sample", exact: true });
    const { x, y, width, height } = await box(sample);
    expect(Math.min(width, height)).toBeGreaterThanOrEqual(112);
    const onTop = await page.evaluate(
      ([left, top]) => document.elementFromPoint(left ?? 0, top ?? 0)?.getAttribute("aria-label"),
      [x + width / 2, y + 8] as const,
    );
    expect(onTop).toBe("Latent sample");
  }
});

test.describe("with a finger", () => {
  test.use({ viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true });

  test("the pad is dragged without scrolling the page, and targets are 44 px", async ({ page }) => {
    const playground = new PlaygroundPage(page);
    await playground.open();
    await playground.button("Latent").click();
    const pad = page.getByRole("application", { name: "Latent pad", exact: true });
    const area = await box(pad);
    const scrolled = () => page.evaluate(() => window.scrollY);
    const before = await scrolled();
    const touch = await page.context().newCDPSession(page);
    const at = (share: number) => [{ x: area.x + area.width / 2, y: area.y + area.height * share }];
    await touch.send("Input.dispatchTouchEvent", { type: "touchStart", touchPoints: at(0.9) });
    for (const share of [0.8, 0.6, 0.4, 0.2, 0.1]) {
      await touch.send("Input.dispatchTouchEvent", { type: "touchMove", touchPoints: at(share) });
    }
    await touch.send("Input.dispatchTouchEvent", { type: "touchEnd", touchPoints: [] });
    expect(await scrolled()).toBe(before);
    const up = page.getByRole("textbox", { name: "Latent 2 value", exact: true });
    await expect.poll(async () => Number(await up.inputValue())).toBeGreaterThan(2);
    const small = await page
      .getByRole("region", { name: "Latent", exact: true })
      .locator("button:visible, select:visible, input:visible")
      .evaluateAll((all) =>
        all
          .filter((one) => one.getBoundingClientRect().height < 44 && one.getAttribute("role") !== "switch")
          .map((one) => one.getAttribute("aria-label") ?? one.textContent),
      );
    expect(small).toEqual([]);
  });
});
