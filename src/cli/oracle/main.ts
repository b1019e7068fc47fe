/**
 * `npm run oracle -- FILE... [--backend wasm|webgpu|webgl|cpu]`: runs fixture files through the project's own trainer and
 * prints how far it is from them. Exit code 1 if any fails. WebGL runs in Chromium, all else in Node. Not the comparison itself:
 * fixture.ts.
 */
import { readFile } from "node:fs/promises";
import { parseArgs } from "node:util";
import { BACKENDS } from "../../core/device";
import { startBackend } from "../node-backend";
import { type FixtureRunner, startInBrowser } from "./browser";
import { type Comparison, type Deviation, parseFixture, runFixture, TOLERANCES } from "./fixture";

const USAGE = `Usage: npm run oracle -- FILE... [--backend ${BACKENDS.join("|")}]`;

const number = (x: number) => x.toExponential(1);
const deviation = (name: string, { absolute, relative, at }: Deviation) =>
  at === "" ? `${name} exact` : `${name} ${number(relative)} relative, ${number(absolute)} absolute (${at})`;

function report(comparison: Comparison): string {
  const { losses, gradientNorms, weights, passed } = comparison;
  const last = weights.at === "" ? "final weights exact" : `final weights ${number(weights.worst)} (${weights.at})`;
  return `${passed ? "pass" : "FAIL"}  ${comparison.name}: ${deviation("losses", losses)}; ${deviation("gradient norms", gradientNorms)}; ${last}`;
}

async function startRunner(backend: string): Promise<FixtureRunner> {
  if (backend === "webgl") return startInBrowser(backend);
  await startBackend(backend);
  return { run: async (text) => runFixture(parseFixture(text)), close: async () => {} };
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
  let runner: FixtureRunner;
  try {
    const { positionals, values } = parseArgs({
      allowPositionals: true,
      options: { backend: { type: "string", default: "wasm" } },
    });
    files = positionals;
    backend = values.backend;
    if (files.length === 0) throw new Error("Which files? None was named.");
    runner = await startRunner(backend);
  } catch (error) {
    console.error(`${error instanceof Error ? error.message : String(error)}\n${USAGE}`);
    return 1;
  }
  let failed = 0;
  for (const file of files) if (!(await runFile(runner, file))) failed += 1;
  await runner.close();
  const { relative, absolute, weights } = TOLERANCES;
  console.log(
    `${files.length - failed} of ${files.length} pass on ${backend} (losses and norms within ${relative} relative or ${absolute} absolute, weights within ${weights}).`,
  );
  return failed === 0 ? 0 : 1;
}

process.exit(await main());
