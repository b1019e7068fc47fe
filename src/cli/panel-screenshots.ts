/**
 * A picture of each panel of pictures and latent space, light and dark, on a desk and on a phone:
 * `npm run panel-screenshots [-- --only find --preset mnist-dcgan --steps 400 --width 390]` writes docs/panels/. For looking at; nothing is
 * compared.
 */
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { parseArgs } from "node:util";
import type { Browser, Page } from "@playwright/test";
import { type PresetId, presetExperiment } from "../core/presets";
import { permanentHash } from "../core/share";
import { presetId } from "./arguments";
import { withBuiltPage } from "./built-page";

const FOLDER = join(import.meta.dirname, "../../docs/panels");
const SIZES = [
  { width: 1440, height: 900 },
  { width: 390, height: 844 },
] as const;
const LOOKS = ["light", "dark"] as const;
/** Canvases draw themselves anew within this, milliseconds. */
const DRAWN_MS = 900;
/** Longest wait for what is computed, milliseconds. */
const LIMIT_MS = 90_000;

interface Panel {
  /** What is seen, for the page of all of them. */
  readonly title: string;
  /** What a person does; the page is trained and rests. */
  open(page: Page): Promise<void>;
  /** The heading that is brought to the top; the top of what opened unless given. */
  readonly heading?: string;
}

const press = (page: Page, name: string | RegExp) =>
  page
    .getByRole("button", { name, exact: typeof name === "string" })
    .first()
    .click();
const shown = (page: Page, text: string | RegExp) => page.getByText(text).first().waitFor({ timeout: LIMIT_MS });

/** Opens the view of latent space at one of its tabs. */
async function space(page: Page, tab: string): Promise<void> {
  await toPlace(page, "Latent");
  await press(page, "Latent space");
  await page.getByRole("tab", { name: tab, exact: true }).click();
}

/** The Explore tab with three pins. */
async function explore(page: Page): Promise<void> {
  await space(page, "Explore");
  const next = page.getByRole("button", { name: /^Pin the present sample as [ABC]$/ });
  while (await next.isVisible()) {
    await next.click();
    await press(page, "Another");
  }
}

const PANELS: Readonly<Record<string, Panel>> = {
  directions: {
    title: "Directions: sliders with strips of what they do",
    async open(page) {
      await space(page, "Directions");
      await page.getByRole("slider", { name: "Direction 8", exact: true }).waitFor({ timeout: LIMIT_MS });
    },
  },
  "pins-walk": { title: "Explore: pins, and the walk through them", open: explore, heading: "Pins" },
  plane: { title: "Explore: a plane to move over", open: explore, heading: "Plane" },
  truncation: {
    title: "Explore: truncation, measured",
    async open(page) {
      await explore(page);
      await press(page, "Measure its effect");
      await page.getByRole("button", { name: "Measure its effect" }).waitFor({ timeout: LIMIT_MS });
    },
    heading: "Truncation",
  },
  arithmetic: {
    title: "Explore: sums of latents",
    async open(page) {
      await explore(page);
      await press(page, "Find the means of classes and attributes");
      await page
        .getByRole("option", { name: /^mean of/ })
        .first()
        .waitFor({ state: "attached", timeout: LIMIT_MS });
      for (const [name, place] of [
        ["B", 6],
        ["C", 7],
      ] as const) {
        await page.getByRole("combobox", { name, exact: true }).selectOption({ index: place });
      }
    },
    heading: "Arithmetic",
  },
  find: {
    title: "Find: the latent of a picture",
    async open(page) {
      await space(page, "Find");
      await press(page, /^A test image$/);
      await press(page, "Find its latent");
      await shown(page, /The best of 1,000 random latents is off by/);
    },
  },
  memorised: {
    title: "Memorised? Nearest training images, and the ratio",
    async open(page) {
      await space(page, "Memorised?");
      await press(page, "Compare with test images");
      await shown(page, /^Ratio/);
    },
  },
  game: {
    title: "Real or fake? The person's score beside D's",
    async open(page) {
      await space(page, "Real or fake?");
      await page.getByRole("img", { name: /^Sample 1 of/ }).waitFor({ timeout: LIMIT_MS });
      await page.keyboard.press("r");
    },
  },
  inside: {
    title: "Looking inside: a unit of G, and what it drew",
    async open(page) {
      const lab = page.getByRole("button", { name: "Lab", exact: true });
      if ((await lab.getAttribute("aria-pressed")) !== "true") await lab.click();
      await toPlace(page, "Charts");
      await page.getByRole("tab", { name: "Inside" }).click();
      await press(page, "Put those first that do most");
      await shown(page, /In the order of what each changes alone/);
      await press(page, /^Unit \d+: mean/);
      const off = page.getByRole("button", { name: "Switch it off", exact: true });
      if (await off.isVisible()) await off.click();
    },
  },
  judged: {
    title: "As a classifier sees it, and the power spectrum",
    async open(page) {
      await toPlace(page, "Charts");
      const tab = page.getByRole("tab", { name: "Charts", exact: true }); // of the lab, where it is open
      if (await tab.isVisible()) await tab.click();
      const seen = page.getByRole("region", { name: "As a classifier sees it" });
      await seen.waitFor({ timeout: LIMIT_MS });
      await seen.evaluate((element) => element.scrollIntoView({ block: "start" }));
    },
  },
  "take-away": {
    title: "Take away: pictures, films, charts and numbers",
    async open(page) {
      await press(page, "Take away");
      await shown(page, /^Of step/);
    },
  },
  pictures: {
    title: "Pictures of one's own",
    async open(page) {
      await toPlace(page, "Experiment");
      await press(page, "Your pictures");
      const chooser = page.waitForEvent("filechooser");
      await press(page, "Choose files");
      await (await chooser).setFiles(PICTURES);
      await shown(page, /\d+ pictures/);
    },
  },
  points: {
    title: "Points of one's own",
    async open(page) {
      await toPlace(page, "Experiment");
      await press(page, "Your points");
      for (const stamp of ["Ring", "Cluster"]) {
        await press(page, stamp);
      }
    },
  },
};

/** Files for the panel of one's own pictures: those of this repository, and one that is none. */
const PICTURES = ["faces-dcgan", "mnist-dcgan", "fashion-dcgan", "ring-non-saturating"]
  .map((preset) => join(import.meta.dirname, `../../public/presets/${preset}.png`))
  .concat(join(import.meta.dirname, "../../package.json"));

/** A phone's page has places, one of which shows at a time. */
async function toPlace(page: Page, name: "Latent" | "Charts" | "Experiment"): Promise<void> {
  const place = page.getByRole("button", { name, exact: true });
  if (await place.isVisible()) await place.click();
}

interface Asked {
  readonly preset: PresetId;
  readonly steps: number;
  readonly only: string | undefined;
  /** Width of the one size that is wanted. */
  readonly wanted: number | undefined;
}

/** Trains once, and shows the same run in every look. */
async function takeAll(browser: Browser, url: string, { preset, steps, only, wanted }: Asked): Promise<void> {
  const page = await browser.newPage({ viewport: SIZES[0] });
  page.setDefaultTimeout(10_000);
  await page.goto(`${url}#${permanentHash(presetExperiment(preset)).replace(/^#/, "")}`);
  await press(page, "Train");
  await page.waitForFunction((wanted) => (window.ganPlayground?.state().step ?? 0) >= wanted, steps, { timeout: 0 });
  await press(page, "Pause");
  for (const size of SIZES.filter(({ width }) => wanted === undefined || width === wanted)) {
    await page.setViewportSize(size);
    for (const [name, panel] of Object.entries(PANELS)) {
      if (only === undefined || only === name) await takePanel(page, name, panel, size.width < 500);
    }
  }
}

async function takePanel(page: Page, name: string, panel: Panel, phone: boolean): Promise<void> {
  try {
    await panel.open(page);
    if (panel.heading !== undefined) {
      const heading = page.getByRole("heading", { name: panel.heading, exact: true });
      const block: ScrollLogicalPosition = phone ? "center" : "start";
      await heading.evaluate((element, place) => element.scrollIntoView({ block: place }), block);
    }
    for (const look of LOOKS) {
      await page.emulateMedia({ colorScheme: look });
      await page.waitForTimeout(DRAWN_MS);
      const path = join(FOLDER, `${name}-${look}${phone ? "-phone" : ""}.jpg`);
      await page.screenshot({ path, type: "jpeg", quality: 50 });
      console.log(path);
    }
  } catch (error) {
    console.error(`${name}${phone ? ", phone" : ""}: ${error instanceof Error ? error.message : error}`);
    process.exitCode = 1;
  }
  await page.keyboard.press("Escape");
  const stage = page.getByRole("button", { name: "Stage", exact: true });
  if (await stage.isVisible()) await stage.click();
}

/** The page that shows all of them. */
function indexPage(preset: PresetId, steps: number): string {
  const rows = Object.entries(PANELS).map(([name, { title }]) => {
    const image = (file: string, width: number) => `<img src="${file}.jpg" width="${width}" alt="${title}">`;
    const cells = LOOKS.flatMap((look) => [image(`${name}-${look}`, 360), image(`${name}-${look}-phone`, 100)]);
    return `## ${title}\n\n${cells.join(" ")}`;
  });
  return `# Panels of pictures and latent space\n\nWritten by \`npm run panel-screenshots\`: \`${preset}\` after ${steps} steps, at 1440 × 900 and 390 × 844, light and dark.\n\n${rows.join("\n\n")}\n`;
}

const { values } = parseArgs({
  options: {
    only: { type: "string" },
    width: { type: "string" },
    preset: { type: "string", default: "faces-dcgan" },
    steps: { type: "string", default: "300" },
  },
});
const preset = presetId(values.preset);
const steps = Number(values.steps);
mkdirSync(FOLDER, { recursive: true });
await withBuiltPage(async (browser, url) => {
  await takeAll(browser, url, {
    preset,
    steps,
    only: values.only,
    wanted: values.width === undefined ? undefined : Number(values.width),
  });
  writeFileSync(join(FOLDER, "README.md"), indexPage(preset, steps));
});
