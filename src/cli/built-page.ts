/** The built page, served as a user serves it, and a Chromium to open it in: for those who time it or take its picture. Needs dist/. */
import { type Browser, chromium } from "@playwright/test";
import { preview } from "vite";
import { CHROMIUM_FLAGS, ensureChromium } from "./chromium";

/** Serves the build and starts Chromium for as long as `work` takes. @throws when there is no build or no Chromium, with what to do */
export async function withBuiltPage<Found>(work: (browser: Browser, url: string) => Promise<Found>): Promise<Found> {
  const server = await preview({ preview: { port: 0, strictPort: false }, logLevel: "error" });
  try {
    const browser = await chromium.launch({ executablePath: ensureChromium(), args: CHROMIUM_FLAGS });
    try {
      const url = server.resolvedUrls?.local[0];
      if (url === undefined) throw new Error("The built page could not be served. Run `npm run build`, then again.");
      return await work(browser, url);
    } finally {
      await browser.close();
    }
  } finally {
    await server.close();
  }
}
