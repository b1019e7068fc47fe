/**
 * Times a trainer alone in a worker of a browser, and the page's worker without the page, for the page to be compared with: the same
 * engine, in the same browser.
 */
import type { Browser } from "@playwright/test";
import { createServer } from "vite";
import type { ExperimentConfig } from "../../core/config";
import type { AlonePage } from "./alone/page";

const WARM_UP_SECONDS = 2;

declare const alone: AlonePage; // in the page

export interface AloneTimer {
  /** Milliseconds of a step of an experiment on points, over `seconds`. */
  msPerStep(who: keyof AlonePage, config: ExperimentConfig, seconds: number): Promise<number>;
  close(): Promise<void>;
}

export async function openAlone(browser: Browser): Promise<AloneTimer> {
  const server = await createServer({
    server: { port: 0, strictPort: false, hmr: false, watch: null }, // a file that changes meanwhile reloads nothing
    logLevel: "error",
  });
  await server.listen();
  const address = new URL("src/cli/bench/alone/page.html", server.resolvedUrls?.local[0]).href;
  return {
    async msPerStep(who, config, seconds) {
      const page = await browser.newPage();
      try {
        await page.goto(address);
        await page.waitForFunction(() => "alone" in globalThis);
        const question = { who, config, seconds, warmUp: WARM_UP_SECONDS };
        return await page.evaluate((asked) => alone[asked.who](asked.config, asked.warmUp, asked.seconds), question);
      } finally {
        await page.close();
      }
    },
    close: () => server.close(),
  };
}
