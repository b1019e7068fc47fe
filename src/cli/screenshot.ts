/**
 * Takes the README's screenshot of the built page: the default experiment after a while of training.
 * `npm run screenshot [-- --out FOLDER] [--all]`; --all adds dark, phone, comparison and MNIST, for looking at.
 */
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { parseArgs } from "node:util";
import type { Page } from "@playwright/test";
import { singleArm } from "../core/arms";
import { PRESETS, type PresetId } from "../core/presets";
import { encodeExperiment } from "../core/share";
import { withBuiltPage } from "./built-page";

const presetHash = (id: PresetId) => `#${encodeExperiment(singleArm(PRESETS[id].config)).replace(/^#/, "")}`;

interface Shot {
  readonly name: string;
  readonly hash: string;
  readonly viewport: { readonly width: number; readonly height: number };
  readonly colorScheme: "light" | "dark";
  readonly seconds: number; // of training before the picture
  readonly compare?: boolean;
  readonly fullPage?: boolean;
}

const DESKTOP = { width: 1440, height: 900 };
const PHONE = { width: 390, height: 844 };
const README_SHOT: Shot = { name: "playground", hash: "", viewport: DESKTOP, colorScheme: "light", seconds: 30 };
const OTHER_SHOTS: readonly Shot[] = [
  { name: "start", hash: "", viewport: DESKTOP, colorScheme: "light", seconds: 0 },
  { name: "dark", hash: "", viewport: DESKTOP, colorScheme: "dark", seconds: 20 },
  { name: "phone", hash: "", viewport: PHONE, colorScheme: "light", seconds: 10, fullPage: true },
  { name: "phone-dark", hash: "", viewport: PHONE, colorScheme: "dark", seconds: 10, fullPage: true },
  { name: "compare", hash: "", viewport: DESKTOP, colorScheme: "light", seconds: 20, compare: true },
  { name: "gaussian", hash: presetHash("gaussian-1d"), viewport: DESKTOP, colorScheme: "light", seconds: 15 },
  { name: "mnist", hash: presetHash("mnist-mlp"), viewport: DESKTOP, colorScheme: "light", seconds: 60 },
];

const { values } = parseArgs({
  options: { out: { type: "string" }, all: { type: "boolean" }, only: { type: "string" } },
});
const folder = values.out ?? "docs";
mkdirSync(folder, { recursive: true });

async function take(page: Page, shot: Shot, url: string): Promise<void> {
  await page.goto(`${url}${shot.hash}`);
  await page.getByRole("button", { name: "Train", exact: true }).waitFor();
  if (shot.compare === true) await page.getByRole("button", { name: "Compare", exact: true }).click();
  if (shot.seconds > 0) {
    await page.getByRole("button", { name: "Train", exact: true }).click();
    await page.waitForTimeout(shot.seconds * 1000);
  } else await page.waitForTimeout(3000);
  const path = join(folder, `${shot.name}.png`);
  await page.screenshot({ path, fullPage: shot.fullPage ?? false });
  console.log(path);
}

const all = [README_SHOT, ...OTHER_SHOTS];
const shots =
  values.only !== undefined ? all.filter(({ name }) => name === values.only) : values.all ? all : [README_SHOT];
await withBuiltPage(async (browser, url) => {
  for (const shot of shots) {
    const context = await browser.newContext({
      viewport: shot.viewport,
      colorScheme: shot.colorScheme,
      deviceScaleFactor: 1,
    });
    await take(await context.newPage(), shot, url);
    await context.close();
  }
});
