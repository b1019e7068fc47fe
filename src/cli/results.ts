/**
 * Runs presets to their end and writes docs/RESULTS.md: `npm run results [-- --only ID,ID] [--seeds 1,2,3] [--write]`.
 * Each run is kept as docs/results/<preset>-<seed>.json; --write only writes the page from the files that are there.
 */
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { cpus } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import * as v from "valibot";
import { DATASETS } from "../core/datasets";
import type { Dataset } from "../core/datasets/types";
import { BACKENDS } from "../core/device";
import { PRESET_IDS, PRESETS } from "../core/presets";
import { isBackend, isPresetId, wholeNumber } from "./arguments";
import { startBackend } from "./node-backend";
import { runExperiment } from "./run-experiment";
import { samplesPng } from "./samples-png";

const FOLDER = "docs/results";
const PAGE = "docs/RESULTS.md";

const RunSchema = v.object({
  preset: v.string(),
  seed: v.number(),
  backend: v.string(),
  machine: v.string(),
  steps: v.number(),
  stepsPerSecond: v.number(),
  metrics: v.record(v.string(), v.number()),
  floors: v.record(v.string(), v.number()),
});
type Run = v.InferOutput<typeof RunSchema>;

async function runOne(preset: (typeof PRESET_IDS)[number], seed: number, backend: string): Promise<void> {
  const { config, steps, name } = PRESETS[preset];
  console.log(`${name}: ${steps} steps, seed ${seed}`);
  const result = await runExperiment({ ...config, seed }, { steps });
  const run: Run = {
    preset,
    seed,
    backend,
    machine: `${cpus().length} × ${cpus()[0]?.model.trim() ?? "unknown CPU"}`,
    steps: result.steps,
    stepsPerSecond: result.stepsPerSecond,
    metrics: { ...result.metrics },
    floors: { ...result.floors },
  };
  mkdirSync(FOLDER, { recursive: true });
  writeFileSync(join(FOLDER, `${preset}-${seed}.json`), `${JSON.stringify(run, null, 1)}\n`);
  writeFileSync(join(FOLDER, `${preset}-${seed}.png`), samplesPng(DATASETS[config.dataset], result.samples));
}

function readRuns(): Run[] {
  const files = readdirSync(FOLDER).filter((file) => file.endsWith(".json"));
  const runs = files.map((file) => v.parse(RunSchema, JSON.parse(readFileSync(join(FOLDER, file), "utf8"))));
  const order = (run: Run) => (isPresetId(run.preset) ? PRESET_IDS.indexOf(run.preset) : PRESET_IDS.length);
  return runs.sort((a, b) => order(a) - order(b) || a.seed - b.seed);
}

const number = (value: number | undefined, digits: number) => (value === undefined ? "–" : value.toFixed(digits));
const table = (head: string[], rows: string[][]) =>
  [head, head.map(() => "---"), ...rows].map((row) => `| ${row.join(" | ")} |`).join("\n");

function datasetOf(run: Run): Dataset | null {
  return isPresetId(run.preset) ? DATASETS[PRESETS[run.preset].config.dataset] : null;
}

/** Published figures on the same kind of data, with their source: PacGAN's protocol differs in scale and networks. */
const PUBLISHED: readonly (readonly string[])[] = [
  ["GAN (PacGAN, Lin et al. 2018, table 1)", "6.3 of 8", "98.2", "0.45", "17.3 of 25", "94.8", "0.70"],
  ["ALI (the same table)", "6.6 of 8", "97.6", "0.36", "24.1 of 25", "95.7", "0.14"],
  ["PacGAN4 (the same table)", "7.8 of 8", "95.9", "0.07", "24.8 of 25", "93.6", "0.04"],
];

function page(runs: readonly Run[]): string {
  const withModes = runs.filter((run) => run.metrics.modes !== undefined);
  const points = runs.filter((run) => datasetOf(run)?.kind === "points" && run.metrics.modes === undefined);
  const images = runs.filter((run) => datasetOf(run)?.kind === "images");
  const link = (run: Run) => `[${run.preset}](results/${run.preset}-${run.seed}.png)`;
  const percent = (value: number | undefined) => (value === undefined ? "–" : (100 * value).toFixed(1));
  const modesOf = (run: Run) => {
    const dataset = datasetOf(run);
    return dataset?.kind === "points" ? (dataset.modes?.centers.length ?? 0) : 0;
  };
  const machines = [...new Set(runs.map((run) => run.machine))].join("; ");
  return `# Results

Every preset run to its end by \`npm run results\`, which wrote this page from the runs in [results/](results/). Backend:
${[...new Set(runs.map((run) => run.backend))].join(", ")}; machine: ${machines}. Steps a second are whole runs beside whatever else the machine did; for speed see the
benchmark. Each preset's name links to the picture of its samples. A figure in brackets is the same metric between two samples
of the real data: what a perfect generator would read.

## Mixtures of Gaussians

2,500 samples; high quality: within 3σ of the nearest mode; a mode counts with one such sample, and strictly with 20; reverse KL =
ln K − H(mode histogram), in nats. In two dimensions a perfect sampler has 98.9 % high quality: more means shrunken modes.

${table(
  ["preset", "seed", "steps", "modes", "modes ≥ 20", "high quality %", "reverse KL", "histogram JS", "steps/s"],
  withModes.map((run) => [
    link(run),
    String(run.seed),
    String(run.steps),
    `${number(run.metrics.modes, 0)} of ${modesOf(run)}`,
    number(run.metrics.modes20, 0),
    `${percent(run.metrics.highQuality)} (${percent(run.floors.highQuality)})`,
    `${number(run.metrics.reverseKl, 3)} (${number(run.floors.reverseKl, 3)})`,
    `${number(run.metrics.histogramJs, 3)} (${number(run.floors.histogramJs, 3)})`,
    number(run.stepsPerSecond, 0),
  ]),
)}

Published figures to stand beside, ten trials each; their ring has radius 1 and σ = 0.01, their networks are others:

${table(
  ["method", "ring modes", "ring HQ %", "ring reverse KL", "grid modes", "grid HQ %", "grid reverse KL"],
  PUBLISHED.map((row) => [...row]),
)}

VEEGAN's table (Srivastava et al. 2017) has very different baselines for the same data (GAN: ring 1 mode, grid 3.3).

## Other point data

${table(
  ["preset", "seed", "steps", "histogram JS", "sliced Wasserstein", "MMD", "precision", "recall", "steps/s"],
  points.map((run) => [
    link(run),
    String(run.seed),
    String(run.steps),
    `${number(run.metrics.histogramJs, 3)} (${number(run.floors.histogramJs, 3)})`,
    `${number(run.metrics.slicedWasserstein, 3)} (${number(run.floors.slicedWasserstein, 3)})`,
    `${number(run.metrics.mmd, 4)} (${number(run.floors.mmd, 4)})`,
    `${number(run.metrics.precision, 2)} (${number(run.floors.precision, 2)})`,
    `${number(run.metrics.recall, 2)} (${number(run.floors.recall, 2)})`,
    number(run.stepsPerSecond, 0),
  ]),
)}

## Images

Metrics on raw pixels of 500 samples: they rank runs of the same data, and say little across data sets.

${table(
  [
    "preset",
    "seed",
    "steps",
    "sliced Wasserstein",
    "precision",
    "recall",
    "density",
    "coverage",
    "pairwise distance ratio",
    "steps/s",
  ],
  images.map((run) => [
    link(run),
    String(run.seed),
    String(run.steps),
    `${number(run.metrics.slicedWasserstein, 3)} (${number(run.floors.slicedWasserstein, 3)})`,
    `${number(run.metrics.precision, 2)} (${number(run.floors.precision, 2)})`,
    `${number(run.metrics.recall, 2)} (${number(run.floors.recall, 2)})`,
    `${number(run.metrics.density, 2)} (${number(run.floors.density, 2)})`,
    `${number(run.metrics.coverage, 2)} (${number(run.floors.coverage, 2)})`,
    `${number(run.metrics.pairwiseDistanceRatio, 2)} (${number(run.floors.pairwiseDistanceRatio, 2)})`,
    number(run.stepsPerSecond, 1),
  ]),
)}
`;
}

const { values } = parseArgs({
  options: {
    only: { type: "string" },
    seeds: { type: "string" },
    backend: { type: "string", default: "wasm" },
    write: { type: "boolean", default: false },
  },
});
if (!values.write) {
  const ids = values.only === undefined ? PRESET_IDS : values.only.split(",").filter(isPresetId);
  if (ids.length === 0) throw new Error(`--only names no preset. Choose from: ${PRESET_IDS.join(", ")}.`);
  const seeds = (values.seeds ?? "1").split(",").map((seed) => wholeNumber("--seeds", seed, 0, 0xffffffff));
  if (!isBackend(values.backend)) throw new Error(`--backend must be one of ${BACKENDS.join(", ")}.`);
  const { report } = await startBackend(values.backend);
  for (const id of ids) for (const seed of seeds) await runOne(id, seed, report.backend);
}
writeFileSync(PAGE, page(readRuns()));
console.log(`wrote ${PAGE}`);
