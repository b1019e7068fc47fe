/**
 * A picture of each thing in the lab, as docs/concepts shows it: opens its preset, trains, and does what a person would do.
 * `npm run lab-screenshots [-- --only slow-motion]` writes docs/screenshots/.
 */
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { parseArgs } from "node:util";
import type { Browser, Page } from "@playwright/test";
import { type PresetId, presetExperiment } from "../core/presets";
import { permanentHash } from "../core/share";
import { withBuiltPage } from "./built-page";

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
  "many-runs": {
    preset: "ring-non-saturating",
    steps: 50,
    async walk(page) {
      await page.getByRole("button", { name: /^Many runs/ }).click();
      const view = page.getByRole("dialog", { name: "Many runs" });
      await view.getByLabel("Steps of each run").fill("600");
      await view.getByLabel("Seeds").fill("2");
      const axis = view.getByRole("group", { name: "First setting" });
      await axis.getByLabel("Setting").selectOption("updates a step of D");
      await axis.getByLabel("Values").fill("1, 2");
      await view.getByRole("button", { name: "Make 4 runs" }).click();
      await view.getByText("4 of 4 runs done").first().waitFor({ timeout: 0 });
      await view.getByRole("region", { name: "Runs", exact: true }).scrollIntoViewIfNeeded();
    },
  },
  "game-dynamics": {
    preset: "ring-non-saturating",
    steps: 20,
    async walk(page) {
      await page.getByRole("button", { name: /^Preset / }).click();
      await page.getByRole("searchbox", { name: "Search" }).fill("circles eigenvalues");
      await page.getByRole("button", { name: /Two numbers that play/ }).click();
      const view = page.getByRole("dialog", { name: "Two numbers that play" });
      await view.getByRole("button", { name: "R1: to rest" }).click();
      await view.getByLabel("Pace").selectOption("fast");
      await view.getByRole("button", { name: "Play", exact: true }).click();
      await page.waitForTimeout(3000);
      await view.getByRole("button", { name: "Pause" }).click();
    },
  },
  "stopping-rules": {
    preset: "ring-non-saturating",
    steps: 300,
    async walk(page) {
      await press(page, "Run until");
      await page.getByLabel("Run until", { exact: true }).and(page.locator("select")).selectOption("a measure is good");
    },
  },
  "latent-space": {
    preset: "mnist-mlp",
    steps: 3000,
    async walk(page) {
      await press(page, "Latent space");
      await page.getByRole("slider", { name: /^Direction 1/ }).waitFor({ timeout: 0 });
    },
  },
  "looking-inside": {
    preset: "mnist-mlp",
    steps: 3000,
    async walk(page) {
      await tab(page, "Inside");
      await press(page, "Put those first that do most");
      const first = page.getByRole("button", { name: /^Unit \d+: mean/ }).first();
      await page.waitForTimeout(DRAWN_MS);
      await first.click();
      await press(page, "Switch it off");
    },
  },
  "your-own-data": {
    preset: "two-gaussians",
    steps: 20,
    async walk(page) {
      await press(page, "Your points");
      const area = page.getByRole("application", { name: /^Drawing area/ });
      await press(page, "Ring");
      const box = await area.boundingBox();
      if (box === null) throw new Error("There is nothing to draw on.");
      await page.mouse.move(box.x + 0.5 * box.width, box.y + 0.5 * box.height);
      await page.mouse.down();
      await page.mouse.move(box.x + 0.8 * box.width, box.y + 0.5 * box.height, { steps: 5 });
      await page.mouse.up();
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
await withBuiltPage(async (browser, url) => {
  for (const [name, item] of Object.entries(ITEMS)) {
    if (values.only === undefined || values.only === name) await take(browser, url, name, item);
  }
});
