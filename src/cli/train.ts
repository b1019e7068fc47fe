/**
 * Training from a terminal, by the page's own engine: `npm run train -- --preset ID [options]`. Arguments, files and the
 * progress bar; the run itself is run-experiment.ts.
 */
import { readFileSync, writeFileSync } from "node:fs";
import { parseArgs } from "node:util";
import type { ExperimentConfig } from "../core/config";
import { csvHead, stepTableCsv, stepTableValues } from "../core/curves-file";
import { datasetOf } from "../core/datasets";
import { BACKENDS } from "../core/device";
import { METRIC_IDS, METRICS } from "../core/metrics";
import { parseConfig } from "../core/parse-config";
import { PRESET_IDS, PRESETS } from "../core/presets";
import { backendName, presetId, refuseUnwritable, UsageError, wholeNumber } from "./arguments";
import type { RunResult } from "./run-experiment";
import { samplesPng } from "./samples-png";

const HELP = `Trains a GAN from a terminal with the page's own engine.

  npm run train -- --preset ID [options]

  --preset ID         where to begin (default: ring-non-saturating); one of:
                      ${PRESET_IDS.join("\n                      ")}
  --config FILE       a configuration (JSON) on top of the preset; what it leaves out stays. The "config" of a
                      --json file is a whole one: with it, --steps and --backend the run is repeated exactly
  --steps N           training steps (default: the preset's)
  --seed S            seed, a whole number from 0 to 4294967295 (default: the preset's)
  --backend B         ${BACKENDS.join(", ")} (default: wasm)
  --threads N         CPU threads that share a step's work; the numbers are the same (default: the cores, at most 4,
                      where they are faster than one)
  --json FILE         { preset, seed, backend, steps, stepsPerSecond, metrics, floors, config, history }
  --csv FILE          every step's numbers, one row a step
  --samples FILE.png  a picture of G's samples
  --sweep FILE        many runs: the seeds and the grid of settings that a file (JSON) describes, see README; with it only
                      --jobs, --json and --csv count
  --jobs N            runs side by side (default: the cores)
  --help              this text

Same configuration, seed, steps and backend: the same bytes in every file, but for stepsPerSecond.
Exit codes: 0 done, 1 the run failed (say, it diverged), 2 what was asked for cannot be done.`;

async function main(): Promise<void> {
  const { values } = readArguments();
  if (values.help === true) {
    console.log(HELP);
    return;
  }
  for (const option of ["json", "csv", "samples"] as const) {
    const path = values[option];
    if (path !== undefined) refuseUnwritable(`--${option}`, path);
  }
  if (values.sweep !== undefined) {
    const { sweepFromFile } = await import("./sweep");
    const { sweep, json, csv } = values;
    const jobs = values.jobs === undefined ? {} : { jobs: wholeNumber("--jobs", values.jobs, 1, 64) };
    const files = { ...(json === undefined ? {} : { json }), ...(csv === undefined ? {} : { csv }) };
    if (!(await sweepFromFile(sweep, { ...jobs, ...files }))) process.exitCode = 1;
    return;
  }
  const id = presetId(values.preset ?? "ring-non-saturating");
  const preset = PRESETS[id];
  const backend = backendName(values.backend ?? "wasm");
  let config = preset.config;
  if (values.config !== undefined) config = readConfig(values.config, config);
  if (values.seed !== undefined) config = { ...config, seed: wholeNumber("--seed", values.seed, 0, 0xffffffff) };
  const steps = values.steps === undefined ? preset.steps : wholeNumber("--steps", values.steps, 1, 10_000_000);

  const threads = values.threads === undefined ? {} : { threads: wholeNumber("--threads", values.threads, 1, 16) };

  // Imported only now, as TensorFlow.js takes a second or two: help and refusals come at once.
  const [{ startBackend }, { runExperiment }] = await Promise.all([
    import("./node-backend"),
    import("./run-experiment"),
  ]);
  const { report: device } = await startBackend(backend);
  console.log(`${preset.name}: ${steps} steps, seed ${config.seed}, backend ${device.backend}`);
  const result = await runExperiment(config, { steps, ...threads, onProgress: progressBar(steps) });
  report(result);
  const { history } = result;
  if (values.json !== undefined) {
    write(
      values.json,
      `${JSON.stringify({
        preset: id,
        seed: config.seed,
        backend: device.backend,
        steps: result.steps,
        stepsPerSecond: result.stepsPerSecond,
        metrics: result.metrics,
        floors: result.floors,
        config,
        history: stepTableValues(history),
      })}\n`,
    );
  }
  if (values.csv !== undefined) {
    write(values.csv, csvHead(history.columns, false) + stepTableCsv(history));
  }
  if (values.samples !== undefined) write(values.samples, samplesPng(datasetOf(config.dataset), result.samples));
}

function readArguments() {
  try {
    const text = { type: "string" } as const;
    return parseArgs({
      options: {
        preset: text,
        config: text,
        steps: text,
        seed: text,
        backend: text,
        threads: text,
        json: text,
        csv: text,
        samples: text,
        sweep: text,
        jobs: text,
        help: { type: "boolean" },
      },
    });
  } catch (error) {
    throw new UsageError(`${error instanceof Error ? error.message : String(error)}\n\n${HELP}`);
  }
}

function readConfig(path: string, base: ExperimentConfig): ExperimentConfig {
  let input: unknown;
  try {
    input = JSON.parse(readFileSync(path, "utf8"));
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    throw new UsageError(`${path} could not be read as JSON (${why}). Give a file with an experiment's configuration.`);
  }
  const { config, problems } = parseConfig(input, base);
  for (const problem of problems) console.error(`${path}: ${problem}`);
  return config;
}

function write(path: string, content: string | Uint8Array): void {
  try {
    writeFileSync(path, content);
    console.log(`wrote ${path}`);
  } catch (error) {
    throw new UsageError(`${path} could not be written: ${error instanceof Error ? error.message : String(error)}`);
  }
}

function progressBar(steps: number): (step: number) => void {
  const started = Date.now();
  let shown = -1;
  return (step) => {
    const percent = Math.floor((100 * step) / steps);
    // A terminal gets a moving bar; a log gets a line every tenth.
    if (percent === shown || (!process.stderr.isTTY && percent % 10 !== 0)) return;
    shown = percent;
    const rate = step / Math.max(0.001, (Date.now() - started) / 1000);
    const bar = "#".repeat(Math.floor(percent / 4)).padEnd(25, ".");
    const left = Math.round((steps - step) / rate);
    const line = `[${bar}] ${percent} %  step ${step}  ${rate.toFixed(1)} steps/s  ${left} s left`;
    process.stderr.write(process.stderr.isTTY ? `\r${line.padEnd(78)}` : `${line}\n`);
    if (step === steps && process.stderr.isTTY) process.stderr.write("\n");
  };
}

function report(result: RunResult): void {
  console.log(`${result.steps} steps at ${result.stepsPerSecond.toFixed(1)} steps/s`);
  if (result.classifier !== null) {
    const { accuracy, samples } = result.classifier;
    console.log(
      `Features and classes are those of a small classifier of the same data (${(100 * accuracy).toFixed(1)} % of its test images named right), of ${samples} images a side, and their floors those of test images: the Fréchet distance is not Inception FID.`,
    );
  }
  const names = METRIC_IDS.filter((id) => result.metrics[id] !== undefined);
  const width = Math.max(...names.map((name) => name.length));
  console.log(`${"".padEnd(width)}  ${"G".padStart(12)}  ${"two reals".padStart(12)}`);
  for (const name of names) {
    const [value, floor] = [result.metrics[name], result.floors[name]].map((x) =>
      x === undefined ? "" : x.toFixed(4),
    );
    console.log(
      `${name.padEnd(width)}  ${(value ?? "").padStart(12)}  ${(floor ?? "").padStart(12)}  ${METRICS[name].name}`,
    );
  }
}

try {
  await main();
} catch (error) {
  if (process.stderr.isTTY) process.stderr.write("\n");
  console.error(error instanceof Error ? error.message : error);
  const asked = error instanceof Error && ["UsageError", "ConfigError"].includes(error.name);
  process.exit(asked ? 2 : 1);
}
process.exit(); // a graphics driver in Node may keep the process alive
