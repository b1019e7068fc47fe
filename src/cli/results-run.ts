/** What is kept of one run to the end: the record, its schema, its file. No training and no page. */
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import * as v from "valibot";
import { ExperimentConfigSchema } from "../core/config";
import { DATASETS } from "../core/datasets";
import type { Dataset } from "../core/datasets/types";
import { PRESET_IDS, PRESETS } from "../core/presets";

/** Other losses to run a preset with, where the lesson is the difference; the rest of the experiment is the same. */
export const TWINS = { "vanishing-gradient": "non-saturating" } as const;

const RunSchema = v.object({
  preset: v.picklist(PRESET_IDS),
  /** The loss it was run with instead of the preset's own; null for the preset itself. */
  twin: v.nullable(v.picklist(Object.values(TWINS))),
  seed: v.number(),
  backend: v.string(),
  machine: v.string(),
  steps: v.number(),
  stepsPerSecond: v.number(),
  metrics: v.record(v.string(), v.number()),
  /** The same metrics between two samples of real data. */
  floors: v.record(v.string(), v.number()),
  /** Medians of G's gradient norm over the first and the last 100 steps. */
  gradientNorm: v.object({ first: v.number(), last: v.number() }),
  config: ExperimentConfigSchema,
});
export type Run = v.InferOutput<typeof RunSchema>;

/** A run's file name without its ending: the preset's id, its seed, and the twin's loss. */
export const runName = ({ preset, seed, twin }: Pick<Run, "preset" | "seed" | "twin">): string =>
  [preset, seed, ...(twin === null ? [] : [twin])].join("-");

export function writeRun(folder: string, run: Run, picture: Uint8Array): void {
  writeFileSync(join(folder, `${runName(run)}.json`), `${JSON.stringify(run, null, 1)}\n`);
  writeFileSync(join(folder, `${runName(run)}.png`), picture);
}

/**
 * All runs of a folder, in the menu's order, seeds and twins in order.
 * @throws Error naming the file that is no run, or that was made before its preset was changed: its figures would be false
 */
export function readRuns(folder: string): Run[] {
  const runs = readdirSync(folder)
    .filter((file) => file.endsWith(".json"))
    .map((file) => {
      const { success, output, issues } = v.safeParse(RunSchema, JSON.parse(readFileSync(join(folder, file), "utf8")));
      if (!success) throw new Error(`${file} is no run: ${v.summarize(issues)} Delete it, or run its preset again.`);
      if (isStale(output))
        throw new Error(`${file} was made before its preset was changed. Run it again, or delete it.`);
      return output;
    });
  const order = (run: Run) => PRESET_IDS.indexOf(run.preset);
  return runs.sort((a, b) => order(a) - order(b) || (a.twin === b.twin ? a.seed - b.seed : a.twin === null ? -1 : 1));
}

/** The preset's configuration and steps as a run with this seed and twin has them. */
export function plannedConfig({ preset, seed, twin }: Pick<Run, "preset" | "seed" | "twin">) {
  const { config } = PRESETS[preset];
  return { ...config, seed, loss: twin ?? config.loss };
}

function isStale(run: Run): boolean {
  const [planned, made] = [plannedConfig(run), run.config].map((config) =>
    JSON.stringify(v.parse(ExperimentConfigSchema, config)),
  );
  return planned !== made || PRESETS[run.preset].steps !== run.steps;
}

export const datasetOf = (run: Run): Dataset => DATASETS[run.config.dataset];
