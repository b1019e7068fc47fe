/** The benchmark command on its smallest work: that it runs every system and says what the issue asks for. Nothing timed. */
import { execFileSync, spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { markdownReport } from "../../src/cli/bench/report";
import { isStepRow, median, quantile, type Row, type StepRow, summary } from "../../src/cli/bench/rows";
import { judgeTargets } from "../../src/cli/bench/targets";
import { coresOf, pageTasks, tracedThreads } from "../../src/cli/bench/trace";
import { lavapipeEnvironment } from "../../src/cli/lavapipe";

const folder = mkdtempSync(join(tmpdir(), "bench-"));
afterAll(() => rmSync(folder, { recursive: true }));

const run = (...args: string[]) => spawnSync(process.execPath, ["--import", "tsx", "src/cli/bench.ts", ...args]);

describe("npm run bench -- --only 2d", () => {
  it("times every system and writes its JSON", () => {
    const file = join(folder, "bench.json");
    const args = ["--only", "2d", "--backend", "wasm", "--repeats", "2", "--seconds", "0.02", "--json", file];
    const output = execFileSync(process.execPath, ["--import", "tsx", "src/cli/bench.ts", ...args], {
      encoding: "utf8",
      stdio: ["ignore", "pipe", "ignore"],
    });
    const { machine, rows }: { machine: { cores: number }; rows: Row[] } = JSON.parse(readFileSync(file, "utf8"));
    expect(machine.cores).toBeGreaterThan(0);
    for (const system of ["ours", "ours-eager", "tfjs", "jax-js"] as const) {
      expect(output).toContain(system);
      const row = rows.find((one) => one.system === system && one.backend === "wasm");
      if (row === undefined || !isStepRow(row)) throw new Error(`no row of ${system}`);
      expect(row).toMatchObject({ work: "2d", threads: 1, repeats: 2 });
      expect(row.msPerStep).toBeGreaterThan(0);
      expect(row.spread).toBeGreaterThanOrEqual(0);
      expect(row.gflops).toBeGreaterThan(0);
    }
    expect(rows.find(({ system }) => system === "ours")).toMatchObject({ timesOurs: 1, execution: "replay" });
    // Where PyTorch is absent its rows say so.
    const pytorch = rows.filter(({ system }) => system === "pytorch");
    expect(pytorch.map(({ threads }) => threads)).toEqual([1, 2, 2]);
    expect(pytorch.filter(({ note }) => note.startsWith("OPENBLAS_NUM_THREADS=1"))).toHaveLength(1);
    for (const row of pytorch) if (row.msPerStep === null) expect(row.note).toMatch(/PyTorch is absent/);
  });

  it("refuses what it does not know, with what it does", () => {
    const { status, stderr } = run("--only", "3d");
    expect(status).toBe(2);
    expect(String(stderr)).toContain('has no "3d". Choose from: default, 2d, mlp');
  });
});

describe("lavapipe", () => {
  it("is there, as a driver that says which library it stands in front of, or there is a sentence", () => {
    const found = lavapipeEnvironment();
    if ("why" in found) return expect(found.why).toMatch(/^[A-Z/l].+\.$/);
    const { VK_ICD_FILENAMES = "", LAVAPIPE_LIBRARY = "" } = found.environment;
    const { ICD } = JSON.parse(readFileSync(VK_ICD_FILENAMES, "utf8"));
    expect(existsSync(ICD.library_path)).toBe(true);
    expect(LAVAPIPE_LIBRARY).toMatch(/libvulkan_lvp/);
  });
});

describe("statistics", () => {
  it("takes the middle, and the nearest rank of a percentile", () => {
    expect(median([3, 1, 2])).toBe(2);
    expect(median([4, 1, 2, 3])).toBe(2.5);
    expect(
      quantile(
        Array.from({ length: 100 }, (_, i) => i + 1),
        0.95,
      ),
    ).toBe(95);
    expect(summary([2, 5, 3])).toEqual({ msPerStep: 3, spread: 3, min: 2, max: 5 });
    expect(summary([])).toEqual({ msPerStep: null, spread: null, min: null, max: null });
  });
});

describe("pageTasks", () => {
  it("takes the tasks of the busiest main thread and of no other", () => {
    const name = (pid: number, tid: number, text: string) => ({ name: "thread_name", pid, tid, args: { name: text } });
    const task = (pid: number, tid: number, dur: number) => ({ name: "RunTask", pid, tid, dur });
    const traceEvents = [
      name(1, 1, "CrRendererMain"),
      name(1, 2, "DedicatedWorker thread"),
      name(2, 1, "CrRendererMain"),
      task(1, 1, 4000),
      task(1, 2, 90_000),
      task(2, 1, 100),
      task(1, 1, 12_000),
      { name: "Paint", pid: 1, tid: 1, dur: 99_000 },
    ];
    const threads = tracedThreads(JSON.stringify({ traceEvents }));
    expect(pageTasks(threads)).toEqual([
      { ms: 4, cpuMs: 4 },
      { ms: 12, cpuMs: 12 },
    ]);
    const { workerCores, pageCores, otherCores } = coresOf(threads, 0.1);
    expect(workerCores).toBeCloseTo(0.9);
    expect(pageCores).toBeCloseTo(0.161);
    expect(otherCores).toBe(0);
  });
});

describe("judgeTargets", () => {
  const row = (system: StepRow["system"], backend: string, threads: number | null, msPerStep: number): StepRow => ({
    work: "mlp",
    system,
    backend,
    threads,
    ...summary([msPerStep]),
    note: "",
    repeats: 1,
    stepsPerRepeat: 1,
    execution: null,
    timesOurs: null,
    gflops: null,
    peakGflops: null,
    dispatchesPerStep: null,
    submitsPerStep: null,
    jsMsPerStep: null,
    gpuMsPerStep: null,
    adapter: null,
  });
  const rows = [
    row("ours", "wasm", 1, 100),
    row("ours", "wasm", 2, 60),
    row("tfjs", "wasm", 1, 1700),
    row("pytorch", "cpu", 1, 66),
    row("pytorch", "cpu", 2, 70),
  ];

  it("compares one thread with stock and the best with PyTorch's best", () => {
    const results = new Map(judgeTargets(rows).map((one) => [one.what, one]));
    expect(results.get("784 net, wasm, one thread, against stock TensorFlow.js")).toMatchObject({
      figure: "17.0 ×",
      outcome: "reached",
      hopeOutcome: "not reached",
    });
    expect(results.get("784 net, wasm, threads, against PyTorch's best")).toMatchObject({
      figure: "1.10 ×",
      outcome: "not reached",
    });
    expect(results.get("2-64-64-2, wasm, against stock TensorFlow.js")?.outcome).toBe("not measured");
  });

  it("goes into the page that the command writes", () => {
    const machine = {
      cpu: "a processor",
      ceiling: { one: 50, all: 98.5 },
      cores: 2,
      memoryGigabytes: 8,
      system: "linux",
      node: "v20",
      webgpu: "none",
      webgpuHardware: false,
      date: "2026-01-02",
    };
    const page = markdownReport(machine, rows, [], {
      turns: 2,
      on: { taskMs95: 12, taskCpuMs95: 10, longestTaskMs: 61, longestTaskCpuMs: 40, longTasks: 1 },
      off: { taskMs95: 8, taskCpuMs95: 7, longestTaskMs: 31, longestTaskCpuMs: 20, longTasks: 0 },
      rateShare: 0.9,
      rateShares: [0.88, 0.92],
      scrubSteps: 10_004,
      scrubs: 40,
      scrubMs: 31,
      scrubMs95: 72,
    });
    expect(page).toContain("- Training with every layer on: 90 % of what it is with all off (owed: 80 %)");
    expect(page).toContain("| 784 net, wasm, one thread, against stock TensorFlow.js | ≥ 15 × | 17.0 × | reached |");
    expect(page).toContain("2026-01-02");
    expect(page).toContain("a processor (128-bit multiply-adds: 50.0 GFLOP/s on one, 98.5 on all)");
  });
});
