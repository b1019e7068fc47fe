/**
 * Pictures of the three journeys at every size that people have, light, dark and in forced colours, for looking at; nothing is compared.
 * `npm run screenshots -- --out FOLDER [--steps 2000] [--only compare-dark]`
 */
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { parseArgs } from "node:util";
import type { Browser, BrowserContextOptions, Page } from "@playwright/test";
import { withBuiltPage } from "./built-page";

const SIZES = [
  { width: 320, height: 568 },
  { width: 390, height: 844 },
  { width: 768, height: 1024 },
  { width: 1280, height: 720 },
  { width: 1440, height: 900 },
  { width: 1920, height: 1080 },
  { width: 2560, height: 1440 },
] as const;

const LOOKS: Readonly<Record<string, BrowserContextOptions>> = {
  light: { colorScheme: "light" },
  dark: { colorScheme: "dark" },
  forced: { colorScheme: "dark", forcedColors: "active" },
};

/** What a person has done when the picture is taken, and the place of a phone's page that shows it. */
const JOURNEYS: Readonly<Record<string, { readonly place: string; walk(page: Page, steps: number): Promise<void> }>> = {
  train: { place: "Stage", walk: train },
  latent: {
    place: "Latent",
    async walk(page, steps) {
      await train(page, steps);
      await page.getByRole("slider", { name: "Latent 1", exact: true }).press("End");
    },
  },
  compare: {
    place: "Stage",
    async walk(page, steps) {
      await page.getByRole("button", { name: "Compare", exact: true }).click();
      await train(page, steps / 2);
    },
  },
};

async function train(page: Page, steps: number): Promise<void> {
  await page.getByRole("button", { name: "Train", exact: true }).click();
  await page.waitForFunction((wanted) => (window.ganPlayground?.state().step ?? 0) >= wanted, steps, { timeout: 0 });
  await page.getByRole("button", { name: "Pause", exact: true }).click();
}

async function takeAll(browser: Browser, url: string, folder: string, steps: number, only: string | undefined) {
  for (const [look, options] of Object.entries(LOOKS)) {
    for (const [journey, { place, walk }] of Object.entries(JOURNEYS)) {
      const name = `${journey}-${look}`;
      if (only !== undefined && only !== name) continue;
      const context = await browser.newContext({ ...options, viewport: { width: 1440, height: 900 } });
      const page = await context.newPage();
      await page.goto(url);
      await walk(page, steps);
      for (const size of SIZES) {
        await page.setViewportSize(size);
        const tab = page.getByRole("button", { name: place, exact: true });
        if (await tab.isVisible()) await tab.click();
        await page.waitForTimeout(600); // charts and canvases draw themselves anew
        const path = join(folder, `${name}-${size.width}x${size.height}.png`);
        await page.screenshot({ path });
        console.log(path);
      }
      await context.close();
    }
  }
}

const { values } = parseArgs({
  options: { out: { type: "string" }, steps: { type: "string" }, only: { type: "string" } },
});
const { out } = values;
if (out === undefined) throw new Error("Say where the pictures shall go: npm run screenshots -- --out FOLDER");
mkdirSync(out, { recursive: true });
await withBuiltPage(async (browser, url) => {
  await takeAll(browser, url, out, Number(values.steps ?? 2000), values.only);
});
