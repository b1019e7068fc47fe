/** `npm run doctor`: what it keeps of a run tells the doctor what the run itself told; what it keeps in the repository is merged, not lost. */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Diagnosis, diagnosisOf, merged, readDiagnoses, writeDiagnoses } from "../../src/cli/doctor/diagnosis";
import { doctorPage } from "../../src/cli/doctor/page";
import { coursesOf, readRecording, recordRun, writeRecording } from "../../src/cli/doctor/recording";
import { startBackend } from "../../src/cli/node-backend";
import { watchRun } from "../../src/cli/watched-run";
import { isAdversarial } from "../../src/core/config";
import { type Course, diagnose } from "../../src/core/diagnosis/doctor";
import { PRESETS, type PresetId } from "../../src/core/presets";
import { courseLog } from "../helpers/doctor-course";

const folder = mkdtempSync(join(tmpdir(), "doctor-"));
beforeAll(async () => {
  await startBackend("wasm");
});
afterAll(() => rmSync(folder, { recursive: true }));

function gameOf(id: PresetId, seed: number) {
  const { config } = PRESETS[id];
  if (!isAdversarial(config)) throw new Error(`${id} plays no game`);
  return { ...config, seed };
}

const STEPS = 480;

describe("a recorded run", () => {
  it("shows the doctor what the run itself showed, and is only taken for that very run", async () => {
    const config = gameOf("vanishing-gradient", 2);
    const live: Course[] = [];
    const courseAt = courseLog(config);
    await watchRun(config, { steps: STEPS, every: STEPS / 60 }, (seen) => {
      const course = courseAt(seen);
      const { latest, standards, curves } = seen.quality;
      live.push({ ...course, quality: { latest, standards, curves } });
      return true;
    });

    writeRecording(folder, "one", await recordRun(config, STEPS));
    const kept = readRecording(folder, "one", config, STEPS);
    if (kept === null) throw new Error("it was kept");
    const again = [...coursesOf(kept)];
    expect(again.map(diagnose)).toEqual(live.map(diagnose));
    expect(again.map(({ step: _, quality, ...course }) => ({ ...course, quality: quality?.curves }))).toEqual(
      live.map(({ quality, ...course }) => ({ ...course, quality: quality?.curves })),
    );
    expect(diagnosisOf("vanishing-gradient", kept, "abc", "2030-01-01")).toMatchObject({
      preset: "vanishing-gradient",
      seed: 2,
      steps: STEPS,
      looks: 60,
      found: [{ id: "vanishing", last: STEPS }],
    });

    expect(readRecording(folder, "two", config, STEPS)).toBeNull();
    expect(readRecording(folder, "one", config, STEPS + 1)).toBeNull();
    expect(readRecording(folder, "one", { ...config, seed: 3 }, STEPS)).toBeNull();
    expect(readRecording(folder, "one", { ...config, batchSize: 7 }, STEPS)).toBeNull();
  });
});

describe("what is kept in the repository", () => {
  /** A row as of a run to its end. */
  function row(preset: PresetId, seed: number, found: Diagnosis["found"] = [], rules = "new"): Diagnosis {
    const recording = {
      steps: 0,
      looks: [],
      config: gameOf(preset, seed),
      history: { columns: [], steps: new Float64Array(), values: new Float32Array() },
      standards: { floor: {}, worst: {}, clusters: 0 },
    };
    const whole = { steps: PRESETS[preset].steps, looks: 60 };
    return { ...diagnosisOf(preset, recording, rules, "2030-01-01"), ...whole, found };
  }
  const circling = [{ id: "oscillation", times: 2, first: 1992, last: 2158 }] as const;

  it("grows run by run: a run again takes the place of the former, a changed preset's are dropped", () => {
    const path = join(folder, "runs.jsonl");
    expect(readDiagnoses(path)).toEqual([]);
    writeDiagnoses(path, merged([], [row("moons", 2), row("circles", 1, [...circling], "old"), row("moons", 1)]));
    const changed = { ...row("spiral", 1), config: "of another experiment" };
    const rows = merged([...readDiagnoses(path), changed], [row("ring-non-saturating", 3), row("circles", 1)]);
    expect(rows).toEqual([row("ring-non-saturating", 3), row("moons", 1), row("moons", 2), row("circles", 1)]);
  });

  it("becomes a page that says what is a false alarm, what was missed, and what was not run", () => {
    const rows = merged(
      [row("circles", 2, [], "old")],
      [
        row("moons", 1),
        row("moons", 2, [{ id: "equilibrium", times: 9, first: 2100, last: 4000 }]),
        { ...row("faces-32", 1), steps: 400 },
        row("circles", 1, [...circling]),
        row("mode-collapse", 1, [{ id: "collapse", times: 40, first: 1300, last: 4000 }]),
        row("mode-collapse", 2, [...circling]),
      ],
    );
    const page = doctorPage(rows, "new");
    expect(page).toContain("1 false alarm in 5 runs that are meant to work; 1 of 2 runs");
    expect(page).toMatch(/\| moons \| 4,000 \| well \| well, 2,100 \| – \| – \| – \|/);
    expect(page).toMatch(/\| faces-32 \| 1,200 \| well \(to step 400\) \| –/);
    expect(page).toMatch(/\| circles \| 4,000 \| \*\*Oscillation: 2 of 60, 1,992 to 2,158\*\* \| well \| –/);
    expect(page).toMatch(/\| mode-collapse \| .* \| Mode collapse: 40 of 60, 1,300 to 4,000 \| \*\*missed\*\*: Osc/);
    expect(page).toContain("circles (old of 2030-01-01)");
    const left = page.slice(page.indexOf("## Not run yet"));
    expect(left).toContain("ring-non-saturating, ");
    expect(left).toContain("moons (seeds 3, 4, 5)");
    expect(left).toMatch(/nothing to ask: ring-vae, mnist-vae/);
  });
});
