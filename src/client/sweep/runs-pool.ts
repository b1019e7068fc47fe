/**
 * Background workers that make runs side by side: hands out what waits, lets all of it rest, ends it, and notices workers that die. Which
 * runs there are and what becomes of them is sweep-runs.ts.
 */
import type { RunOrder } from "../../core/sweep/plan";
import type { SweepCommand, SweepEvent } from "../../worker/protocol-sweep";
import { type Liveness, watchWorker } from "../liveness";
import type { WorkerLike } from "../training-client";
import { neverBegan, workerErrorText } from "../worker-start";

export type RunEvent = Exclude<SweepEvent, { readonly type: "locked" | "alive" }>;

export interface RunsPoolOptions {
  /** Starts a worker that holds a Web Lock of this name. @throws where workers are not allowed */
  readonly createWorker: (name: string) => WorkerLike;
  /** Workers side by side, at most. */
  readonly count: number;
  readonly onEvent: (event: RunEvent) => void;
  /** A worker took up this run. */
  readonly onBegin: (index: number) => void;
  /** Nothing was heard yet of a worker that should have begun long ago; false: no worker is late any more. */
  readonly onLate: (late: boolean) => void;
  /** No worker can be started, so nothing that waits will be made; `why` is for people, with what to do. */
  readonly onNone: (why: string) => void;
}

export interface RunsPool {
  pause(): void;
  resume(): void;
  /** Starts anew the workers of which nothing was heard yet. */
  askAgain(): void;
  /** Ends all workers; what they were making is lost. */
  dispose(): void;
}

/** A run whose worker died is tried once more; so is a worker that died before its program began. */
const TRIES = 2;

interface Seat {
  readonly worker: WorkerLike;
  readonly liveness: Liveness;
  order: RunOrder | null;
  heard: boolean;
  late: boolean;
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
  let late = false;
  /** Workers in a row that died before their program began. */
  let unbegun = 0;

  function hire(): void {
    if (disposed || waiting.length === 0 || seats.size >= options.count) return;
    const name = `gan-playground-run-${Math.random().toString(36).slice(2)}`; // a name for a lock; no run depends on it
    let worker: WorkerLike;
    try {
      worker = options.createWorker(name);
    } catch {
      giveUp("This browser does not let the page start a worker. Allow workers for this page, or open it in another.");
      return;
    }
    const liveness = watchWorker({
      lockName: name,
      ping: () => worker.postMessage({ type: "ping" } satisfies SweepCommand),
      onSilence(silence) {
        seat.late = silence !== null && !silence.started; // of one that had begun, its run stands still, which is seen
        tellLate();
      },
      onDeath: (why) => died(seat, why),
    });
    const seat: Seat = { worker, liveness, order: null, heard: false, late: false };
    seats.add(seat);
    worker.addEventListener("message", ({ data }) => seats.has(seat) && receive(seat, data as SweepEvent));
    worker.addEventListener("error", (event) => seats.has(seat) && died(seat, workerErrorText(event)));
    worker.addEventListener("messageerror", () => seats.has(seat) && died(seat, "a message could not be read"));
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
    unbegun = 0;
    if (event.type === "locked") seat.liveness.locked();
    else if (event.type !== "alive") {
      if (event.type !== "progress") seat.order = null;
      options.onEvent(event);
      if (event.type !== "progress" && seats.has(seat)) occupy(seat);
    }
  }

  function died(seat: Seat, why: string): void {
    const { order, heard } = seat;
    leave(seat);
    if (!heard) {
      putBack(order);
      unbegun += 1;
      // Others that live, or may still begin, take what waits.
      if (unbegun < TRIES) hire();
      else if (seats.size === 0) giveUp(neverBegan("The program that makes runs", why));
      return;
    }
    if (order !== null) {
      const again = (tries.get(order.index) ?? 0) < TRIES;
      if (again) waiting.push(order);
      else options.onEvent({ type: "failed", index: order.index, reason: DIED });
    }
    hire();
  }

  /** What a worker was given that never began waits again, first of all, as if it had never been given away. */
  function putBack(order: RunOrder | null): void {
    if (order === null) return;
    tries.set(order.index, (tries.get(order.index) ?? 1) - 1);
    waiting.unshift(order);
  }

  function giveUp(why: string): void {
    options.onNone(why);
    const reason = "No worker could be started.";
    for (const { index } of waiting.splice(0)) options.onEvent({ type: "failed", index, reason });
  }

  function tellLate(): void {
    const now = [...seats].some((seat) => seat.late);
    if (now !== late) options.onLate(now);
    late = now;
  }

  function leave(seat: Seat): void {
    seats.delete(seat);
    seat.liveness.stop();
    seat.worker.terminate();
    tellLate();
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
    askAgain() {
      for (const seat of [...seats].filter(({ heard }) => !heard)) {
        leave(seat);
        putBack(seat.order);
        hire();
      }
    },
    dispose() {
      disposed = true;
      for (const seat of [...seats]) leave(seat);
    },
  };
}

const DIED =
  "Its worker died twice, most often for want of memory. Smaller networks or batches, or other tabs closed, may help.";
