/** The view of latent space: directions, ways, the latent of a picture, what G knows by heart, the game. By mouse and by keyboard. */
import { expect, type Locator, type Page, test } from "@playwright/test";
import { decode } from "fast-png";
import { PlaygroundPage, presetLink } from "./page";
import { gifFrames, savedBy, svgSeen } from "./saved-files";

const slider = (page: Page, name: string) => page.getByRole("slider", { name, exact: true });
const picture = (page: Page) => page.getByRole("img", { name: "The present sample", exact: true });
const tab = (page: Page, name: string) => page.getByRole("tab", { name, exact: true });

/** Opens the view on digits of dense layers that were trained for a moment. */
async function openSpace(page: Page, steps: number): Promise<PlaygroundPage> {
  const playground = new PlaygroundPage(page);
  await playground.open(presetLink("mnist-mlp"));
  if (steps > 0) {
    await playground.train.click();
    await playground.expectStepsAbove(steps);
    await playground.rest();
  }
  await playground.button("Latent space").click();
  return playground;
}

/** Of the other directions, as they are read out. */
const valuesBeside = (page: Page) =>
  page
    .getByRole("slider", { name: /^Direction [2-8]$/ })
    .evaluateAll((sliders) => sliders.map((one) => one.getAttribute("aria-valuetext")));

/** The pixels once they stay: the last steps before a pause may still show. */
async function settled(playground: PlaygroundPage, canvas: Locator): Promise<string> {
  let [last, same] = ["", 0];
  await expect
    .poll(async () => {
      const now = await playground.pixels(canvas);
      same = now === last ? same + 1 : 0;
      last = now;
      return same;
    })
    .toBeGreaterThan(3);
  return last;
}

/** Until the pixels differ from what they were. */
async function expectOther(playground: PlaygroundPage, canvas: Locator, before: string): Promise<string> {
  await expect.poll(async () => (await playground.pixels(canvas)) !== before).toBe(true);
  return playground.pixels(canvas);
}

test("directions: a slider moves the sample along one, a held one stays, undo takes it back, training keeps the places", async ({
  page,
}) => {
  const playground = await openSpace(page, 60);
  const first = slider(page, "Direction 1");
  await expect(first).toBeVisible();
  const strip = page.getByRole("img", { name: /^What Direction 1 does to the present sample/ });
  const empty = await playground.pixels(strip);
  const start = await settled(playground, picture(page));
  await first.focus();
  await page.keyboard.press("End");
  await expect(page.getByRole("textbox", { name: "Direction 1 value" })).toHaveValue("3.00");
  const atEnd = await expectOther(playground, picture(page), start);
  expect(empty).not.toBe(""); // the strip is there while its samples are on their way
  const others = await valuesBeside(page);

  await playground.button("Hold Direction 1").click();
  await playground.button("Randomise the rest").click();
  await expectOther(playground, picture(page), atEnd);
  await expect(page.getByRole("textbox", { name: "Direction 1 value" })).toHaveValue("3.00");
  expect(await valuesBeside(page)).not.toEqual(others);

  await playground.button("Undo the latent's change").click();
  await expect.poll(async () => (await playground.pixels(picture(page))) === atEnd).toBe(true);
  expect(await valuesBeside(page)).toEqual(others);
  await playground.button("Redo the latent's change").click();
  await expectOther(playground, picture(page), atEnd);

  await page.getByRole("textbox", { name: "Direction 1 value" }).fill("0");
  await page.keyboard.press("Enter");
  await expect(first).toHaveValue("0");
  await page.getByRole("combobox", { name: "Found by" }).selectOption({ label: "Classes and attributes" });
  await expect(page.getByRole("slider", { name: /^[0-9]$/ }).first()).toBeVisible();
  await page.getByRole("combobox", { name: "Found by" }).selectOption({ label: "At this very sample" });
  await expect(first).toBeVisible();
  await playground.button("Train G").click();
  await playground.expectStepsAbove(100);
  await playground.button("Pause training").click();
});

test("explore: pins, the loop through them, a plane to move over, a walk that a person ends, truncation measured, sums of means", async ({
  page,
}) => {
  const playground = await openSpace(page, 60);
  await tab(page, "Explore").click();
  for (const letter of ["A", "B", "C"]) {
    await playground.button(`Pin the present sample as ${letter}`).click();
    await playground.button("Another").click();
  }
  const loop = page.getByRole("button", { name: /^Take the latent \d+ % of the way from|^Take pin/ });
  await expect(loop).toHaveCount(18);
  const before = await playground.pixels(picture(page));
  await playground.button("Take the latent 50 % of the way from B to C").click();
  await expectOther(playground, picture(page), before);
  const goToA = page.getByRole("tabpanel").getByRole("button", { name: "Go to pin A", exact: true });
  await goToA.click();
  await expect(goToA).toHaveAttribute("aria-pressed", "true");

  await page.getByRole("combobox", { name: "Spanned by" }).selectOption("pins");
  const map = page.getByRole("img", { name: /^Samples of a plane/ });
  const cell = playground.button("Take the sample in row 4, column 4");
  await cell.click();
  await expect(cell).toHaveAttribute("aria-pressed", "true");
  const here = await playground.pixels(map);
  await page.keyboard.press("Shift+ArrowRight");
  await expectOther(playground, map, here);
  await expect(playground.button("Take the sample in row 4, column 3")).toHaveAttribute("aria-pressed", "true");

  const standing = await playground.pixels(picture(page));
  await playground.button("Walk").click();
  await expectOther(playground, picture(page), standing);
  await playground.button("Another").click();
  await expect(playground.button("Walk")).toBeVisible();

  await playground.button("Measure its effect").click();
  await expect(
    page.getByText(/Diversity:.*By the features of the small classifier that names 99\.\d % /),
  ).toBeVisible();
  await playground.button("Find the means of classes and attributes").click();
  await expect(page.getByRole("combobox", { name: "B", exact: true }).getByRole("option")).toContainText([
    /mean of “\d”/,
  ]);
});

test("find: the latent of a test image, of one half of it, and of a drawing; a search can be ended", async ({
  page,
}) => {
  const playground = await openSpace(page, 60);
  await tab(page, "Find").click();
  await playground.button("A test image").click();
  await playground.button("Find its latent").click();
  await expect(page.getByRole("progressbar", { name: "Updates of the search" })).toBeVisible();
  await expect(page.getByText(/The best of 1,000 random latents is off by/)).toBeVisible();
  await expect(page.getByRole("status", { name: "Error" })).toContainText("of the range of brightness");
  await expect(page.getByRole("img", { name: /^The 6 training images nearest to it, at distances \d/ })).toHaveCount(2);
  const before = await playground.pixels(picture(page));
  await playground.button("Take this latent").click();
  await expectOther(playground, picture(page), before);

  await playground.button("Hide the lower half").click();
  await expect(page.getByRole("status", { name: "Error" })).toHaveCount(0); // it was of the whole
  await playground.button("Find its latent").click();
  await playground.button("Cancel").click();
  await expect(playground.button("Find its latent")).toBeVisible();

  await playground.button("Empty").click();
  const pad = page.getByRole("application", { name: /^The picture to be found/ });
  const canvas = pad.getByRole("img");
  const blank = await playground.pixels(canvas);
  await pad.focus();
  for (const key of ["Space", "ArrowDown", "Space", "ArrowDown", "Space"]) await page.keyboard.press(key);
  await expectOther(playground, canvas, blank);
  const drawn = await playground.pixels(canvas);
  const png = await page.screenshot({ clip: { x: 0, y: 0, width: 60, height: 60 } });
  await page
    .getByLabel("A picture to be found", { exact: true })
    .setInputFiles([{ name: "a.png", mimeType: "image/png", buffer: png }]);
  await expectOther(playground, canvas, drawn);
  await page
    .getByLabel("A picture to be found", { exact: true })
    .setInputFiles([{ name: "b.txt", mimeType: "text/plain", buffer: Buffer.from("no picture") }]);
  await expect(page.getByRole("alert").filter({ hasText: "This is no picture" })).toBeVisible();
});

test("memorised and the game: a verdict with its meaning, ten guesses beside D's; points are told why not", async ({
  page,
}) => {
  const playground = await openSpace(page, 60);
  await tab(page, "Memorised?").click();
  await expect(page.getByRole("img", { name: /^The 6 training images nearest to it, at distances \d/ })).toBeVisible();
  await playground.button("Compare with test images").click();
  await expect(page.getByRole("status", { name: "Verdict" })).toContainText(/Ratio \d\.\d\d.*G's samples/);

  await tab(page, "Real or fake?").click();
  for (let i = 0; i < 10; i++) {
    await expect(page.getByRole("img", { name: `Sample ${i + 1} of 10: real or fake?` })).toBeVisible();
    await page.keyboard.press(i % 2 === 0 ? "r" : "f");
    await expect(page.getByRole("status", { name: "Answer" })).toContainText(
      /(Right|Wrong): it was (real|fake)\. D says/,
    );
    await page.keyboard.press("n");
  }
  await expect(page.getByText(/^\d+ of 10 right\./)).toBeVisible();
  await page.keyboard.press("Escape");

  await page.goto("/"); // points
  await page.reload();
  await playground.button("Latent space").click();
  await expect(slider(page, "Direction 2")).toBeVisible();
  await tab(page, "Memorised?").click();
  await expect(page.getByText(/Points are drawn anew/)).toBeVisible();
  await tab(page, "Find").click();
  await playground.button("A point of the data").click();
  await playground.button("Find its latent").click();
  await expect(page.getByRole("status", { name: "Error" })).toContainText("data units");
});

/** A picture that a button saves, by its size and how many values it has. */
async function savedPicture(page: Page, button: string) {
  const { bytes, name } = await savedBy(page.getByRole("button", { name: button, exact: true }));
  const { width, height, data } = decode(bytes);
  return { name, size: [width, height], values: new Set(data).size };
}

test("take away: sample, strips, plane, sum, truncation and what was found as pictures; walks as films, curves as charts", async ({
  page,
}) => {
  const playground = await openSpace(page, 60);
  await expect(page.getByRole("slider", { name: "Direction 8", exact: true })).toBeVisible();
  const sample = await savedPicture(page, "Save the sample as PNG");
  expect(sample.name).toMatch(/^gan-mnist-sample-step-\d+\.png$/);
  expect(sample.size).toEqual([36 * 28, 36 * 28]); // whole pixels, as many as fit into 1024
  const strips = await savedPicture(page, "Save the strips as PNG");
  // 7 images of 28 pixels with one between, 5 of the file's for one; 8 of them with words under each and room between.
  expect(strips.size).toEqual([5 * 202, 8 * (5 * 28 + 26) + 7 * 12]);

  await tab(page, "Explore").click();
  await expect(playground.button("Save the strip as PNG")).toBeDisabled();
  for (const letter of ["A", "B"]) {
    await playground.button(`Pin the present sample as ${letter}`).click();
    await playground.button("Another").click();
  }
  const strip = await savedPicture(page, "Save the strip as PNG");
  expect(strip.size).toEqual([2 * (12 * 29 - 1), 2 * 28]);
  expect((await savedPicture(page, "Save the plane as PNG")).size).toEqual([5 * 202, 5 * 202]);
  expect((await savedPicture(page, "Save these samples as PNG")).size).toEqual([3 * (10 * 29 - 1), 3 * (2 * 29 - 1)]);
  const sum = await savedPicture(page, "Save the sum as PNG");
  expect(sum.size).toEqual([4 * 13 * 28 + 3 * 12, 13 * 28 + 26]);
  for (const { values } of [sample, strips, strip, sum]) expect(values).toBeGreaterThan(20);

  await page.getByRole("combobox", { name: "Where" }).selectOption("pins");
  await playground.button("Make a film of the walk …").click();
  await expect(page.getByLabel("Film", { exact: true })).toHaveValue("loop");
  await page.getByLabel("Length", { exact: true }).selectOption("3");
  await page.getByLabel("Side", { exact: true }).selectOption("240");
  await playground.button("Make the film").click();
  await expect(page.getByText(/The film is made: GIF/)).toBeVisible({ timeout: 60_000 });
  const frames = gifFrames((await savedBy(playground.button("Save the film"))).bytes);
  expect(frames).toHaveLength(30);
  expect(frames[0]).toMatchObject({ width: 8 * 28, height: 8 * 28, delay: 10 });

  await playground.button("Measure its effect").click();
  await expect(playground.button("Measure its effect")).toBeEnabled({ timeout: 60_000 });
  const svg = await savedBy(playground.button("Save the curves as SVG"));
  const seen = await svgSeen(page.getByRole("tabpanel"), svg.bytes.toString());
  for (const words of ["Truncation", "quality: precision", "diversity: recall", "real data"]) {
    expect(seen.words).toContain(words);
  }
  const png = decode((await savedBy(playground.button("Save the curves as PNG"))).bytes);
  expect(png.width).toBe(3 * seen.width);

  await tab(page, "Find").click();
  await playground.button("A test image").click();
  await playground.button("Find its latent").click();
  await expect(page.getByText(/The best of 1,000 random latents is off by/)).toBeVisible();
  expect((await savedPicture(page, "Save the result as PNG")).size).toEqual([2 * 13 * 28 + 12, 13 * 28 + 26]);
});
