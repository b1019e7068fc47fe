/**
 * Runs presets to their end and writes docs/RESULTS.md: `npm run results [-- --only ID,ID] [--seeds 1,2,3] [--write]`.
 * Each run is kept as docs/results/<preset>-<seed>.json, the outcome of the first seed as the gallery's picture in
 * public/presets/; --write only writes the page from the files that are there.
 */
import { mkdirSync, writeFileSync } from "node:fs";
import { cpus } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { datasetOf } from "../core/datasets";
import { PRESET_IDS, PRESETS, type PresetId, presetPicture } from "../core/presets";
import type { ReadingId } from "../core/readings";
import { columnReader } from "../core/step-table";
import { backendName, presetId, wholeNumber } from "./arguments";
import { neighboursPng } from "./neighbours-picture";
import { startBackend } from "./node-backend";
import { type Outcome, outcomePicture } from "./outcome-picture";
import { resultsPage } from "./results-page";
import {
  ARMS,
  neighboursName,
  type Plan,
  plannedConfig,
  type Run,
  readRuns,
  WITH_NEIGHBOURS,
  writeRun,
} from "./results-run";
import { type RunResult, runExperiment } from "./run-experiment";
import { runMain } from "./run-main";
import { samplesPng } from "./samples-png";

const FOLDER = "docs/results";
const PAGE = "docs/RESULTS.md";
/** Shares of a run after which images are judged. */
const MILESTONES = [1 / 8, 1 / 4, 1 / 2];
const WINDOW = 100; // steps over which a gradient norm's median is taken

/** Runs one arm of a preset to its end, keeps the record, and returns what it ended with. */
async function runOne(plan: Plan, backend: string): Promise<Outcome> {
  const { name, steps } = PRESETS[plan.preset];
  const config = plannedConfig(plan);
  console.log(`${name}, arm ${plan.arm}: ${steps} steps, seed ${plan.seed}`);
  const result = await runExperiment(config, {
    steps,
    milestones: MILESTONES.map((share) => Math.round(share * steps)),
  });
  const run: Run = {
    ...plan,
    backend,
    machine: `${cpus().length} × ${cpus()[0]?.model.trim() ?? "unknown CPU"}`,
    steps: result.steps,
    stepsPerSecond: result.stepsPerSecond,
    metrics: { ...result.metrics },
    floors: { ...result.floors },
    classifier: result.classifier,
    along: result.along.map(({ step, metrics }) => ({ step, metrics: { ...metrics } })),
    ...gradientNorm(result.history),
    config,
  };
  const dataset = datasetOf(config.dataset);
  writeRun(FOLDER, run, samplesPng(dataset, result.samples));
  if (plan.preset === WITH_NEIGHBOURS && dataset.kind === "images") {
    writeFileSync(join(FOLDER, neighboursName(run)), await neighboursPng(dataset, result.samples));
  }
  const { modes, modes20, highQuality, pairwiseDistanceRatio } = run.metrics;
  console.log(JSON.stringify({ modes, modes20, highQuality, pairwiseDistanceRatio, rate: run.stepsPerSecond }));
  return { fakes: result.samples, reals: result.reals };
}

/** All runs of a preset; the first seed's outcome becomes its picture in the gallery. */
async function runPreset(preset: PresetId, seeds: readonly number[], backend: string): Promise<void> {
  const { config, comparison } = PRESETS[preset];
  const arms = ARMS.slice(0, comparison === undefined ? 1 : 2);
  for (const seed of seeds) {
    const outcomes: Outcome[] = [];
    for (const arm of arms) outcomes.push(await runOne({ preset, seed, arm }, backend));
    if (seed !== seeds[0]) continue;
    const picture = outcomePicture(datasetOf(config.dataset), outcomes);
    writeFileSync(join("public", presetPicture(preset)), picture);
  }
}

function gradientNorm(history: RunResult["history"]): Pick<Run, "gradientNorm"> {
  if (!history.columns.includes("gGradNorm" satisfies ReadingId)) return {};
  const read = columnReader(history, "gGradNorm" satisfies ReadingId);
  const norms = Array.from(history.steps, (_, row) => read(row));
  return { gradientNorm: { first: median(norms.slice(0, WINDOW)), last: median(norms.slice(-WINDOW)) } };
}

const median = (values: number[]) => values.sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      only: { type: "string" },
      seeds: { type: "string", default: "1" },
      backend: { type: "string", default: "wasm" },
      write: { type: "boolean", default: false },
    },
  });
  mkdirSync(FOLDER, { recursive: true });
  if (!values.write) {
    const ids = values.only === undefined ? PRESET_IDS : values.only.split(",").map(presetId);
    const seeds = values.seeds.split(",").map((seed) => wholeNumber("--seeds", seed, 0, 0xffffffff));
    const { report } = await startBackend(backendName(values.backend));
    for (const preset of ids) await runPreset(preset, seeds, report.backend);
  }
  writeFileSync(PAGE, resultsPage(readRuns(FOLDER)));
  console.log(`wrote ${PAGE}`);
}

await runMain(main);
