/**
 * `npm run claims [-- --only ID,ID] [--seeds 1,2,3,4,5] [--threads N] [--long]`: tries what the presets' lessons promise,
 * seed by seed, and fails where a promise is kept for fewer than four of five seeds. What is promised: claims-table.ts.
 */
import { parseArgs } from "node:util";
import { PRESETS, type PresetId } from "../core/presets";
import { presetId, UsageError, wholeNumber } from "./arguments";
import { CLAIMS, type Claim, type RunPreset } from "./claims-table";
import { startBackend } from "./node-backend";
import { plannedConfig } from "./results-run";
import { type RunResult, runExperiment } from "./run-experiment";
import { runMain } from "./run-main";

/** A promise holds when at least this share of seeds keeps it. */
const KEPT_SHARE = 0.8;

/** Runs of one seed, each made once. */
function runsOf(seed: number, threads: { readonly threads?: number }): RunPreset {
  const made = new Map<string, Promise<RunResult>>();
  return (preset: PresetId, arm = "A", steps = PRESETS[preset].steps) => {
    const key = `${preset} ${arm} ${steps}`;
    const known = made.get(key) ?? runExperiment(plannedConfig({ preset, seed, arm }), { steps, ...threads });
    made.set(key, known);
    return known;
  };
}

async function tryClaims(
  claims: readonly Claim[],
  seeds: readonly number[],
  threads: { readonly threads?: number },
): Promise<boolean> {
  const kept = new Map<Claim, number>(claims.map((claim) => [claim, 0]));
  for (const seed of seeds) {
    const run = runsOf(seed, threads);
    for (const claim of claims) {
      const verdict = await claim.check(run);
      if (verdict.kept) kept.set(claim, (kept.get(claim) ?? 0) + 1);
      console.log(
        `${verdict.kept ? "kept  " : "BROKEN"} seed ${seed}  ${claim.preset} ${claim.says}: ${verdict.facts}`,
      );
    }
  }
  console.log();
  let all = true;
  for (const [claim, count] of kept) {
    const holds = count >= KEPT_SHARE * seeds.length;
    all &&= holds;
    console.log(`${holds ? "holds " : "FAILS "} ${count} of ${seeds.length}  ${claim.preset} ${claim.says}`);
  }
  return all;
}

async function main(): Promise<boolean> {
  const { values } = parseArgs({
    options: {
      only: { type: "string" },
      seeds: { type: "string", default: "1,2,3,4,5" },
      threads: { type: "string" },
      long: { type: "boolean", default: false },
    },
  });
  const ids = values.only?.split(",").map(presetId);
  const claims = CLAIMS.filter(({ preset, long }) => (ids?.includes(preset) ?? true) && (values.long || !long));
  if (claims.length === 0) throw new UsageError("These presets promise nothing that could be tried here.");
  const seeds = values.seeds.split(",").map((seed) => wholeNumber("--seeds", seed, 0, 0xffffffff));
  const threads = values.threads === undefined ? {} : { threads: wholeNumber("--threads", values.threads, 1, 16) };
  await startBackend("wasm");
  return tryClaims(claims, seeds, threads);
}

await runMain(main);
