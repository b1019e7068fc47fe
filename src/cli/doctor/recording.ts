/**
 * A run as the doctor saw it, kept in a file: whoever changes a rule asks it again without training again. No judging (core's
 * diagnosis), no page.
 */
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { deserialize, serialize } from "node:v8";
import { gunzipSync, gzipSync } from "node:zlib";
import type { AdversarialConfig } from "../../core/config";
import type { Course } from "../../core/diagnosis/doctor";
import { History } from "../../core/history";
import { canonical } from "../../core/presets";
import { QualityLog } from "../../core/quality/log";
import { type MeasureValues, measuresFor, type Standards } from "../../core/quality/measures";
import { copyRows, type StepTable } from "../../core/step-table";
import { type Watched, watchRun } from "../watched-run";

/** What was seen at one look and is not in the curves. */
interface Look extends Pick<Course, "memory" | "stopped"> {
  readonly step: number;
  readonly latest: MeasureValues;
  readonly counts: readonly number[] | null;
  readonly judged: number;
}

export interface Recording {
  readonly config: AdversarialConfig;
  /** Steps that were asked for; the last look says how far it came. */
  readonly steps: number;
  /** The readings of every step. */
  readonly history: StepTable;
  readonly standards: Standards;
  readonly looks: readonly Look[];
}

/** Looks at a run. */
export const LOOKS = 60;

/** Trains on the running backend and records LOOKS looks. @throws Error where the run is shorter than one look */
export async function recordRun(config: AdversarialConfig, steps: number): Promise<Recording> {
  const looks: Look[] = [];
  let last: Watched | undefined;
  await watchRun(config, { steps, every: Math.max(1, Math.floor(steps / LOOKS)) }, (seen) => {
    const { step, quality, judged, memory, stopped } = seen;
    looks.push({ step, latest: quality.latest, counts: quality.counts, judged, memory, stopped });
    last = seen;
    return true;
  });
  if (last === undefined) throw new Error("The run was never looked at.");
  return { config, steps, history: last.history.full(), standards: last.quality.standards, looks };
}

/** What the doctor was shown at each look, in order. */
export function* coursesOf({ config, history, standards, looks }: Recording): Generator<Course & { step: number }> {
  const width = history.columns.length;
  const rows = new History(history.columns);
  const log = new QualityLog(measuresFor(config.dataset));
  const counts: Course["counts"][number][] = [];
  const opinions: Course["judged"][number][] = [];
  let row = 0;
  for (const { step, latest, counts: now, judged, memory, stopped } of looks) {
    for (; row < history.steps.length && (history.steps[row] ?? 0) <= step; row++) {
      rows.append(history.steps[row] ?? 0, history.values.subarray(row * width, (row + 1) * width));
    }
    log.append(step, latest);
    if (now !== null) counts.push({ step, counts: now });
    opinions.push({ step, probability: judged });
    const quality = { step, latest, standards, curves: log.all() };
    yield { step, config, curves: rows.curves(), quality, counts: [...counts], judged: [...opinions], memory, stopped };
  }
}

const fileOf = (folder: string, name: string) => join(folder, `${name}.bin.gz`);

export function writeRecording(folder: string, name: string, recording: Recording): void {
  mkdirSync(folder, { recursive: true });
  const { history, ...rest } = recording;
  // Copied, so that a table that shares its memory with others does not take all of it along.
  const plain = { ...rest, history: copyRows(history, 0, history.steps.length) };
  writeFileSync(fileOf(folder, name), gzipSync(serialize(plain)));
}

/** What was recorded under a name; null where nothing was, or of another experiment or fewer steps. */
export function readRecording(
  folder: string,
  name: string,
  config: AdversarialConfig,
  steps: number,
): Recording | null {
  const file = fileOf(folder, name);
  if (!existsSync(file)) return null;
  const kept: Recording = deserialize(gunzipSync(readFileSync(file)));
  const same = canonical(kept.config) === canonical(config) && kept.config.seed === config.seed;
  return same && kept.steps === steps ? kept : null;
}
