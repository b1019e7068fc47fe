/** `npm test`: everything that must hold, in order, stopping at the first stage that fails; a plain count at the end. */
import { spawnSync } from "node:child_process";
import { mkdirSync, readFileSync, rmSync } from "node:fs";
import { findOther, OTHER_BROWSERS, type OtherBrowser } from "./other-browsers";

const UNIT_REPORT = ".cache/unit.json"; // Playwright empties test-results before it starts
const BROWSER_REPORT = "test-results/browser.json";

const stages: readonly { readonly name: string; readonly command: string }[] = [
  { name: "WebAssembly kernels", command: "npm run -s kernels" },
  { name: "Lint and format", command: "npm run -s lint" },
  { name: "Types", command: "npm run -s types" },
  { name: "Nothing unused", command: "npm run -s unused" },
  { name: "Browser", command: "npx tsx src/cli/chromium.ts" },
  { name: "Other browsers", command: "npx tsx src/cli/other-browsers.ts" },
  { name: "Unit tests", command: `npx vitest run --reporter=default --reporter=json --outputFile.json=${UNIT_REPORT}` },
  { name: "Build", command: "npm run -s build" },
  { name: "Browser tests", command: "npx playwright test" },
];

rmSync("test-results", { recursive: true, force: true });
for (const folder of ["test-results", ".cache"]) mkdirSync(folder, { recursive: true });
rmSync(UNIT_REPORT, { force: true });

let failedStage: string | null = null;
for (const { name, command } of stages) {
  console.log(`\n== ${name}: ${command}`);
  const started = Date.now();
  const { status } = spawnSync(command, { shell: true, stdio: "inherit" });
  console.log(`== ${name}: ${status === 0 ? "ok" : "FAILED"} after ${Math.round((Date.now() - started) / 1000)} s`);
  if (status !== 0) {
    failedStage = name;
    break;
  }
}

interface UnitReport {
  readonly numPassedTests: number;
  readonly numFailedTests: number;
}
interface BrowserReport {
  readonly stats: { readonly expected: number; readonly unexpected: number; readonly flaky: number };
}

function read<T>(path: string): T | null {
  try {
    return JSON.parse(readFileSync(path, "utf8")) as T;
  } catch {
    return null; // the stage did not get that far
  }
}

const unit = read<UnitReport>(UNIT_REPORT);
const browser = read<BrowserReport>(BROWSER_REPORT);
const passed = (unit?.numPassedTests ?? 0) + (browser?.stats.expected ?? 0);
const failedTests = (unit?.numFailedTests ?? 0) + (browser?.stats.unexpected ?? 0) + (browser?.stats.flaky ?? 0);
// A stage without tests of its own (types, lint, build) counts as one failure.
const failed = failedStage === null ? failedTests : Math.max(1, failedTests);
if (failedStage !== null) console.log(`\nStopped at: ${failedStage}`);
for (const which of Object.keys(OTHER_BROWSERS) as OtherBrowser[]) {
  const found = findOther(which);
  if ("missing" in found) console.log(`\nnot run: ${found.missing}`);
}
console.log(`\n${passed} passed, ${failed} failed`);
process.exit(failed === 0 && passed > 0 ? 0 : 1);
