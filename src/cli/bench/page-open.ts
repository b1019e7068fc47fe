/** The built page opened with a preset, for those who time it. Times nothing. */
import type { Browser, Page } from "@playwright/test";
import { singleArm } from "../../core/arms";
import { PRESETS, type PresetId } from "../../core/presets";
import { encodeExperiment } from "../../core/share";
import { tapWorker } from "./page-watch";

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
