/** Parts of the page that do not arrive, or break: each costs itself only, with a sentence and a way back. */
import { expect, type Page, type Route, test } from "@playwright/test";
import { PlaygroundPage, workerProgram } from "./page";

/** Answers requests for some scripts as a server does that no longer has them. */
const lose = (page: Page, scripts: RegExp) =>
  page.route(scripts, (route) => route.fulfill({ status: 404, contentType: "text/plain", body: "not found" }));

test("the charts' script is missing: the rest works, a sentence says so, and reloading brings them", async ({
  page,
}) => {
  await lose(page, /\/assets\/Charts-.*\.js/);
  const playground = new PlaygroundPage(page);
  await playground.open("#seed=3");
  await expect(page.getByText(/^The charts did not arrive.*Everything else works; reload/)).toBeVisible();
  await playground.train.click();
  await playground.expectStepsAbove(20);
  await playground.rest();
  await page.unroute(/\/assets\/Charts-.*\.js/);
  await page.getByRole("button", { name: "Reload", exact: true }).click();
  await expect(page.getByRole("region", { name: "Losses", exact: true })).toBeVisible();
  expect(new URL(page.url()).hash).toContain("seed=3");
});

test("the shortcuts' script is missing: the bar that asked for it works on", async ({ page }) => {
  await lose(page, /\/assets\/ShortcutList-.*\.js/);
  const playground = new PlaygroundPage(page);
  await playground.open();
  await page.keyboard.press("?");
  await expect(page.getByText(/^The list of shortcuts did not arrive/)).toBeVisible();
  await page.keyboard.press("Escape");
  await playground.train.click();
  await playground.expectStepsAbove(5);
});

for (const { file, name, open } of [
  { file: "Gallery", name: "gallery of presets", open: /^Preset / },
  { file: "Glossary", name: "glossary", open: /^Glossary$/ },
]) {
  test(`the ${name}'s script is missing: its sheet says so, and the bar works on`, async ({ page }) => {
    await lose(page, new RegExp(`/assets/${file}-.*\\.js`));
    const playground = new PlaygroundPage(page);
    await playground.open();
    await page.getByRole("button", { name: open }).click();
    await expect(page.getByRole("dialog").getByText(`The ${name} did not arrive`)).toBeVisible();
    await page.keyboard.press("Escape");
    await playground.train.click();
    await playground.expectStepsAbove(5);
  });
}

test("the lab's script is missing: a sentence and Reload, and the page works on", async ({ page }) => {
  await lose(page, /\/assets\/lab-.*\.js/);
  const playground = new PlaygroundPage(page);
  await playground.open();
  await playground.button("Lab").click();
  await expect(page.getByRole("alert").getByText(/^The lab did not arrive: .*reload to get all of it/)).toBeVisible();
  await expect(playground.button("Reload")).toBeVisible();
  await playground.train.click();
  await playground.expectStepsAbove(5);
  await playground.button("Lab").click(); // closed, the sentence goes
  await expect(page.getByText(/^The lab did not arrive/)).toHaveCount(0);
});

test("the charts break while they are drawn: the rest works", async ({ page }) => {
  await page.route(/\/assets\/Charts-.*\.js/, (route) =>
    route.fulfill({ contentType: "text/javascript", body: 'export default () => { throw new Error("broken"); };' }),
  );
  const playground = new PlaygroundPage(page);
  await playground.open();
  await expect(page.getByText(/^The charts cannot be shown because of an error in the page/)).toBeVisible();
  await expect(playground.button("Show again")).toBeVisible();
  await playground.train.click();
  await playground.expectStepsAbove(20);
});

test("the page's own program is missing: a sentence instead of nothing", async ({ page }) => {
  await lose(page, /\/assets\/index-.*\.js/);
  await page.goto("/");
  await expect(page.getByText(/GAN Playground has not started yet[\s\S]*then reload/)).toBeVisible();
});

test("the training program is missing: a sentence, and Retry once it is back", async ({ page }) => {
  await lose(page, /training\.worker/);
  await page.goto("/");
  await expect(page.getByText(/Its program could not be loaded.*Reload the page/)).toBeVisible();
  await page.unroute(/training\.worker/);
  await page.getByRole("button", { name: "Retry" }).click();
  const playground = new PlaygroundPage(page);
  await playground.train.click();
  await playground.expectStepsAbove(20);
});

test("the training program fails as it starts: why, what to do, and Retry once another is there", async ({ page }) => {
  await page.route(/training\.worker/, (route) =>
    route.fulfill(workerProgram('throw new RangeError("Array buffer allocation failed");')),
  );
  await page.goto("/");
  await expect(
    page.getByText(
      /Its program failed as it started: a number or a size is beyond .* Reload the page.*close other tabs/,
    ),
  ).toBeVisible();
  await page.unroute(/training\.worker/);
  await page.getByRole("button", { name: "Retry" }).click();
  const playground = new PlaygroundPage(page);
  await playground.train.click();
  await playground.expectStepsAbove(20);
});

for (const { what, arrive } of [
  { what: "hangs", arrive: () => new Promise<void>(() => {}) },
  {
    what: "ends itself before it began, which no browser tells,",
    arrive: (route: Route) => route.fulfill(workerProgram("self.close();")),
  },
]) {
  test(`a training program that ${what} is told within seconds, and asking again brings it`, async ({ page }) => {
    await page.clock.install();
    await page.route(/training\.worker/, arrive);
    await page.goto("/");
    const playground = new PlaygroundPage(page);
    await expect(playground.train).toBeVisible();
    await page.clock.runFor(10_000);
    const notice = page.getByText("The training program has not arrived yet");
    await expect(notice).toBeVisible();
    await expect(page.getByText(/on its way for 10 s\..*ended it for want of memory.*ask again/)).toBeVisible();
    await page.unroute(/training\.worker/);
    await page.getByRole("button", { name: "Ask again" }).click();
    await playground.train.click();
    await playground.expectStepsAbove(20);
    await expect(notice).toBeHidden();
  });
}

test("a .wasm that hangs is called that; plain JavaScript computes, and trying again brings WebAssembly", async ({
  page,
}) => {
  let stalls = true;
  await page.route(/\.wasm$/, (route) => (stalls ? new Promise(() => {}) : route.continue()));
  const playground = new PlaygroundPage(page);
  await page.goto("/#generator.layers=dense-8-leakyRelu~dense-2&discriminator.layers=dense-8-leakyRelu~dense-1");
  await playground.train.click();
  await expect(playground.pause).toBeVisible(); // at once: it can be taken back
  await expect(
    page.getByText(/tfjs-backend-wasm-simd\.wasm did not arrive \(nothing came for 10 seconds\)/),
  ).toBeVisible();
  await playground.expectStepsAbove(5);
  await expect(playground.combobox("Device")).toHaveValue("Auto: JavaScript");
  stalls = false;
  await page.getByRole("button", { name: "Try again" }).click();
  await expect(playground.combobox("Device")).toHaveValue("Auto: wasm");
  await playground.expectStepsAbove(5);
});

test("a device that is not here is marked, and what computes in its place stands in the box", async ({ page }) => {
  const playground = new PlaygroundPage(page);
  await page.addInitScript(() => Object.defineProperty(Navigator.prototype, "gpu", { value: undefined }));
  await playground.open("", "?device=webgpu");
  const here = await page.evaluate(() => "gpu" in navigator && navigator.gpu !== undefined);
  expect(here).toBe(false);
  const box = playground.combobox("Device");
  await expect(box).toHaveValue("wasm instead");
  await expect(page.getByText(/You asked for WebGPU, but/).first()).toBeVisible();
  await box.click();
  await expect(page.getByRole("option", { name: /WebGPU.*Not here/ })).toHaveAttribute(
    "data-combobox-disabled",
    "true",
  );
});
