/** Many runs as the page has them: what was asked for, how far each is, what came of it. A store and what can be done; no React. */
import { createStore, type StoreApi } from "zustand/vanilla";
import type { RunSnapshot } from "../../core/snapshot";
import type { RunOutcome } from "../../core/sweep/outcome";
import { runsOf, type Sweep, type SweepRun } from "../../core/sweep/plan";
import { type Machine, workersFor } from "../../core/sweep/workers";
import type { RunPicture, RunState } from "../../worker/protocol-sweep";
import { notHeardYet } from "../worker-start";
import { createRunsPool, type RunEvent, type RunsPool, type RunsPoolOptions, startSweepWorker } from "./runs-pool";

export type RunStatus = "waiting" | "running" | "done" | "diverged" | "failed" | "cancelled";

export interface RunEntry {
  readonly run: SweepRun;
  readonly status: RunStatus;
  /** Training steps done. */
  readonly step: number;
  /** Of training so far. */
  readonly seconds: number;
  /** Why it failed or diverged, a sentence; null otherwise. */
  readonly reason: string | null;
  readonly outcome: RunOutcome | null;
  readonly picture: RunPicture | null;
  /** What is needed to open it where it ended; null where there was no room to keep it. */
  readonly state: RunState | null;
}

export type SweepPhase = "idle" | "running" | "paused" | "done" | "cancelled";

export interface SweepState {
  readonly sweep: Sweep | null;
  readonly phase: SweepPhase;
  readonly entries: readonly RunEntry[];
  /** Workers side by side. */
  readonly workers: number;
  /** On memory; null where there is nothing to say. */
  readonly note: string | null;
  /** Why no worker begins, and what to do; null where workers do. */
  readonly trouble: string | null;
}

export interface SweepRuns {
  readonly store: Pick<StoreApi<SweepState>, "getState" | "getInitialState" | "subscribe">;
  /** Begins the runs of a sweep, in place of those before. */
  start(sweep: Sweep): void;
  pause(): void;
  resume(): void;
  /** Ends what is not done; what is done stays. */
  cancel(): void;
  /** Starts workers anew that did not begin; where all was given up, the whole sweep. */
  askAgain(): void;
}

/** Bytes of weights and curves of finished runs that are kept to be opened; beyond, a run is opened by making it again. */
const KEPT_BYTES = 200e6;

const NOTHING: SweepState = { sweep: null, phase: "idle", entries: [], workers: 0, note: null, trouble: null };

/** @param createWorker default: the page's background worker */
export function createSweepRuns(
  machine: Machine,
  createWorker: RunsPoolOptions["createWorker"] = startSweepWorker,
): SweepRuns {
  const store = createStore<SweepState>(() => NOTHING);
  const { getState: get, setState: set } = store;
  let pool: RunsPool | null = null;

  function update(index: number, change: Partial<RunEntry>): void {
    set(({ entries }) => ({
      entries: entries.map((entry) => (entry.run.index === index ? { ...entry, ...change } : entry)),
    }));
  }

  function receive(event: RunEvent): void {
    const { index } = event;
    switch (event.type) {
      case "progress":
        update(index, { step: event.step, seconds: event.seconds });
        return;
      case "done": {
        const { outcome, picture, state } = event;
        const { steps: step, seconds, diverged: reason } = outcome;
        const status = reason === null ? "done" : "diverged";
        const kept = state !== null && keptBytes() + bytesOf(state) <= KEPT_BYTES ? state : null;
        update(index, { status, step, seconds, reason, outcome, picture, state: kept });
        break;
      }
      case "failed":
        update(index, { status: "failed", reason: event.reason });
        break;
      default:
        event satisfies never;
    }
    const over = get().entries.every(({ status }) => status !== "waiting" && status !== "running");
    if (over) end("done");
  }

  const keptBytes = () => get().entries.reduce((sum, { state }) => sum + (state === null ? 0 : bytesOf(state)), 0);

  function end(phase: "done" | "cancelled"): void {
    pool?.dispose();
    pool = null;
    set({ phase });
  }

  function start(sweep: Sweep): void {
    pool?.dispose();
    const runs = runsOf(sweep);
    const { count, note } = workersFor(sweep, machine);
    set({ sweep, phase: "running", workers: count, note, trouble: null, entries: runs.map(entryOf) });
    pool = createRunsPool(
      runs.map(({ index, config }) => ({ index, config, steps: sweep.steps })),
      {
        createWorker,
        count,
        onEvent: receive,
        onBegin: (index) => update(index, { status: "running" }),
        onLate: (late) =>
          set({ trouble: late ? notHeardYet("The program that makes runs has not arrived yet") : null }),
        onNone: (trouble) => set({ trouble }),
      },
    );
  }

  return {
    store,
    start,
    pause() {
      if (get().phase !== "running") return;
      pool?.pause();
      set({ phase: "paused" });
    },
    resume() {
      if (get().phase !== "paused") return;
      pool?.resume();
      set({ phase: "running" });
    },
    cancel() {
      if (pool === null) return;
      set(({ entries }) => ({
        entries: entries.map((entry) =>
          entry.status === "waiting" || entry.status === "running" ? { ...entry, status: "cancelled" } : entry,
        ),
      }));
      end("cancelled");
    },
    askAgain() {
      const { sweep, phase } = get();
      if (phase === "running" || phase === "paused") pool?.askAgain();
      else if (sweep !== null) start(sweep);
    },
  };
}

const entryOf = (run: SweepRun): RunEntry => {
  const nothing = { reason: null, outcome: null, picture: null, state: null };
  return { run, status: "waiting", step: 0, seconds: 0, ...nothing };
};

/** A run that ended, as the page takes runs up; null where it was not kept. */
export function runSnapshotOf({ state }: RunEntry): RunSnapshot | null {
  return state === null ? null : { arms: [{ id: "a", ...state }] };
}

function bytesOf({ snapshot, history }: RunState): number {
  const weights = snapshot.tensors.reduce((sum, { values }) => sum + values.byteLength, 0);
  return weights + history.steps.byteLength + history.values.byteLength;
}
