/** The same page on the WebGPU backend, when a person asks for it; in software here, so on tiny networks. */
import { expect, test } from "@playwright/test";
import { CHROMIUM_FLAGS, findChromium } from "../../src/cli/chromium";
import { PlaygroundPage } from "./page";

const executablePath = findChromium();
test.use({
  launchOptions: {
    args: [...CHROMIUM_FLAGS, "--enable-unsafe-webgpu", "--use-webgpu-adapter=swiftshader"],
    ...(executablePath === null ? {} : { executablePath }),
  },
});

const TINY = "#generator.layers=dense-8-leakyRelu~dense-2&discriminator.layers=dense-8-leakyRelu~dense-1&batchSize=8";

test("a small 2-D experiment trains on webgpu", async ({ page }) => {
  test.setTimeout(300_000);
  const playground = new PlaygroundPage(page);
  await playground.open(TINY);
  await playground.choose("Device", /WebGPU/i);
  await playground.button("Why this device").click();
  await expect(page.getByText(/^WebGPU computes\./)).toBeVisible({ timeout: 60_000 });
  await page.keyboard.press("Escape");
  await playground.train.click();
  await expect.poll(() => playground.stepCount(), { timeout: 200_000 }).toBeGreaterThan(2);
});

test("directions of latent space are found on webgpu, and the sample goes along them", async ({ page }) => {
  test.setTimeout(300_000);
  const playground = new PlaygroundPage(page);
  await playground.open(TINY, "?device=webgpu");
  await playground.button("Latent space").click();
  const space = page.getByRole("dialog", { name: "Latent space" });
  const first = space.getByRole("slider", { name: "Direction 1", exact: true });
  await expect(first).toBeVisible({ timeout: 120_000 });
  await expect(space.getByRole("slider", { name: "Direction 2", exact: true })).toBeVisible();
  const picture = space.getByRole("img", { name: "The present sample", exact: true });
  const before = await playground.stillPixels(picture);
  await first.focus();
  await page.keyboard.press("End");
  await expect.poll(async () => (await playground.pixels(picture)) !== before, { timeout: 60_000 }).toBe(true);
  expect(await page.evaluate("ganPlayground.state().device.backend")).toBe("webgpu");
});

for (const { device, computes } of [
  { device: "webgpu", computes: /^WebGPU computes\./ },
  { device: "webgl", computes: /^WebGL computes\./ },
]) {
  test(`a lost graphics device is told of, and the run goes on from its last state on WebAssembly: ${device}`, async ({
    page,
    browser,
  }) => {
    test.setTimeout(300_000);
    const playground = new PlaygroundPage(page);
    await playground.open(TINY, `?device=${device}`);
    await playground.button("Why this device").click();
    await expect(page.getByText(computes)).toBeVisible({ timeout: 60_000 });
    await page.keyboard.press("Escape");
    await playground.train.click();
    await expect.poll(() => playground.stepCount(), { timeout: 200_000 }).toBeGreaterThan(2);
    await playground.pause.click(); // a pause keeps a checkpoint
    const kept = await playground.stepCount();
    await playground.train.click();
    await playground.expectStepsAbove(kept);
    const devtools = await browser.newBrowserCDPSession();
    await devtools.send("Browser.crashGpuProcess"); // as a crashed driver does
    await expect(page.getByText(/The graphics device was lost/).first()).toBeVisible({ timeout: 60_000 });
    await playground.expectStepsAbove(kept + 50);
    await expect(playground.combobox("Device")).toHaveValue("wasm instead");
    await playground.button("Why this device").click();
    await expect(page.getByText(/^WebAssembly computes\./)).toBeVisible();
  });
}
