/**
 * `npm run oracle -- FILE... [--backend wasm|webgpu|webgl|cpu] [--browser firefox]`: runs fixture files through the project's own trainer
 * and prints how far it is from them. Files of both formats. Exit code 1 if any fails. WebGL runs in Chromium, all else in Node; or all in
 * Firefox, whose WebGPU is another compiler. Not the comparison itself: run.ts.
 */
import { readFile } from "node:fs/promises";
import { parseArgs } from "node:util";
import { BACKENDS } from "../../core/device";
import { startBackend } from "../node-backend";
import { type FixtureRunner, startInBrowser, startInFirefox } from "./browser";
import { type Comparison, type Deviation, TOLERANCES } from "./comparison";
import { parseFixture, runAny } from "./run";

const USAGE = `Usage: npm run oracle -- FILE... [--backend ${BACKENDS.join("|")}] [--browser firefox]`;

const number = (x: number) => x.toExponential(1);
const deviation = (name: string, { absolute, relative, at }: Deviation) =>
  at === "" ? `${name} exact` : `${name} ${number(relative)} relative, ${number(absolute)} absolute (${at})`;

function report({ name, parts, passed }: Comparison): string {
  const words = Object.entries(parts).map(([part, found]) => deviation(part, found));
  return `${passed ? "pass" : "FAIL"}  ${name}: ${words.join("; ")}`;
}

async function startRunner(backend: string, browser: string | undefined): Promise<FixtureRunner> {
  if (browser === "firefox") return startInFirefox(backend);
  if (browser !== undefined) throw new Error(`There is no browser "${browser}" here: firefox, or none.`);
  if (backend === "webgl") return startInBrowser(backend);
  await startBackend(backend);
  return { run: async (text) => runAny(parseFixture(text)), close: async () => {} };
}

async function runFile(runner: FixtureRunner, path: string): Promise<boolean> {
  try {
    const text = await readFile(path, "utf8").catch((error: NodeJS.ErrnoException) => {
      throw new Error(error.code === "ENOENT" ? "there is no such file" : `it could not be read (${error.message})`);
    });
    const comparison = await runner.run(text);
    console.log(report(comparison));
    return comparison.passed;
  } catch (error) {
    console.log(`FAIL  ${path}: ${error instanceof Error ? error.message : String(error)}`);
    return false;
  }
}

async function main(): Promise<number> {
  let files: string[];
  let backend: string;
  let browser: string | undefined;
  let runner: FixtureRunner;
  try {
    const { positionals, values } = parseArgs({
      allowPositionals: true,
      options: { backend: { type: "string", default: "wasm" }, browser: { type: "string" } },
    });
    files = positionals;
    ({ backend, browser } = values);
    if (files.length === 0) throw new Error("Which files? None was named.");
    runner = await startRunner(backend, browser);
  } catch (error) {
    console.error(`${error instanceof Error ? error.message : String(error)}\n${USAGE}`);
    return 1;
  }
  let failed = 0;
  for (const file of files) if (!(await runFile(runner, file))) failed += 1;
  await runner.close();
  const where = browser === undefined ? backend : `${backend} in ${browser}`;
  const { reading, weights } = TOLERANCES;
  console.log(
    `${files.length - failed} of ${files.length} pass on ${where} (losses and norms within ${reading.relative} relative or ${reading.absolute} absolute, weights within ${weights}).`,
  );
  return failed === 0 ? 0 : 1;
}

process.exit(await main());
