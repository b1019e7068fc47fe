/** The three journeys and a fingerprint of the weights, in words that any driven browser understands: expressions and keys. */
import { expect } from "@playwright/test";
import type { DrivenBrowser } from "../../../src/cli/drivers/webdriver";

type Page = Pick<DrivenBrowser, "evaluate" | "open" | "press">;

const button = (name: string) =>
  `[...document.querySelectorAll("button")].find((b) => (b.getAttribute("aria-label") ?? b.textContent).trim() === ${JSON.stringify(name)})`;

/** Waits until an expression is true. */
async function until(page: Pick<Page, "evaluate">, expression: string, seconds = 60): Promise<void> {
  await expect
    .poll(() => page.evaluate<boolean>(`Boolean(${expression})`), { message: expression, timeout: seconds * 1000 })
    .toBe(true);
}

async function click(page: Pick<Page, "evaluate">, name: string): Promise<void> {
  await until(page, `${button(name)}?.disabled === false`);
  await page.evaluate(`${button(name)}.click()`);
}

const STEPS = "ganPlayground.state().step";
const READY = 'window.ganPlayground?.state().worker === "ready" && ganPlayground.state().arms[0].stage !== null';
const STAGE = `document.querySelector('canvas[aria-label="Stage"]').toDataURL()`;
const SAMPLE = "ganPlayground.state().arms[0].latentSample?.values.join()";

const slider = (name: string) =>
  `[...document.querySelectorAll("[role=slider], input[type=range]")].find((one) => (one.getAttribute("aria-label") ?? one.labels?.[0]?.textContent) === ${JSON.stringify(name)})`;

/** Moves a slider to both its ends by keys: the sample follows. */
async function slide(page: Page, name: string): Promise<void> {
  await until(page, slider(name));
  for (const key of ["End", "Home"]) {
    await page.evaluate(`(${slider(name)}.focus(), window.before = ${SAMPLE}, null)`);
    await page.press(key);
    await until(page, `${SAMPLE} !== window.before`);
  }
}

/** Open and train, drag a latent, go along a direction of the view of latent space, compare. Fails on a step that does not come, an error in the page, and an error that is told. */
export async function journeys(page: Page, address: string): Promise<void> {
  await page.open(address);
  await until(page, READY);
  await page.evaluate(`(() => {
    window.faults = [];
    addEventListener("error", (event) => window.faults.push(event.message));
    addEventListener("unhandledrejection", (event) => window.faults.push(String(event.reason)));
    const tell = window.console.error;
    window.console.error = (...words) => { window.faults.push(words.join(" ")); tell(...words); };
  })()`);

  await page.evaluate(`window.before = ${STAGE}`);
  await click(page, "Train");
  await until(page, `${STEPS} > 30 && ${STAGE} !== window.before`);
  await click(page, "Pause");
  await until(page, 'ganPlayground.state().phase === "paused"');

  await slide(page, "Latent 1");
  await click(page, "Latent space");
  await until(page, slider("Direction 2")); // both that there are: they were found
  await slide(page, "Direction 1");
  await click(page, "Close: Latent space");

  await click(page, "Compare");
  await until(
    page,
    "ganPlayground.state().arms.length === 2 && ganPlayground.state().arms.every((arm) => arm.stage !== null)",
  );
  const forked = await page.evaluate<number>(STEPS);
  await click(page, "Train");
  await until(page, `${STEPS} > ${forked} + 20`);
  await click(page, "Pause");
  await until(page, 'ganPlayground.state().phase === "paused"');

  expect(await page.evaluate("window.faults")).toEqual([]);
  expect(await page.evaluate('ganPlayground.state().notices.filter(({ level }) => level === "error")')).toEqual([]);
}

export interface Weights {
  /** How a·b + c is rounded here: browsers that agree on it give the same bits. */
  readonly arithmetic: string;
  /** Of every number of the run's state after a hundred steps. */
  readonly fingerprint: string;
}

/** Takes a hundred single steps on WebAssembly, as this browser rounds or as every browser can, and reads every weight. */
export async function weightsOf(page: Page, address: string, device: "wasm" | "reproducible"): Promise<Weights> {
  await page.open(`${address}?device=${device}#seed=5`);
  await until(page, READY);
  await page.evaluate(`(() => { for (let i = 0; i < 100; i++) ${button("Step both")}.click(); })()`);
  await until(page, `${STEPS} === 100`, 120);
  // FNV-1a over all bytes, twice with different starts.
  return page.evaluate<Weights>(`(async () => {
    const { arms } = await ganPlayground.snapshot();
    let [a, b] = [0x811c9dc5, 0x1234567];
    for (const { values } of arms[0].snapshot.tensors) {
      for (const byte of new Uint8Array(values.buffer, values.byteOffset, values.byteLength)) {
        a = Math.imul(a ^ byte, 0x01000193);
        b = Math.imul(b ^ byte, 0x01000193);
      }
    }
    const { arithmetic } = ganPlayground.state().device;
    return { arithmetic, fingerprint: ((a >>> 0).toString(16) + (b >>> 0).toString(16)) };
  })()`);
}
