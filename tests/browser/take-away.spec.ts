/** What a person takes away, opened again as another program would: the pictures', films' and tables' own bytes. */
import { expect, type Page, test } from "@playwright/test";
import { decode } from "fast-png";
import { PlaygroundPage, presetLink } from "./page";
import { gifFrames, savedBy, svgSeen } from "./saved-files";

const sheet = (page: Page) => page.getByRole("dialog", { name: "Take away" });

async function openSheet(page: Page): Promise<void> {
  await new PlaygroundPage(page).button("Take away").click();
  await expect(sheet(page).getByRole("heading", { name: "A picture" })).toBeVisible();
}

/** Presses a button of the sheet. @returns the file that it saves, and its name */
const saved = (page: Page, button: string) => savedBy(sheet(page).getByRole("button", { name: button, exact: true }));

test("images: grid, sample, strip and plane are PNGs of whole pixels, the very samples of the stage", async ({
  page,
}) => {
  await new PlaygroundPage(page).openTrained(2, presetLink("faces-dcgan"));
  await openSheet(page);
  await expect(sheet(page).getByText(/^Of step \d+, /)).toBeVisible();
  const grid = await saved(page, "Save as PNG");
  expect(grid.name).toMatch(/^gan-faces-16-grid-step-\d+\.png$/);
  const picture = decode(grid.bytes);
  // 8 columns and 4 rows of 16 pixels, a pixel between them: 7 of the file's pixels for one of the images'.
  expect([picture.width, picture.height]).toEqual([135 * 7, 67 * 7]);
  const pixel = (x: number, y: number) => [
    ...picture.data.slice((y * picture.width + x) * 4, (y * picture.width + x) * 4 + 3),
  ];
  expect(pixel(0, 0)).toEqual(pixel(6, 6)); // one square

  await sheet(page).getByLabel("Picture", { exact: true }).selectOption("sample");
  await expect(sheet(page).getByText("1024 × 1024 pixels")).toBeVisible();
  const sample = decode((await saved(page, "Save as PNG")).bytes);
  expect([sample.width, sample.height]).toEqual([1024, 1024]);

  await sheet(page).getByLabel("Picture", { exact: true }).selectOption("plane");
  await expect(sheet(page).getByText("1015 × 1015 pixels")).toBeVisible(); // 12 · 17 − 1 = 203 pixels, times 5
  const plane = decode((await saved(page, "Save as PNG")).bytes);
  expect(new Set(plane.data).size).toBeGreaterThan(20);

  await sheet(page).getByLabel("Picture", { exact: true }).selectOption("strip");
  await expect(sheet(page).getByText("Pin two latents, A and B")).toBeVisible();
  await expect(sheet(page).getByRole("button", { name: "Save as PNG" })).toBeDisabled();
  await page.keyboard.press("Escape");
  const playground = new PlaygroundPage(page);
  await playground.button("Pin A").click();
  await playground.button("Random latent").click();
  await playground.button("Pin B").click();
  await openSheet(page);
  await sheet(page).getByLabel("Picture", { exact: true }).selectOption("strip");
  await expect(sheet(page).getByText("912 × 96 pixels")).toBeVisible(); // 9 images: 152 by 16 pixels, times 6
  const strip = decode((await saved(page, "Save as PNG")).bytes);
  expect([strip.width, strip.height]).toEqual([912, 96]);
});

test("a timelapse of the ring as GIF, while it trains: a frame a moment, and the run goes on", async ({ page }) => {
  const playground = new PlaygroundPage(page);
  await playground.open();
  await playground.train.click();
  await playground.expectStepsAbove(60);
  await openSheet(page);
  await sheet(page).getByLabel("Side", { exact: true }).selectOption("240");
  await sheet(page).getByLabel("Length", { exact: true }).selectOption("3");
  await expect(sheet(page).getByText("The run itself goes on meanwhile")).toBeVisible();
  await playground.button("Make the film").click();
  await expect(sheet(page).getByText(/The film is made: GIF/)).toBeVisible({ timeout: 90_000 });
  const before = await playground.stepCount();
  await playground.expectStepsAbove(before);
  const { bytes, name } = await saved(page, "Save the film");
  expect(name).toMatch(/timelapse-step-\d+\.gif$/);
  const frames = gifFrames(bytes);
  expect(frames.length).toBeGreaterThan(12); // its moments, and the last for a second
  expect(frames.length).toBeLessThanOrEqual(40);
  const height = frames[0]?.height; // as the words of its scale leave it
  expect(new Set(frames.map((frame) => JSON.stringify(frame)))).toEqual(
    new Set([JSON.stringify({ width: 240, height, delay: 10 })]),
  );
  await expect(sheet(page).getByRole("img", { name: "The film that was made" })).toBeVisible();
});

/** Seconds and pixels of the film that a video element of the page plays, once it has played a bit of it. */
function played(page: Page) {
  return sheet(page)
    .locator("video")
    .evaluate(async (video: HTMLVideoElement) => {
      video.muted = true;
      await video.play();
      while (video.currentTime < 0.2) await new Promise((resolve) => setTimeout(resolve, 20));
      return { width: video.videoWidth, height: video.videoHeight, duration: video.duration };
    });
}

test("a walk as video: every format that is offered plays, with its size and its seconds", async ({ page }) => {
  await new PlaygroundPage(page).openTrained(1, presetLink("faces-dcgan"));
  await openSheet(page);
  await sheet(page).getByLabel("Film", { exact: true }).selectOption("walk");
  await sheet(page).getByLabel("Side", { exact: true }).selectOption("240");
  await sheet(page).getByLabel("Length", { exact: true }).selectOption("3");
  const format = sheet(page).getByLabel("Format", { exact: true });
  await expect(format.getByRole("option", { name: "WebM" })).toBeAttached();
  const offered = await format
    .getByRole("option")
    .evaluateAll((all) => all.map((one) => (one as HTMLOptionElement).value));
  for (const one of offered.filter((value) => value !== "gif")) {
    await format.selectOption(one);
    await page.getByRole("button", { name: "Make the film" }).click();
    await expect(sheet(page).getByText(new RegExp(`The film is made: ${one}`, "i"))).toBeVisible({ timeout: 60_000 });
    const film = await played(page);
    expect([film.width, film.height]).toEqual([240, 240]);
    expect(film.duration).toBeCloseTo(3, 1);
  }
});

test("without WebCodecs the browser's recorder makes the film", async ({ page }) => {
  await page.addInitScript(() => Reflect.deleteProperty(globalThis, "VideoEncoder"));
  await new PlaygroundPage(page).openTrained(5);
  await openSheet(page);
  await sheet(page).getByLabel("Film", { exact: true }).selectOption("walk");
  await sheet(page).getByLabel("Side", { exact: true }).selectOption("240");
  await sheet(page).getByLabel("Length", { exact: true }).selectOption("3");
  await sheet(page).getByLabel("Format", { exact: true }).selectOption("webm");
  await page.getByRole("button", { name: "Make the film" }).click();
  await expect(sheet(page).getByText(/The film is made: WebM/)).toBeVisible({ timeout: 60_000 });
  const film = await played(page);
  expect(film.width).toBe(240); // the longer side; the other is as long as the scale beside the picture is narrow
  expect(film.height).toBeGreaterThan(150);
  expect(film.height).toBeLessThanOrEqual(240);
});

test("a film can be cancelled, and another made after it", async ({ page }) => {
  await new PlaygroundPage(page).openTrained(20);
  await openSheet(page);
  await sheet(page).getByLabel("Film", { exact: true }).selectOption("walk");
  await sheet(page).getByLabel("Length", { exact: true }).selectOption("12");
  await sheet(page).getByLabel("Side", { exact: true }).selectOption("720");
  await page.getByRole("button", { name: "Make the film" }).click();
  await page.getByRole("button", { name: "Cancel the film" }).click();
  await expect(sheet(page).getByRole("progressbar")).toHaveCount(0);
  await sheet(page).getByLabel("Length", { exact: true }).selectOption("3");
  await sheet(page).getByLabel("Side", { exact: true }).selectOption("240");
  await page.getByRole("button", { name: "Make the film" }).click();
  await expect(sheet(page).getByText(/The film is made: GIF/)).toBeVisible({ timeout: 60_000 });
  expect(gifFrames((await saved(page, "Save the film")).bytes)).toHaveLength(30);
});

test("charts as SVG and PNG that stand by themselves, curves as CSV, the run as JSON", async ({ page }) => {
  await new PlaygroundPage(page).openTrained(30);
  await openSheet(page);
  await sheet(page).getByLabel("Chart", { exact: true }).selectOption("losses");
  const svg = await saved(page, "Save chart as SVG");
  expect(svg.name).toMatch(/losses-step-\d+\.svg$/);
  const drawn = await svgSeen(sheet(page), svg.bytes.toString());
  expect(drawn.width).toBeGreaterThan(300);
  expect(drawn.words).toContain("Losses");
  expect(new Set(drawn.strokes).size).toBeGreaterThan(1); // D's colour and G's
  expect(drawn.styled).toBe(0);
  const png = decode((await saved(page, "Save chart as PNG")).bytes);
  expect(png.width).toBe(3 * drawn.width);

  const csv = (await saved(page, "Curves as CSV")).bytes.toString().trimEnd().split("\n");
  expect(csv[0]).toMatch(/^step,dLoss,.*gLoss,/);
  const numbers = csv.slice(1).map((line) => line.split(",").map(Number));
  expect(numbers.length).toBeGreaterThan(25);
  expect(numbers.every(([step = 0, dLoss = 0]) => step > 0 && dLoss > 0)).toBe(true);
  const run = JSON.parse((await saved(page, "Everything as JSON")).bytes.toString());
  expect(run.arms[0].curves.step).toEqual(numbers.map(([step]) => step));
  expect(run.arms[0].config.dataset).toBe("ring");
  expect(run.link).toContain("#");
  expect((await saved(page, "Measures as CSV")).bytes.toString()).toMatch(/^step,.*modes20/);
});

test("the power spectrum and the classes that a classifier sees are charts to take away too", async ({ page }) => {
  await new PlaygroundPage(page).openTrained(2, presetLink("faces-dcgan"));
  await expect(page.getByRole("region", { name: "As a classifier sees it" })).toBeVisible({ timeout: 60_000 });
  await openSheet(page);
  for (const [chart, words, marks] of [
    ["spectrum", ["Power spectrum", "data", "fine detail"], "path"],
    ["classes", ["Samples of each class", "data", "Fréchet distance", "blac"], "rect"],
  ] as const) {
    await sheet(page).getByLabel("Chart", { exact: true }).selectOption(chart);
    const svg = await saved(page, "Save chart as SVG");
    expect(svg.name).toMatch(new RegExp(`${chart}-step-\\d+\\.svg$`));
    const drawn = await svgSeen(sheet(page), svg.bytes.toString());
    for (const word of words) expect(drawn.words).toContain(word);
    expect(svg.bytes.toString().split(`<${marks} `).length).toBeGreaterThan(3);
    expect(drawn.styled).toBe(0);
    const png = decode((await saved(page, "Save chart as PNG")).bytes);
    expect(png.width).toBe(3 * drawn.width);
    expect(new Set(png.data).size).toBeGreaterThan(20);
  }
});
