/**
 * Runs fixtures in a browser: in Chromium for the backend that Node lacks, WebGL; in Firefox because its WebGPU compiles WGSL with another
 * compiler (naga) than Chromium and Node (Tint). The page's end is page.ts.
 */
import { chromium } from "@playwright/test";
import { createServer, type ViteDevServer } from "vite";
import { CHROMIUM_FLAGS, ensureChromium } from "../chromium";
import { startFirefox } from "../drivers/firefox";
import { insist } from "../drivers/webdriver";
import { ensureOther } from "../other-browsers";
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
  const server = await serve();
  const browser = await chromium.launch({ executablePath: ensureChromium(), args: CHROMIUM_FLAGS });
  const close = async () => {
    await browser.close();
    await server.close();
  };
  try {
    const page = await browser.newPage();
    await page.goto(addressOf(server));
    await page.waitForFunction(() => "oracle" in globalThis);
    await page.evaluate((name) => oracle.start(name), backend).catch(rethrow);
    return { run: (text) => page.evaluate((content) => oracle.run(content), text).catch(rethrow), close };
  } catch (error) {
    await close();
    throw error;
  }
}

/** WebGPU, on whatever adapter there is; Firefox keeps it back where it is not yet released. */
const FIREFOX_PREFERENCES = {
  "dom.webgpu.enabled": true,
  "dom.webgpu.workers.enabled": true,
  "gfx.webgpu.ignore-blocklist": true,
};
const PAGE_LIMIT_MS = 120_000;

/** @throws when Firefox or the backend does not start, with the reason */
export async function startInFirefox(backend: string): Promise<FixtureRunner> {
  const found = ensureOther("firefox");
  if ("missing" in found) throw new Error(found.missing);
  const server = await serve();
  const browser = await startFirefox(found.paths, FIREFOX_PREFERENCES);
  const close = async () => {
    await browser.close();
    await server.close();
  };
  try {
    await browser.open(addressOf(server));
    await insist(async () => {
      if (!(await browser.evaluate<boolean>('"oracle" in globalThis')))
        throw new Error("the oracle's page did not load");
    }, PAGE_LIMIT_MS);
    await browser.evaluate(`oracle.start(${JSON.stringify(backend)}).then(() => null)`);
    return { run: (text) => browser.evaluate<Comparison>(`oracle.run(${JSON.stringify(text)})`), close };
  } catch (error) {
    await close();
    throw error;
  }
}

async function serve(): Promise<ViteDevServer> {
  const server = await createServer({
    server: { port: 0, strictPort: false, hmr: false, watch: null }, // a file that changes meanwhile reloads nothing
    logLevel: "error",
  });
  return server.listen();
}

const addressOf = (server: ViteDevServer): string =>
  new URL("src/cli/oracle/page.html", server.resolvedUrls?.local[0]).href;

/** Playwright puts the page's error behind a preface and a stack before it. */
function rethrow(error: unknown): never {
  const text = error instanceof Error ? error.message : String(error);
  throw new Error(text.replace(/^page\.evaluate: (Error: )?/, "").split("\n    at ")[0]);
}
