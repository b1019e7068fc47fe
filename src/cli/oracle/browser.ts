/** Runs fixtures in Chromium, for the backend that Node lacks: WebGL. The page's end is page.ts. */
import { chromium } from "@playwright/test";
import { createServer } from "vite";
import { CHROMIUM_FLAGS, ensureChromium } from "../chromium";
import type { Comparison } from "./comparison";
import type { OraclePage } from "./page";

/** Fixtures on one backend, and an end. */
export interface FixtureRunner {
  run(text: string): Promise<Comparison>;
  close(): Promise<void>;
}

declare const oracle: OraclePage; // in the page

/** @throws when the browser or the backend does not start, with the reason */
export async function startInBrowser(backend: string): Promise<FixtureRunner> {
  const server = await createServer({ server: { port: 0, strictPort: false }, logLevel: "error" });
  await server.listen();
  const browser = await chromium.launch({ executablePath: ensureChromium(), args: CHROMIUM_FLAGS });
  const close = async () => {
    await browser.close();
    await server.close();
  };
  try {
    const page = await browser.newPage();
    await page.goto(new URL("src/cli/oracle/page.html", server.resolvedUrls?.local[0]).href);
    await page.waitForFunction(() => "oracle" in globalThis);
    await page.evaluate((name) => oracle.start(name), backend).catch(rethrow);
    return { run: (text) => page.evaluate((content) => oracle.run(content), text).catch(rethrow), close };
  } catch (error) {
    await close();
    throw error;
  }
}

/** Playwright puts the page's error behind a preface and a stack before it. */
function rethrow(error: unknown): never {
  const text = error instanceof Error ? error.message : String(error);
  throw new Error(text.replace(/^page\.evaluate: (Error: )?/, "").split("\n    at ")[0]);
}
