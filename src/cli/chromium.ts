/** Finds a Chromium for the browser tests and the screenshots, or installs one, or says what to do. */
import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { pathToFileURL } from "node:url";
import { chromium } from "@playwright/test";

const KNOWN_PATHS = [
  "/usr/bin/chromium",
  "/usr/bin/chromium-browser",
  "/usr/bin/google-chrome",
  "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
  "C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe",
];

/** Flags for every launch: no sandbox inside containers, and no connections but the page's own. */
export const CHROMIUM_FLAGS = [
  "--no-sandbox",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
  "--no-first-run",
];

/** Path of an installed Chromium or Chrome, or null. The environment variable CHROMIUM_PATH goes first. */
export function findChromium(): string | null {
  const candidates = [process.env.CHROMIUM_PATH, chromium.executablePath(), ...KNOWN_PATHS];
  return candidates.find((path) => path !== undefined && path !== "" && existsSync(path)) ?? null;
}

/** Path of a Chromium, installed now if need be. @throws Error with one sentence that says what to do. */
export function ensureChromium(): string {
  const found = findChromium();
  if (found !== null) return found;
  console.log("No Chromium found; installing one for the browser tests.");
  const attempts: [string, string[]][] = [["npx", ["playwright", "install", "chromium"]]];
  if (process.platform === "linux" && process.getuid?.() === 0) {
    attempts.unshift(["sh", ["-c", "apt-get update -qq && apt-get install -y -qq chromium"]]);
  }
  for (const [command, args] of attempts) {
    spawnSync(command, args, { stdio: ["ignore", "ignore", "inherit"] });
    const installed = findChromium();
    if (installed !== null) return installed;
  }
  throw new Error(
    "The browser tests need Chromium: install it (Debian: apt-get install chromium) or set CHROMIUM_PATH to a Chrome or Chromium, then run the tests again.",
  );
}

if (process.argv[1] !== undefined && import.meta.url === pathToFileURL(process.argv[1]).href) {
  try {
    console.log(`Browser: ${ensureChromium()}`);
  } catch (error) {
    console.error(error instanceof Error ? error.message : error);
    process.exit(1);
  }
}
