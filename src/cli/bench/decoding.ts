/** Times the built page while it reads thousands of pictures that were dropped on it: frames and tasks of its thread. */
import type { Browser } from "@playwright/test";
import type { PageRow } from "./rows";
import { quantile } from "./rows";
import { pageTasks, TRACE_CATEGORIES, taskFigures, tracedThreads } from "./trace";

const PICTURES = 2_000;
/** Pixels a side: a small photograph, so that most of the time is decoding. */
const SIDE = 256;
const LIMIT_MS = 180_000;

/** Where the page keeps what is to be dropped, and how long its frames are. */
interface Dropping {
  benchFiles?: DataTransfer;
  benchFrames?: number[];
}

/** @param blank a row of nothing but sizes */
export async function measureDecoding(browser: Browser, url: string, blank: PageRow): Promise<PageRow> {
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 } });
  await context.addInitScript("globalThis.__name ??= (target) => target"); // as in page.ts
  try {
    const page = await context.newPage();
    await page.goto(url);
    await page.getByRole("button", { name: "Train", exact: true }).and(page.locator(":enabled")).waitFor();
    await page.evaluate(makePictures, { count: PICTURES, side: SIDE });
    await browser.startTracing(page, { categories: TRACE_CATEGORIES });
    const began = performance.now();
    await page.evaluate(dropPictures);
    const status = page.getByRole("status", { name: "Pictures so far" });
    const all = status.filter({ hasText: `${PICTURES.toLocaleString("en")} pictures` });
    await all.waitFor({ timeout: LIMIT_MS });
    const seconds = (performance.now() - began) / 1000;
    const trace = await browser.stopTracing();
    const frames = await page.evaluate(() => (globalThis as Dropping).benchFrames ?? []);
    return {
      ...blank,
      framesPerSecond: frames.length / seconds,
      frameMs95: quantile(frames, 0.95),
      ...taskFigures(pageTasks(tracedThreads(trace.toString("utf8")))),
      note: `${PICTURES} PNGs of ${SIDE} × ${SIDE} in ${seconds.toFixed(1)} s`,
    };
  } catch (error) {
    const text = error instanceof Error ? error.message : String(error);
    return { ...blank, note: text.split("\n")[0] ?? text };
  } finally {
    await context.close();
  }
}

/** Runs in the page: files of pictures, no two alike. */
async function makePictures({ count, side }: { count: number; side: number }): Promise<void> {
  const canvas = new OffscreenCanvas(side, side);
  const context = canvas.getContext("2d");
  const transfer = new DataTransfer();
  for (let i = 0; i < count && context !== null; i++) {
    const colours = context.createLinearGradient(0, 0, side, (i * 37) % side);
    colours.addColorStop(0, `hsl(${i % 360} 80% 40%)`);
    colours.addColorStop(1, `hsl(${(i * 7) % 360} 80% 70%)`);
    context.fillStyle = colours;
    context.fillRect(0, 0, side, side);
    for (let k = 0; k < 40; k++) {
      context.fillStyle = `hsl(${(i * k) % 360} 60% 50%)`;
      context.fillRect((i * k * 13) % side, (i * 29 + k * 41) % side, 24, 24);
    }
    transfer.items.add(new File([await canvas.convertToBlob()], `picture-${i}.png`, { type: "image/png" }));
  }
  (globalThis as Dropping).benchFiles = transfer;
}

/** Runs in the page: drops them, and notes how long each frame is from then on. */
function dropPictures(): void {
  const dropping = globalThis as Dropping;
  const frames: number[] = [];
  dropping.benchFrames = frames;
  let last: number | undefined;
  const frame = () => {
    const now = performance.now();
    if (last !== undefined) frames.push(now - last);
    last = now;
    requestAnimationFrame(frame);
  };
  requestAnimationFrame(frame);
  const dataTransfer = dropping.benchFiles ?? new DataTransfer();
  document.body.dispatchEvent(new DragEvent("drop", { dataTransfer, bubbles: true, cancelable: true }));
}
