/**
 * Background workers that make runs side by side: hands out what waits, lets all of it rest, ends it, and notices workers that die. Which
 * runs there are and what becomes of them is sweep-runs.ts.
 */
import type { RunOrder } from "../../core/sweep/plan";
import type { SweepCommand, SweepEvent } from "../../worker/protocol-sweep";
import { type Liveness, watchWorker } from "../liveness";
import type { WorkerLike } from "../training-client";

export type RunEvent = Exclude<SweepEvent, { readonly type: "locked" | "alive" }>;

export interface RunsPoolOptions {
  /** Starts a worker that holds a Web Lock of this name. @throws where workers are not allowed */
  readonly createWorker: (name: string) => WorkerLike;
  /** Workers side by side, at most. */
  readonly count: number;
  readonly onEvent: (event: RunEvent) => void;
  /** A worker took up this run. */
  readonly onBegin: (index: number) => void;
}

export interface RunsPool {
  pause(): void;
  resume(): void;
  /** Ends all workers; what they were making is lost. */
  dispose(): void;
}

/** A run whose worker died is tried once more. */
const TRIES = 2;

interface Seat {
  readonly worker: WorkerLike;
  readonly liveness: Liveness;
  order: RunOrder | null;
  heard: boolean;
}

/** The page's background worker. */
export function startSweepWorker(name: string): WorkerLike {
  return new Worker(new URL("../../worker/sweep/sweep.worker.ts", import.meta.url), { type: "module", name });
}

/** Begins at once with the first of the orders. */
export function createRunsPool(orders: readonly RunOrder[], options: RunsPoolOptions): RunsPool {
  const waiting = [...orders];
  const tries = new Map<number, number>();
  const seats = new Set<Seat>();
  let paused = false;
  let disposed = false;

  function hire(): void {
    if (disposed || waiting.length === 0 || seats.size >= options.count) return;
    const name = `gan-playground-run-${Math.random().toString(36).slice(2)}`; // a name for a lock; no run depends on it
    let worker: WorkerLike;
    try {
      worker = options.createWorker(name);
    } catch {
      for (const { index } of waiting.splice(0)) {
        options.onEvent({ type: "failed", index, reason: "This browser does not let the page start a worker." });
      }
      return;
    }
    const liveness = watchWorker({
      lockName: name,
      ping: () => worker.postMessage({ type: "ping" } satisfies SweepCommand),
      onSilence: () => {}, // the run's progress stands still, which is seen
      onDeath: () => died(seat),
    });
    const seat: Seat = { worker, liveness, order: null, heard: false };
    seats.add(seat);
    worker.addEventListener("message", ({ data }) => seats.has(seat) && receive(seat, data as SweepEvent));
    worker.addEventListener("error", () => seats.has(seat) && died(seat));
    worker.addEventListener("messageerror", () => seats.has(seat) && died(seat));
    if (paused) worker.postMessage({ type: "pause" } satisfies SweepCommand);
    occupy(seat);
  }

  /** Gives a worker its next run, or lets it go where none waits. */
  function occupy(seat: Seat): void {
    const order = waiting.shift();
    if (order === undefined) {
      leave(seat);
      return;
    }
    seat.order = order;
    tries.set(order.index, (tries.get(order.index) ?? 0) + 1);
    options.onBegin(order.index);
    seat.worker.postMessage({ type: "run", ...order } satisfies SweepCommand);
  }

  function receive(seat: Seat, event: SweepEvent): void {
    seat.liveness.heard();
    seat.heard = true;
    if (event.type === "locked") seat.liveness.locked();
    else if (event.type !== "alive") {
      if (event.type !== "progress") seat.order = null;
      options.onEvent(event);
      if (event.type !== "progress" && seats.has(seat)) occupy(seat);
    }
  }

  function died(seat: Seat): void {
    const { order, heard } = seat;
    leave(seat);
    if (order !== null) {
      const again = (tries.get(order.index) ?? 0) < TRIES;
      if (again) waiting.push(order);
      else options.onEvent({ type: "failed", index: order.index, reason: heard ? DIED : NOT_LOADED });
    }
    hire();
  }

  function leave(seat: Seat): void {
    seats.delete(seat);
    seat.liveness.stop();
    seat.worker.terminate();
  }

  const tell = (command: SweepCommand) => {
    for (const { worker } of seats) worker.postMessage(command);
  };

  for (let i = 0; i < options.count; i++) hire();

  return {
    pause() {
      paused = true;
      tell({ type: "pause" });
    },
    resume() {
      paused = false;
      tell({ type: "resume" });
    },
    dispose() {
      disposed = true;
      for (const seat of [...seats]) leave(seat);
    },
  };
}

const DIED =
  "Its worker died twice, most often for want of memory. Smaller networks or batches, or other tabs closed, may help.";
const NOT_LOADED =
  "The worker's program could not be loaded: the connection broke, or this page was published anew. Reload the page.";
