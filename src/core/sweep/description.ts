/** A description of many runs as JSON, for files: read, checked, written. What it describes is plan.ts. */
import * as v from "valibot";
import { singleArm } from "../arms";
import { DEFAULT_CONFIG, type ExperimentConfig } from "../config";
import { parseConfig } from "../parse-config";
import { PRESET_IDS, PRESETS } from "../presets";
import { decodeExperiment, permanentHash } from "../share";
import { isTree } from "../tree";
import { type Sweep, type SweepAxis, sweepProblems } from "./plan";
import { findSetting, sweepSettings } from "./settings";

/** What cannot be run, and why, in sentences. */
export class SweepError extends Error {
  override readonly name = "SweepError";
}

const Whole = v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(0xffffffff));

/** Steps of a run where a description names neither steps nor a preset. */
const USUAL_STEPS = 2_000;

const SweepFileSchema = v.strictObject({
  /** Where to begin: a preset's id, or a link of the page. Neither: the default experiment. */
  preset: v.exactOptional(v.picklist(PRESET_IDS)),
  link: v.exactOptional(v.string()),
  /** Settings on top of it. */
  config: v.exactOptional(v.record(v.string(), v.unknown())),
  /** Default: the preset's, otherwise 2,000. */
  steps: v.exactOptional(v.number()),
  /** So many, from 1 on, or which ones. Default: the experiment's own. */
  seeds: v.exactOptional(v.union([v.pipe(v.number(), v.integer(), v.minValue(1)), v.array(Whole)])),
  /** Values by setting: a path of the configuration, or its short name in links. */
  grid: v.exactOptional(v.record(v.string(), v.array(v.union([v.number(), v.string()])))),
});

/**
 * Reads a description of many runs.
 * @throws SweepError with sentences that say what is wrong and what could be there instead
 */
export function parseSweep(input: unknown): Sweep {
  if (!isTree(input)) throw new SweepError("The description of the runs could not be read: it is no object.");
  const { success, output, issues } = v.safeParse(SweepFileSchema, input);
  if (!success) {
    const what = issues.map((issue) => {
      const at = v.getDotPath(issue);
      return at === null ? issue.message : `${at}: ${issue.message}`;
    });
    throw new SweepError(`The description of the runs could not be read. ${what.join(" ")}`);
  }
  const base = baseOf(output);
  const usual = output.preset === undefined ? USUAL_STEPS : PRESETS[output.preset].steps;
  const { steps = usual, seeds = [base.seed], grid = {} } = output;
  const sweep: Sweep = {
    base,
    steps,
    seeds: typeof seeds === "number" ? firstSeeds(seeds) : seeds,
    axes: Object.entries(grid).map(([name, values]) => axisOf(base, name, values)),
  };
  const problems = sweepProblems(sweep);
  if (problems.length > 0) throw new SweepError(problems.join(" "));
  return sweep;
}

/** The seeds 1 to n; no more than make sense to count. */
export const firstSeeds = (count: number): readonly number[] =>
  Array.from({ length: Math.min(count, 1_000) }, (_, i) => i + 1);

function baseOf({ preset, link, config }: v.InferOutput<typeof SweepFileSchema>): ExperimentConfig {
  if (preset !== undefined && link !== undefined)
    throw new SweepError("The description names a preset and a link; one of them is enough.");
  const problems: string[] = [];
  let base: ExperimentConfig = preset === undefined ? DEFAULT_CONFIG : PRESETS[preset].config;
  if (link !== undefined) {
    const decoded = decodeExperiment(link.slice(Math.max(0, link.indexOf("#"))));
    problems.push(...decoded.problems);
    base = decoded.arms[0].config;
  }
  if (config !== undefined) {
    const parsed = parseConfig(config, base);
    problems.push(...parsed.problems);
    base = parsed.config;
  }
  if (problems.length > 0) throw new SweepError(problems.join(" "));
  return base;
}

function axisOf(base: ExperimentConfig, name: string, values: SweepAxis["values"]): SweepAxis {
  const setting = findSetting(base, name);
  if (setting !== undefined) return { setting, values };
  const known = sweepSettings(base).map(({ path }) => path);
  throw new SweepError(`This experiment has no setting “${name}”. It has: ${known.join(", ")}.`);
}

/** The description of a sweep, as `parseSweep` reads it. */
export function describeSweep({ base, steps, seeds, axes }: Sweep): object {
  return {
    link: permanentHash(singleArm(base)),
    steps,
    seeds,
    ...(axes.length === 0
      ? {}
      : { grid: Object.fromEntries(axes.map(({ setting, values }) => [setting.path, values])) }),
  };
}
