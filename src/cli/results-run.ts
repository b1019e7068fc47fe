/** What is kept of one run to the end: the record, its schema, its file. No training and no page. */
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import * as v from "valibot";
import type { ExperimentConfig } from "../core/config";
import { datasetOf as datasetOfId } from "../core/datasets";
import type { Dataset } from "../core/datasets/types";
import { parseConfig } from "../core/parse-config";
import { canonical, PRESET_IDS, PRESETS, type PresetId } from "../core/presets";

/** A: the preset's own experiment; B: the one it is compared with, where it brings one. */
export const ARMS = ["A", "B"] as const;
export type Arm = (typeof ARMS)[number];

const RunSchema = v.object({
  preset: v.picklist(PRESET_IDS),
  arm: v.picklist(ARMS),
  seed: v.number(),
  backend: v.string(),
  machine: v.string(),
  steps: v.number(),
  stepsPerSecond: v.number(),
  metrics: v.record(v.string(), v.number()),
  /** The same metrics between two samples of real data. */
  floors: v.record(v.string(), v.number()),
  /** What metrics on features were read with, where the data has a classifier: its accuracy, and the images of a side. */
  classifier: v.exactOptional(v.nullable(v.object({ accuracy: v.number(), samples: v.number() }))),
  /** Metrics on features on the way there. */
  along: v.exactOptional(v.array(v.object({ step: v.number(), metrics: v.record(v.string(), v.number()) }))),
  /** Medians of G's gradient norm over the first and the last 100 steps, where there is a G. */
  gradientNorm: v.exactOptional(v.object({ first: v.number(), last: v.number() })),
  config: v.unknown(),
});
export type Run = Omit<v.InferOutput<typeof RunSchema>, "config"> & { readonly config: ExperimentConfig };

/** Which run: what is known of it before it is made. */
export type Plan = Pick<Run, "preset" | "seed" | "arm">;

/** A run's file name without its ending: the preset's id, its seed, and the arm where it is the second. */
export const runName = ({ preset, seed, arm }: Plan): string => `${preset}-${seed}${arm === "A" ? "" : `-${arm}`}`;

/** The preset whose samples are shown beside the training images nearest to them. */
export const WITH_NEIGHBOURS: PresetId = "faces-dcgan";

/** The file of that picture. */
export const neighboursName = (plan: Plan): string => `${runName(plan)}-neighbours.png`;

export function writeRun(folder: string, run: Run, picture: Uint8Array): void {
  writeFileSync(join(folder, `${runName(run)}.json`), `${JSON.stringify(run, null, 1)}\n`);
  writeFileSync(join(folder, `${runName(run)}.png`), picture);
}

/**
 * All runs of a folder, in the presets' order, seeds and arms in order.
 * @throws Error naming the file that is no run, or that was made before its preset was changed: its figures would be false
 */
export function readRuns(folder: string): Run[] {
  const runs = readdirSync(folder)
    .filter((file) => file.endsWith(".json"))
    .map((file) => {
      const { success, output, issues } = v.safeParse(RunSchema, JSON.parse(readFileSync(join(folder, file), "utf8")));
      if (!success) throw new Error(`${file} is no run: ${v.summarize(issues)} Delete it, or run its preset again.`);
      const { config, problems } = parseConfig(output.config);
      const run: Run = { ...output, config };
      if (problems.length > 0 || isStale(run))
        throw new Error(`${file} was made before its preset was changed. Run it again, or delete it.`);
      return run;
    });
  const order = (run: Run) => PRESET_IDS.indexOf(run.preset);
  return runs.sort((a, b) => order(a) - order(b) || a.arm.localeCompare(b.arm) || a.seed - b.seed);
}

/** The configuration of a run. @throws Error for an arm that the preset does not have */
export function plannedConfig({ preset, seed, arm }: Plan): ExperimentConfig {
  const { config, comparison } = PRESETS[preset];
  const own = arm === "A" ? config : comparison;
  if (own === undefined) throw new Error(`${preset} compares nothing, so it has no arm ${arm}.`);
  return { ...own, seed };
}

function isStale(run: Run): boolean {
  if (run.arm === "B" && PRESETS[run.preset].comparison === undefined) return true;
  const [planned, made] = [plannedConfig(run), run.config];
  const same = canonical(planned) === canonical(made) && planned.seed === made.seed;
  return !same || PRESETS[run.preset].steps !== run.steps;
}

export const datasetOf = (run: Run): Dataset => datasetOfId(run.config.dataset);
