/** Browser tests: the built page, served as a user serves it, in a real Chromium. */
import { defineConfig } from "@playwright/test";
import { CHROMIUM_FLAGS, findChromium } from "./src/cli/chromium";

const executablePath = findChromium();
/** Several checkouts on one machine can test side by side, each at a port of its own. */
const port = Number(process.env.PLAYGROUND_TEST_PORT ?? 4180);

export default defineConfig({
  testDir: "tests/browser",
  outputDir: "test-results",
  timeout: 120_000,
  expect: { timeout: 30_000 },
  // Training uses a core of its own: tests side by side would measure each other on a small machine.
  workers: 1,
  retries: 0,
  forbidOnly: Boolean(process.env.CI),
  reporter: [["list"], ["json", { outputFile: "test-results/browser.json" }]],
  use: {
    baseURL: `http://localhost:${port}/`,
    viewport: { width: 1440, height: 900 },
    launchOptions: { args: CHROMIUM_FLAGS, ...(executablePath === null ? {} : { executablePath }) },
    screenshot: "only-on-failure",
  },
  webServer: {
    command: `npx vite preview --port ${port} --strictPort`,
    port,
    reuseExistingServer: false,
  },
});
