/**
 * A picture of each thing in the lab, as docs/concepts shows it: opens its preset, trains, and does what a person would do.
 * `npm run lab-screenshots [-- --only slow-motion]` writes docs/screenshots/.
 */
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { type Browser, chromium, type Page } from "@playwright/test";
import { preview } from "vite";
import { type PresetId, presetExperiment } from "../core/presets";
import { permanentHash } from "../core/share";
import { CHROMIUM_FLAGS, ensureChromium } from "./chromium";

const FOLDER = join(import.meta.dirname, "../../docs/screenshots");
const SIZE = { width: 1280, height: 800 } as const;
/** Canvases and charts draw themselves anew within this, milliseconds. */
const DRAWN_MS = 1500;

interface Item {
  readonly preset: PresetId;
  readonly steps: number;
  /** What a person does before the picture is taken, the lab being open. */
  walk(page: Page): Promise<void>;
}

const press = (page: Page, name: string) => page.getByRole("button", { name, exact: true }).click();
const tab = (page: Page, name: string) => page.getByRole("tab", { name }).click();
async function layers(page: Page, ...names: readonly string[]): Promise<void> {
  await page.getByRole("button", { name: /^Layers/ }).click();
  for (const name of names) {
    const layer = page.getByRole("switch", { name });
    if (await layer.isVisible()) await layer.click();
    else await press(page, name);
  }
  await page.keyboard.press("Escape");
}

/** By the name of the page in docs/concepts. */
const ITEMS: Readonly<Record<string, Item>> = {
  "slow-motion": {
    preset: "ring-non-saturating",
    steps: 400,
    async walk(page) {
      await press(page, "Slow motion");
      const stage = page.getByRole("slider", { name: "Stage of the step" });
      await stage.focus();
      for (let i = 0; i < 11; i++) await page.keyboard.press("ArrowRight");
    },
  },
  health: {
    preset: "ring-non-saturating",
    steps: 100,
    async walk(page) {
      await tab(page, "Health");
      await press(page, "Train");
      await page.waitForTimeout(6000);
      await press(page, "Pause");
    },
  },
  "optimal-discriminator": {
    preset: "two-gaussians",
    steps: 300,
    async walk(page) {
      await layers(page, "D − D*");
      await tab(page, "Metrics");
    },
  },
  "value-function": {
    preset: "gaussian-1d",
    steps: 1500,
    walk: (page) => press(page, "Value function"),
  },
  "stage-layers": {
    preset: "moons",
    steps: 800,
    walk: (page) => layers(page, "G's grid", "Contours of p_g", "Arrows"),
  },
  "time-travel": {
    preset: "ring-non-saturating",
    steps: 1200,
    async walk(page) {
      const field = page.getByRole("textbox", { name: "Go to step" });
      await field.fill("400");
      await field.press("Enter");
    },
  },
  "training-doctor": {
    preset: "vanishing-gradient",
    steps: 700,
    walk: (page) => tab(page, "Doctor"),
  },
  charts: {
    preset: "ring-non-saturating",
    steps: 800,
    async walk(page) {
      await page.getByRole("combobox", { name: "Add a chart" }).selectOption("D's score of the reals");
      await page.getByRole("combobox", { name: "Smoothing" }).selectOption("mean of 15 points");
    },
  },
};

async function take(browser: Browser, url: string, name: string, { preset, steps, walk }: Item): Promise<void> {
  const context = await browser.newContext({ viewport: SIZE, colorScheme: "light" });
  const page = await context.newPage();
  await page.goto(`${url}#${permanentHash(presetExperiment(preset)).replace(/^#/, "")}`);
  await press(page, "Lab");
  await press(page, "Train");
  await page.waitForFunction((wanted) => (window.ganPlayground?.state().step ?? 0) >= wanted, steps, { timeout: 0 });
  await press(page, "Pause");
  await walk(page);
  await page.waitForTimeout(DRAWN_MS);
  const path = join(FOLDER, `${name}.jpg`);
  await page.screenshot({ path, type: "jpeg", quality: 82 });
  console.log(path);
  await context.close();
}

const { values } = parseArgs({ options: { only: { type: "string" } } });
mkdirSync(FOLDER, { recursive: true });
const server = await preview({ preview: { port: 4191, strictPort: false } });
const url = server.resolvedUrls?.local[0];
if (url === undefined) throw new Error("The preview server gave no address. Run `npm run build` first.");
const browser = await chromium.launch({ executablePath: ensureChromium(), args: CHROMIUM_FLAGS });
try {
  for (const [name, item] of Object.entries(ITEMS)) {
    if (values.only === undefined || values.only === name) await take(browser, url, name, item);
  }
} finally {
  await browser.close();
  await server.close();
}
