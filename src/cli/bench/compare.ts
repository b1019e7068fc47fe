/** Times every system at one work on one backend: each in a process of its own, repeats interleaved, so that what disturbs the machine disturbs all. */
import { stepFlops } from "../../core/architecture/flops";
import { PeerError, PeerProcess } from "./peer-process";
import type { Measured, Ready } from "./peer-protocol";
import { type StepRow, type SystemId, summary } from "./rows";
import { backendOf, ours, peers, type System, type Where } from "./systems";
import { WORKS, type WorkId } from "./works";

export interface CompareOptions {
  readonly repeats: number;
  /** How long one repeat of one system should take, in seconds; it has one step at least. */
  readonly seconds: number;
  /** CPU threads of a second row of ours. */
  readonly threads: number;
  /** Systems to time; "ours" is always started. */
  readonly systems: readonly SystemId[];
  readonly onProgress: (text: string) => void;
}

/** A system takes part in no further repeat after this long, so that the slowest do not hold up all: a step of some takes a minute. */
const BUDGET_MS = 30_000;

/** A system while it is being timed. */
interface Runner {
  readonly system: System;
  readonly peer: PeerProcess;
  readonly ready: Ready;
  readonly found: Measured[];
  steps: number;
  peakGflops: number;
  failure: string | null;
}

type Contestant = Runner | { readonly system: System; readonly failure: string };

const isRunner = (contestant: Contestant): contestant is Runner => "peer" in contestant;

/** @returns rows in the order: ours, ours with threads, ours eager, the others */
export async function compare(where: Where, options: CompareOptions): Promise<StepRow[]> {
  const { work } = where;
  const contestants: Contestant[] = [];
  try {
    const enter = async (system: System) => {
      options.onProgress(`${work} on ${system.backend}: starting ${nameOf(system)}`);
      const contestant = await startSystem(system);
      contestants.push(contestant);
      return contestant;
    };
    const first = await enter(ours(where, "default", 1));
    const choices = isRunner(first) ? first.ready : null;
    if (choices?.threadChoice && options.threads > 1) {
      const shared = await enter(ours(where, "default", options.threads));
      // Too little to share out: it would be the first row again.
      if (isRunner(shared) && shared.ready.threads === 1) {
        contestants.pop();
        shared.peer.quit();
      }
    }
    // Where the default is eager already, a second row would say the same.
    if (choices?.execution === "replay" && options.systems.includes("ours-eager")) await enter(ours(where, "eager", 1));
    for (const system of peers(where)) if (options.systems.includes(system.id)) await enter(system);

    const runners = contestants.filter(isRunner);
    await measurePeaks(runners);
    for (let repeat = 1; repeat <= options.repeats; repeat++) {
      options.onProgress(
        `${work} on ${backendOf(where.backend, where.driver)}: repeat ${repeat} of ${options.repeats}`,
      );
      for (const runner of runners) await oneRepeat(runner, options.seconds);
    }
    await measurePeaks(runners);
    const rows = contestants.map((contestant) => rowOf(work, contestant));
    const base = rows.find(({ system }) => system === "ours")?.msPerStep ?? null;
    return rows
      .filter(({ system }) => options.systems.includes(system))
      .map((row) => ({ ...row, timesOurs: base === null || row.msPerStep === null ? null : row.msPerStep / base }));
  } finally {
    for (const contestant of contestants) if (isRunner(contestant)) contestant.peer.quit();
  }
}

const nameOf = ({ id, threads, setting }: System) =>
  [id, threads === null ? "" : `threads: ${threads}`, setting].filter((text) => text !== "").join(", ");

async function startSystem(system: System): Promise<Contestant> {
  if ("why" in system.start) return { system, failure: system.start.why };
  const { command, args, environment } = system.start;
  try {
    const { peer, ready } = await PeerProcess.start(command, args, environment);
    return { system, peer, ready, found: [], steps: 0, peakGflops: 0, failure: null };
  } catch (error) {
    return { system, failure: reason(error) };
  }
}

async function oneRepeat(runner: Runner, seconds: number): Promise<void> {
  const last = runner.found.at(-1)?.msPerStep ?? runner.ready.warmMs;
  const spent = runner.steps * runner.found.reduce((sum, { msPerStep }) => sum + msPerStep, 0);
  if (runner.failure !== null || spent > BUDGET_MS) return;
  // The number of steps is kept after the first repeat, whose time corrects the warm-up's.
  if (runner.found.length < 2) runner.steps = Math.min(2000, Math.max(1, Math.round((1000 * seconds) / last)));
  try {
    runner.found.push(await runner.peer.measure(runner.steps));
  } catch (error) {
    runner.failure = reason(error);
  }
}

/** Before and after the repeats; the better one counts. */
async function measurePeaks(runners: readonly Runner[]): Promise<void> {
  for (const runner of runners) {
    if (runner.failure !== null || !["ours", "pytorch"].includes(runner.system.id)) continue;
    try {
      runner.peakGflops = Math.max(runner.peakGflops, await runner.peer.peak());
    } catch (error) {
      runner.failure = reason(error);
    }
  }
}

function reason(error: unknown): string {
  if (!(error instanceof PeerError)) throw error;
  return error.message;
}

function rowOf(work: WorkId, contestant: Contestant): StepRow {
  const { system } = contestant;
  const runner = isRunner(contestant) ? contestant : null;
  const found = contestant.failure === null ? (runner?.found ?? []) : [];
  const times = summary(found.map(({ msPerStep }) => msPerStep));
  const last = found.at(-1);
  const notes = [system.setting, contestant.failure ?? runner?.ready.note];
  const { config, dataShape } = WORKS[work];
  return {
    work,
    system: system.id,
    backend: system.backend,
    threads: runner?.ready.threads ?? system.threads,
    ...times,
    repeats: found.length,
    stepsPerRepeat: runner?.steps ?? 0,
    execution: runner?.ready.execution ?? null,
    timesOurs: null,
    gflops: times.msPerStep === null ? null : stepFlops(config, dataShape) / times.msPerStep / 1e6,
    peakGflops: runner !== null && runner.peakGflops > 0 ? runner.peakGflops : null,
    dispatchesPerStep: last?.dispatchesPerStep ?? null,
    submitsPerStep: last?.submitsPerStep ?? null,
    jsMsPerStep: last?.jsMsPerStep ?? null,
    gpuMsPerStep: last?.gpuMsPerStep ?? null,
    adapter: runner?.ready.adapter ?? null,
    note: notes.filter((text) => text !== undefined && text !== null && text !== "").join("; "),
  };
}
