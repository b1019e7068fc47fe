/**
 * Asks the training doctor about every preset, under several seeds: what it finds in runs that are meant to work is a false alarm.
 * `npm run doctor -- [--only ID,ID] [--seeds 1,2,3,4,5] [--steps N] [--record FOLDER] [--recorded] [--write]`. Exit code 1 where it
 * was wrong. A run is trained once and kept in the folder; --recorded asks only what was kept, --write puts the answers into
 * docs/DOCTOR.md. The rules: core/diagnosis/doctor.
 */
import { mkdirSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import { parseArgs } from "node:util";
import { isAdversarial } from "../core/config";
import { PRESET_IDS, PRESETS } from "../core/presets";
import { presetId, UsageError, wholeNumber } from "./arguments";
import {
  type Diagnosis,
  diagnosisOf,
  diagnosisText,
  isRight,
  merged,
  readDiagnoses,
  rulesHash,
  writeDiagnoses,
} from "./doctor/diagnosis";
import { doctorPage } from "./doctor/page";
import { readRecording, recordRun, writeRecording } from "./doctor/recording";
import { startBackend } from "./node-backend";
import { runMain } from "./run-main";

const RULES = "src/core/diagnosis/doctor";
const ROWS = "docs/doctor/runs.jsonl";
const PAGE = "docs/DOCTOR.md";

async function main(): Promise<boolean> {
  const { values } = parseArgs({
    options: {
      only: { type: "string" },
      seeds: { type: "string", default: "1,2,3,4,5" },
      steps: { type: "string" },
      record: { type: "string", default: ".cache/doctor" },
      recorded: { type: "boolean", default: false },
      write: { type: "boolean", default: false },
    },
  });
  const ids = values.only?.split(",").map(presetId) ?? PRESET_IDS;
  const seeds = values.seeds.split(",").map((seed) => wholeNumber("--seeds", seed, 0, 0xffffffff));
  if (values.write && values.steps !== undefined)
    throw new UsageError("--write is of whole runs: leave --steps away, a preset's own are taken then.");
  const rules = rulesHash(RULES);
  const date = new Date().toISOString().slice(0, 10);
  let started = false;

  const diagnoses: Diagnosis[] = [];
  for (const id of ids) {
    const { config: own, steps: all } = PRESETS[id];
    if (!isAdversarial(own)) continue; // nothing to ask of a model without a discriminator
    const steps = values.steps === undefined ? all : wholeNumber("--steps", values.steps, 1, 10_000_000);
    for (const seed of seeds) {
      const config = { ...own, seed };
      let recording = readRecording(values.record, `${id}-${seed}`, config, steps);
      if (recording === null) {
        if (values.recorded) continue;
        if (!started) await startBackend("wasm");
        started = true;
        recording = await recordRun(config, steps);
        writeRecording(values.record, `${id}-${seed}`, recording);
      }
      const diagnosis = diagnosisOf(id, recording, rules, date);
      diagnoses.push(diagnosis);
      console.log(`${isRight(diagnosis) ? "right" : "WRONG"} ${id}, seed ${seed}: ${diagnosisText(diagnosis)}`);
    }
  }
  if (values.write) {
    mkdirSync(dirname(ROWS), { recursive: true });
    const rows = merged(readDiagnoses(ROWS), diagnoses);
    writeDiagnoses(ROWS, rows);
    writeFileSync(PAGE, doctorPage(rows, rules));
    console.log(`wrote ${PAGE}`);
  }
  const wrong = diagnoses.filter((one) => !isRight(one)).length;
  console.log(
    wrong === 0 ? `Right about ${diagnoses.length} runs.` : `Wrong about ${wrong} of ${diagnoses.length} runs.`,
  );
  return wrong === 0;
}

await runMain(main);
