/** What the doctor made of one run, as it is kept in the repository; how such rows are merged. No training, no page. */
import { createHash } from "node:crypto";
import { existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import * as v from "valibot";
import { diagnose, FINDING_IDS, FINDINGS, type FindingId } from "../../core/diagnosis/doctor";
import { canonical, PRESET_IDS, PRESETS, type PresetId } from "../../core/presets";
import { coursesOf, type Recording } from "./recording";

const FoundSchema = v.object({
  id: v.picklist(FINDING_IDS),
  /** Looks at which it held, and the steps of the first and the last of them. */
  times: v.number(),
  first: v.number(),
  last: v.number(),
});

const DiagnosisSchema = v.object({
  preset: v.picklist(PRESET_IDS),
  seed: v.number(),
  /** How far the run came, and at how many moments it was looked at. */
  steps: v.number(),
  looks: v.number(),
  found: v.array(FoundSchema),
  /** Which rules judged, and when: hash of their files, date. */
  rules: v.string(),
  date: v.string(),
  /** Hash of the experiment: a preset that was changed has to be run again. */
  config: v.string(),
});
export type Diagnosis = v.InferOutput<typeof DiagnosisSchema>;

/**
 * What the doctor should find in the presets whose lesson is a failure, any one of these; every other preset is meant to work.
 */
export const MEANT_TO_FAIL: Partial<Record<PresetId, readonly FindingId[]>> = {
  "vanishing-gradient": ["vanishing"],
  "mode-collapse": ["collapse"],
  "grid-non-saturating": ["collapse", "oscillation"],
};

/** What holds of a recorded run, by the rules as they are now. */
export function diagnosisOf(preset: PresetId, recording: Recording, rules: string, date: string): Diagnosis {
  const found = new Map<FindingId, { first: number; last: number; times: number }>();
  let [steps, looks] = [0, 0];
  for (const course of coursesOf(recording)) {
    steps = course.step;
    looks += 1;
    for (const { id } of diagnose(course)) {
      const before = found.get(id) ?? { first: steps, last: steps, times: 0 };
      found.set(id, { ...before, last: steps, times: before.times + 1 });
    }
  }
  const rows = [...found].map(([id, seen]) => ({ id, ...seen }));
  const config = configHash(preset);
  return { preset, seed: recording.config.seed, steps, looks, found: rows, rules, date, config };
}

/** What a run was accused of: everything but good news. */
export const accusations = ({ found }: Pick<Diagnosis, "found">) =>
  found.filter(({ id }) => FINDINGS[id].level !== "good");

/** Whether the doctor was right: no accusation where the preset is meant to work, the right one where it is not. */
export function isRight(diagnosis: Diagnosis): boolean {
  const expected = MEANT_TO_FAIL[diagnosis.preset];
  const accused = accusations(diagnosis);
  return expected === undefined ? accused.length === 0 : accused.some(({ id }) => expected.includes(id));
}

/** In a few words: "oscillation (2 of 60 looks, step 1992 to 2158)". */
export function diagnosisText({ found, looks }: Pick<Diagnosis, "found" | "looks">): string {
  const texts = found.map(
    ({ id, times, first, last }) => `${id} (${times} of ${looks} looks, step ${first} to ${last})`,
  );
  return texts.join(", ") || "nothing";
}

/** The rows of a file and new ones: a new one takes the place of the old one of its preset and seed; in the presets' order. */
export function merged(before: readonly Diagnosis[], added: readonly Diagnosis[]): Diagnosis[] {
  const key = ({ preset, seed }: Diagnosis) => `${preset} ${seed}`;
  const rows = new Map([...before, ...added].map((row) => [key(row), row]));
  const place = ({ preset }: Diagnosis) => PRESET_IDS.indexOf(preset);
  return [...rows.values()].filter(isCurrent).sort((a, b) => place(a) - place(b) || a.seed - b.seed);
}

/** Whether the preset is still the experiment that was run. */
const isCurrent = ({ preset, config }: Diagnosis) => configHash(preset) === config;

const configHash = (preset: PresetId) => shortHash(`${canonical(PRESETS[preset].config)} ${PRESETS[preset].steps}`);

const shortHash = (text: string) => createHash("sha256").update(text).digest("hex").slice(0, 8);

/** Which rules these are: a hash of their files. */
export function rulesHash(folder: string): string {
  const files = readdirSync(folder).sort();
  return shortHash(files.map((file) => readFileSync(join(folder, file), "utf8")).join("\n"));
}

/** @throws Error naming the line that is something else */
export function readDiagnoses(path: string): Diagnosis[] {
  if (!existsSync(path)) return [];
  const lines = readFileSync(path, "utf8").trim().split("\n");
  return lines.map((line, i) => {
    const { success, output, issues } = v.safeParse(DiagnosisSchema, JSON.parse(line));
    if (!success) throw new Error(`Line ${i + 1} of ${path} is no diagnosis: ${v.summarize(issues)}`);
    return output;
  });
}

/** A line a run (JSON Lines), so that what two people add can be merged. */
export function writeDiagnoses(path: string, rows: readonly Diagnosis[]): void {
  writeFileSync(path, rows.map((row) => `${JSON.stringify(row)}\n`).join(""));
}
