/**
 * Many runs from a terminal: reads a description, makes its runs in processes side by side, prints and writes what came of them. What is to
 * be run and what it says together are core/sweep's, as on the page.
 */
import { type ChildProcess, fork } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { availableParallelism } from "node:os";
import { fileURLToPath } from "node:url";
import { METRICS } from "../core/metrics";
import { describeSweep, parseSweep } from "../core/sweep/description";
import type { RunOutcome } from "../core/sweep/outcome";
import { cellsOf, type RunOrder, runsOf, type Sweep, type SweepRun } from "../core/sweep/plan";
import { type FinishedRun, metricOf, metricsOf, runsCsv, summarizeCells, summaryText } from "../core/sweep/summary";
import { UsageError } from "./arguments";
import type { RunReport } from "./sweep-process";

export interface SweepOptions {
  /** Processes side by side; default: the cores. */
  readonly jobs?: number;
  readonly json?: string;
  readonly csv?: string;
}

/** Makes all runs that a file describes. @returns whether every one came to its end. @throws UsageError for a file that describes none */
export async function sweepFromFile(path: string, { jobs = availableParallelism(), json, csv }: SweepOptions) {
  const sweep = readSweep(path);
  const runs = runsOf(sweep);
  const beside = Math.max(1, Math.min(jobs, runs.length));
  console.log(
    `${runs.length} runs of ${sweep.steps} steps: ${sweep.seeds.length} seeds, ${cellsOf(sweep).length} settings, ${beside} side by side`,
  );
  const finished = await makeAll(runs, sweep.steps, beside);
  console.log(table(sweep, finished));
  if (csv !== undefined) write(csv, runsCsv(sweep, finished));
  if (json !== undefined) write(json, `${JSON.stringify(report(sweep, finished), jsonNumbers)}\n`);
  return finished.every(({ outcome }) => outcome?.diverged === null);
}

function readSweep(path: string): Sweep {
  let input: unknown;
  try {
    input = JSON.parse(readFileSync(path, "utf8"));
  } catch (error) {
    throw new UsageError(`${path} could not be read as JSON (${error instanceof Error ? error.message : error}).`);
  }
  try {
    return parseSweep(input);
  } catch (error) {
    throw new UsageError(`${path}: ${error instanceof Error ? error.message : error}`);
  }
}

async function makeAll(runs: readonly SweepRun[], steps: number, jobs: number): Promise<readonly FinishedRun[]> {
  const outcomes = new Map<number, RunOutcome>();
  const waiting = [...runs];
  const say = (run: SweepRun, text: string) => {
    const name = run.cell.name === "" ? "" : `, ${run.cell.name}`;
    process.stderr.write(
      `[${outcomes.size} of ${runs.length}] run ${run.index + 1}, seed ${run.seed}${name}: ${text}\n`,
    );
  };
  await Promise.all(Array.from({ length: jobs }, () => worker()));
  return runs.map((run) => ({ run, outcome: outcomes.get(run.index) ?? null }));

  async function worker(): Promise<void> {
    const child = fork(fileURLToPath(new URL("./sweep-process.ts", import.meta.url)), { serialization: "advanced" });
    try {
      for (let run = waiting.shift(); run !== undefined; run = waiting.shift()) {
        const made = await makeOne(child, { index: run.index, config: run.config, steps });
        if (typeof made === "string") {
          say(run, made);
          if (child.exitCode !== null || child.signalCode !== null) return worker(); // another process takes the rest
          continue;
        }
        outcomes.set(run.index, made);
        say(run, made.diverged ?? `${made.steps} steps in ${made.seconds.toFixed(1)} s`);
      }
    } finally {
      child.kill();
    }
  }
}

/** @returns the outcome, or why there is none */
function makeOne(child: ChildProcess, order: RunOrder): Promise<RunOutcome | string> {
  return new Promise((resolve) => {
    const end = (result: RunOutcome | string) => {
      child.off("message", hear).off("exit", gone);
      resolve(result);
    };
    const hear = (report: RunReport) => {
      if (report.type === "done") end(report.outcome);
      else if (report.type === "failed") end(report.reason);
    };
    const gone = () =>
      end("Its process ended before the run did, most often for want of memory. Fewer --jobs may help.");
    child.on("message", hear).on("exit", gone);
    child.send(order);
  });
}

/** A row for each cell: how many runs ended early, their time, and every metric as mean ± standard deviation. */
function table(sweep: Sweep, finished: readonly FinishedRun[]): string {
  const ids = metricsOf(finished);
  const head = ["settings", "runs", "diverged", "seconds", ...ids];
  const rows = summarizeCells(cellsOf(sweep), finished).map((summary) => [
    summary.cell.name === "" ? "all seeds" : summary.cell.name,
    String(summary.finished),
    String(summary.diverged),
    summaryText(summary.seconds),
    ...ids.map((id) => summaryText(metricOf(summary, id))),
  ]);
  const all = [head, ...rows];
  const widths = head.map((_, i) => Math.max(...all.map((row) => row[i]?.length ?? 0)));
  const lines = all.map((row) =>
    row
      .map((text, i) => text.padEnd(widths[i] ?? 0))
      .join("  ")
      .trimEnd(),
  );
  const words = ids.map((id) => `  ${id}: ${METRICS[id].name}`);
  return [...lines, "", "mean ± standard deviation over the seeds that came to their end", ...words].join("\n");
}

function report(sweep: Sweep, finished: readonly FinishedRun[]) {
  return {
    sweep: describeSweep(sweep),
    cells: summarizeCells(cellsOf(sweep), finished).map(({ cell, metrics, ...rest }) => ({
      values: Object.fromEntries(sweep.axes.map(({ setting }, i) => [setting.path, cell.values[i]])),
      ...rest,
      metrics: Object.fromEntries(metrics),
    })),
    runs: finished.map(({ run, outcome }) => ({
      seed: run.seed,
      values: Object.fromEntries(sweep.axes.map(({ setting }, i) => [setting.path, run.cell.values[i]])),
      ...(outcome === null ? { diverged: "not made" } : outcome),
    })),
  };
}

/** JSON has no NaN and no typed arrays. */
function jsonNumbers(_: string, value: unknown): unknown {
  if (value instanceof Float32Array || value instanceof Float64Array) return [...value];
  return typeof value === "number" && !Number.isFinite(value) ? null : value;
}

function write(path: string, content: string): void {
  writeFileSync(path, content);
  console.log(`wrote ${path}`);
}
