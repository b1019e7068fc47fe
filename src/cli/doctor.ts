/**
 * Asks the training doctor about every preset, under several seeds: what it finds in runs that are meant to work is a false alarm.
 * `npm run doctor -- [--only ID,ID] [--seeds 5] [--steps N]`. Exit code 1 where there was one. The rules: core/diagnosis/doctor.
 */
import { parseArgs } from "node:util";
import { type AdversarialConfig, isAdversarial } from "../core/config";
import { type Course, diagnose, FINDINGS, type FindingId } from "../core/diagnosis/doctor";
import { PRESET_IDS, PRESETS, type PresetId } from "../core/presets";
import { presetId, wholeNumber } from "./arguments";
import { startBackend } from "./node-backend";
import { runMain } from "./run-main";
import { watchRun } from "./watched-run";

/** Presets that are meant to fail, or whose lesson is that modes are missed. */
const ILL: readonly PresetId[] = ["mode-collapse", "vanishing-gradient", "grid-non-saturating"];
/** Looks at a run. */
const LOOKS = 60;

async function main(): Promise<boolean> {
  const { values } = parseArgs({
    options: { only: { type: "string" }, seeds: { type: "string" }, steps: { type: "string" } },
  });
  const ids = values.only?.split(",").map(presetId) ?? PRESET_IDS;
  const seeds = wholeNumber("--seeds", values.seeds ?? "5", 1, 100);

  await startBackend("wasm");
  let alarms = 0;
  for (const id of ids) {
    const { config, steps: own } = PRESETS[id];
    if (!isAdversarial(config)) continue; // nothing to ask of a model without a discriminator
    const steps = values.steps === undefined ? own : wholeNumber("--steps", values.steps, 1, 10_000_000);
    for (let seed = 1; seed <= seeds; seed++) {
      const found = await askAll({ ...config, seed }, steps);
      const bad = [...found.keys()].filter((one) => FINDINGS[one].level !== "good");
      if (bad.length > 0 && !ILL.includes(id)) alarms += 1;
      const texts = [...found].map(
        ([one, { first, last, times }]) => `${one} (${times} of ${LOOKS}, ${first} to ${last})`,
      );
      console.log(`${id}, seed ${seed}: ${texts.join(", ") || "nothing"}`);
    }
  }
  console.log(alarms === 0 ? "No false alarm." : `${alarms} runs that are meant to work were accused.`);
  return alarms === 0;
}

async function askAll(config: AdversarialConfig, steps: number) {
  const found = new Map<FindingId, { first: number; last: number; times: number }>();
  const counts: Course["counts"][number][] = [];
  const every = Math.max(1, Math.floor(steps / LOOKS));
  await watchRun(config, { steps, every }, ({ step, history, quality, judged, memory, stopped }) => {
    if (quality.counts !== null) counts.push({ step, counts: quality.counts });
    for (const { id } of diagnose({ config, curves: history.curves(), quality, counts, judged, memory, stopped })) {
      const before = found.get(id) ?? { first: step, last: step, times: 0 };
      found.set(id, { ...before, last: step, times: before.times + 1 });
    }
    return true;
  });
  return found;
}

await runMain(main);
