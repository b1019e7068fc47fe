/** The built page, served and opened in Chromium with a preset, for those who time it. Needs dist/. Times nothing. */
import { type Browser, chromium, type Page } from "@playwright/test";
import { preview } from "vite";
import { singleArm } from "../../core/arms";
import { PRESETS, type PresetId } from "../../core/presets";
import { encodeExperiment } from "../../core/share";
import { CHROMIUM_FLAGS, ensureChromium } from "../chromium";
import { tapWorker } from "./page-watch";

/** Serves the build and starts Chromium for as long as `work` takes. @throws when there is no build or no Chromium, with what to do */
export async function withPage<Found>(work: (browser: Browser, url: string) => Promise<Found>): Promise<Found> {
  const server = await preview({ preview: { port: 0, strictPort: false }, logLevel: "error" });
  try {
    const browser = await chromium.launch({ executablePath: ensureChromium(), args: CHROMIUM_FLAGS });
    try {
      const url = server.resolvedUrls?.local[0];
      if (url === undefined) throw new Error("The built page could not be served. Run `npm run build`, then again.");
      return await work(browser, url);
    } finally {
      await browser.close();
    }
  } finally {
    await server.close();
  }
}

/** A page with a preset, ready to train. */
export async function openPreset(browser: Browser, url: string, preset: PresetId) {
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 } });
  // The runner that compiles this file names its functions by a helper, which the page lacks.
  await context.addInitScript("globalThis.__name ??= (target) => target");
  await context.addInitScript(tapWorker);
  const page = await context.newPage();
  const hash = encodeExperiment(singleArm(PRESETS[preset].config)).replace(/^#/, "");
  await page.goto(`${url}#${hash}`);
  await page.getByRole("button", { name: "Train", exact: true }).and(page.locator(":enabled")).waitFor();
  return { context, page };
}

export const counter = (page: Page) => page.getByRole("status", { name: "Steps", exact: true });

export const countSteps = async (page: Page) => Number((await counter(page).textContent())?.replace(/\D/g, ""));
