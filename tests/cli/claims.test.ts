/**
 * The presets' lessons are promises: the real engine keeps them, from the first step to the preset's last, for the seed that
 * people open. `npm run claims` tries more seeds and longer runs.
 */
import { beforeAll, describe, expect, it } from "vitest";
import { CLAIMS, type RunPreset } from "../../src/cli/claims-table";
import { startBackend } from "../../src/cli/node-backend";
import { plannedConfig } from "../../src/cli/results-run";
import { type RunResult, runExperiment } from "../../src/cli/run-experiment";
import { PRESETS } from "../../src/core/presets";

const made = new Map<string, Promise<RunResult>>();

const run: RunPreset = (preset, arm = "A", steps = PRESETS[preset].steps) => {
  const key = `${preset} ${arm} ${steps}`;
  const { seed } = PRESETS[preset].config;
  const result = made.get(key) ?? runExperiment(plannedConfig({ preset, seed, arm }), { steps });
  made.set(key, result);
  return result;
};

describe("presets keep their promises", () => {
  beforeAll(async () => {
    await startBackend("wasm");
  });

  it.each(CLAIMS.filter(({ long }) => !long))("$preset $says", async (claim) => {
    const { kept, facts } = await claim.check(run);
    expect(kept, facts).toBe(true);
  });
});
