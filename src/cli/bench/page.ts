/** Times the built page itself while it trains, in Chromium: frames, tasks, sliders, the first picture, sizes. Needs dist/. */
import type { Browser, Page } from "@playwright/test";
import * as v from "valibot";
import { datasetOf } from "../../core/datasets";
import { PRESETS, type PresetId } from "../../core/presets";
import { withBuiltPage } from "../built-page";
import { bundleFiles, bundleKilobytes } from "../bundle";
import { type AloneTimer, openAlone } from "./alone";
import { measureDecoding } from "./decoding";
import { counter, countSteps, openPreset } from "./page-open";
import { readAnswer, watchClick, watchFrames, watchKey } from "./page-watch";
import { median, type PageRow, quantile, summary } from "./rows";
import { coresOf, pageTasks, TRACE_CATEGORIES, taskFigures, tracedThreads } from "./trace";

/** Points, dense images, convolutions: the smallest step, and the kinds whose sliders wait for the longest ones. */
export const PAGE_PRESETS: readonly PresetId[] = ["ring-non-saturating", "mnist-mlp", "faces-dcgan", "mnist-dcgan"];

export interface PageOptions {
  /** What is trained; where it is not all of PAGE_PRESETS, nothing else is watched. */
  readonly presets: readonly PresetId[];
  /** Length of the window in which frames and tasks are watched, in seconds. */
  readonly seconds: number;
  /** Keys pressed on a slider. */
  readonly keys: number;
  /** Times that training is watched on the page and alone, in turns, where both are. */
  readonly turns: number;
  readonly onProgress: (text: string) => void;
}

const POINTS_CANVAS = 'canvas[aria-label="Stage"]';
const IMAGES_CANVAS = 'canvas[aria-label="Generated samples"]';
const LATENT_PANEL = 'section[aria-label="Latent"]';
const FIRST_ANSWER_LIMIT_MS = 60_000;
const KEY_LIMIT_MS = 10_000;

const FirstAnswerSchema = v.object({ step: v.number(), picture: v.number() });
const SliderAnswerSchema = v.object({ asked: v.number(), answered: v.number(), shown: v.number() });
type SliderAnswer = v.InferOutput<typeof SliderAnswerSchema>;

/** One row a preset. @throws when there is no build or no Chromium, with what to do */
export function measurePage(options: PageOptions): Promise<PageRow[]> {
  return withBuiltPage(async (browser, url) => {
    const alone = await openAlone(browser);
    try {
      const rows: PageRow[] = [];
      for (const preset of options.presets) {
        options.onProgress(`page: ${PRESETS[preset].name}`);
        const row = await measurePreset(browser, url, preset, options);
        rows.push(
          isOfPoints(preset) && row.msPerStep !== null
            ? await besideAlone(browser, url, preset, row, alone, options)
            : row,
        );
      }
      if (options.presets.length < PAGE_PRESETS.length) return rows;
      options.onProgress("page: pictures of one's own");
      rows.push(await measureDecoding(browser, url, emptyRow("decoding 2,000 pictures")));
      return rows;
    } finally {
      await alone.close();
    }
  });
}

const isOfPoints = (preset: PresetId) => datasetOf(PRESETS[preset].config.dataset).kind === "points";

/** A preset's row with what a trainer alone does: in turns with the page, so that what disturbs the machine disturbs both. */
async function besideAlone(
  browser: Browser,
  url: string,
  preset: PresetId,
  row: PageRow,
  alone: AloneTimer,
  { seconds, turns, onProgress }: PageOptions,
): Promise<PageRow> {
  const { config } = PRESETS[preset];
  const found: { page: number; looked: number; alone: number }[] = [];
  for (let turn = 1; turn <= turns; turn++) {
    onProgress(`page: ${PRESETS[preset].name} beside a trainer alone, turn ${turn} of ${turns}`);
    const aloneMs = await alone.msPerStep("trainer", config, seconds);
    const lookedMs = await alone.msPerStep("looked", config, seconds);
    const { context, page } = await openPreset(browser, url, preset);
    try {
      await page.getByRole("button", { name: "Train", exact: true }).click();
      await page.waitForTimeout(2000); // past the first steps
      found.push({ page: await msPerStep(page, seconds), looked: lookedMs, alone: aloneMs });
    } finally {
      await context.close();
    }
  }
  // The least disturbed of each.
  const least = (of: (turn: (typeof found)[number]) => number) => Math.min(...found.map(of));
  const aloneMs = least((turn) => turn.alone);
  return {
    ...row,
    aloneMs,
    lookedShare: aloneMs / least((turn) => turn.looked),
    shareOfAlone: aloneMs / least((turn) => turn.page),
  };
}

/** Milliseconds of a step by the page's counter. */
async function msPerStep(page: Page, seconds: number): Promise<number> {
  const [before, began] = [await countSteps(page), performance.now()];
  await page.waitForTimeout(1000 * seconds);
  return (performance.now() - began) / ((await countSteps(page)) - before);
}

async function measurePreset(browser: Browser, url: string, preset: PresetId, options: PageOptions): Promise<PageRow> {
  const blank = emptyRow(preset);
  const { context, page } = await openPreset(browser, url, preset);
  try {
    const train = page.getByRole("button", { name: "Train", exact: true });
    await page.waitForTimeout(2000); // what a visitor needs to find the button; the page's own loading is over

    const element = await counter(page).elementHandle({ timeout: 10_000 });
    if (element === null) throw new Error("the page shows no step counter");
    const canvas = isOfPoints(preset) ? POINTS_CANVAS : IMAGES_CANVAS;
    await page.evaluate(watchClick, { counter: element, canvas });
    await train.click();
    const answer = await within(page.evaluate(readAnswer), FIRST_ANSWER_LIMIT_MS, "no step or no new picture");
    const first = v.parse(FirstAnswerSchema, answer);
    await page.waitForTimeout(2000); // past the first steps, which compile

    const { frames, tasks, cores, stepMs } = await watchTraining(browser, page, options.seconds);
    const time = frames.reduce((sum, length) => sum + length, 0);
    const step = median(stepMs);
    const answers = await pressKeys(page, options.keys, Math.max(1000, 4 * step + 300));
    options.onProgress(`page: ${describe(answers)}`);
    return {
      ...blank,
      ...summary(stepMs),
      framesPerSecond: (1000 * frames.length) / time,
      frameMs95: quantile(frames, 0.95),
      ...taskFigures(tasks),
      ...cores,
      ...sliderFigures(answers),
      firstStepMs: first.step,
      firstPictureMs: first.picture,
      note: answers.length < options.keys ? `${answers.length} of ${options.keys} keys moved the sample visibly` : "",
    };
  } catch (error) {
    const text = error instanceof Error ? error.message : String(error);
    return { ...blank, note: text.split("\n")[0] ?? text };
  } finally {
    await context.close();
  }
}

/** Watches for a few seconds; steps are timed a second at a time. */
async function watchTraining(browser: Browser, page: Page, seconds: number) {
  await browser.startTracing(page, { categories: TRACE_CATEGORIES });
  const frames: number[] = [];
  const stepMs: number[] = [];
  const started = performance.now();
  for (let second = 0; second < seconds; second++) {
    const [before, began] = [await countSteps(page), performance.now()];
    frames.push(...(await page.evaluate(watchFrames, 1)));
    const steps = (await countSteps(page)) - before;
    if (steps > 0) stepMs.push((performance.now() - began) / steps);
  }
  const watched = (performance.now() - started) / 1000;
  const threads = tracedThreads((await browser.stopTracing()).toString("utf8"));
  return { frames, stepMs, tasks: pageTasks(threads), cores: coresOf(threads, watched) };
}

/** From end to end of the first slider and back; the times of those that changed the sample. */
async function pressKeys(page: Page, keys: number, windowMs: number): Promise<SliderAnswer[]> {
  await page.getByRole("slider", { name: "Latent 1", exact: true }).focus();
  const answers: SliderAnswer[] = [];
  for (let i = 0; i < keys; i++) {
    await page.evaluate(watchKey, { panel: LATENT_PANEL, windowMs });
    await page.keyboard.press(i % 2 === 0 ? "End" : "Home");
    const answer = await within(page.evaluate(readAnswer), windowMs + KEY_LIMIT_MS, "no key on the slider was heard");
    const parsed = v.safeParse(SliderAnswerSchema, answer);
    if (parsed.success) answers.push(parsed.output);
  }
  return answers;
}

function describe(answers: readonly SliderAnswer[]): string {
  const { sliderAskedMs, sliderAnsweredMs, sliderMs } = sliderFigures(answers);
  if (sliderMs === null) return "no key moved the sample visibly";
  return `a key on the slider is asked ${sliderAskedMs?.toFixed(0)}, answered ${sliderAnsweredMs?.toFixed(0)}, shown ${sliderMs.toFixed(0)} ms after`;
}

function sliderFigures(answers: readonly SliderAnswer[]) {
  if (answers.length === 0) return { sliderMs: null, sliderAskedMs: null, sliderAnsweredMs: null };
  const middle = (of: (answer: SliderAnswer) => number) => median(answers.map(of));
  return {
    sliderMs: middle(({ shown }) => shown),
    sliderAskedMs: middle(({ asked }) => asked),
    sliderAnsweredMs: middle(({ answered }) => answered),
  };
}

function emptyRow(preset: string): PageRow {
  const files = bundleFiles();
  return {
    work: "page",
    system: "ours",
    backend: "wasm", // headless Chromium offers no graphics card, so the page chooses this
    threads: null,
    ...summary([]),
    preset,
    framesPerSecond: null,
    frameMs95: null,
    ...taskFigures([]),
    workerCores: null,
    pageCores: null,
    otherCores: null,
    ...sliderFigures([]),
    firstStepMs: null,
    firstPictureMs: null,
    aloneMs: null,
    lookedShare: null,
    shareOfAlone: null,
    pageKilobytes: bundleKilobytes(files, "page"),
    workerKilobytes: bundleKilobytes(files, "worker"),
    note: "",
  };
}

function within<T>(promise: Promise<T>, limit: number, what: string): Promise<T> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const timeout = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`${what} within ${limit / 1000} s`)), limit);
  });
  return Promise.race([promise, timeout]).finally(() => clearTimeout(timer));
}
