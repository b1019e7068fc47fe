/**
 * The threads that share the work of a replayed step on the CPU: this one and helpers, on a memory and a build of the kernel module of their
 * own, since TensorFlow.js's memory is not shared. All trainers of a worker use the same helpers, one step at a time.
 * What a step's parts are is decided in replay/wasm/split.ts.
 */
import type { Arithmetic } from "../../core/device";
import { explainError } from "../../core/errors";
import type { KernelExports } from "../kernels/wasm/exports";
import type { TileRows } from "../kernels/wasm/tile";
import { BARRIER, CONTROL, PATIENCE, SLOT } from "./control";
import { NoThreads, openShared, type Shared, sleep } from "./shared";
import { type Helper, startHelper } from "./start";

/** Milliseconds until helpers that have not started are given up. */
const START_LIMIT_MS = 15_000;

/** A call with numbers for arguments; null is a barrier. */
export type PlannedCall = { readonly name: keyof KernelExports; readonly args: readonly number[] } | null;

/** The lists of calls of one step, one a thread, in the shared memory. */
export interface PublishedPlan {
  /** Those that walk it; 1 is a helper by itself. */
  readonly threads: number;
  readonly address: number;
  readonly number: number;
}

/** A plan that a helper walks while this thread goes on. */
export interface Job {
  readonly plan: PublishedPlan;
  readonly tile: TileRows;
  state: "waiting" | "walked" | "done" | "lost";
}

/** Looks at a job that is walked until the helper is given up: some seconds of a thread that looks every few milliseconds. */
const MOST_LOOKS = 2000;

export type PoolState =
  | { readonly is: "starting" }
  | { readonly is: "ready" }
  /** `why` is the end of a sentence. */
  | { readonly is: "failed"; readonly why: string };

/** A step that the helpers left before its end: what it changed in the shared memory means nothing. */
export class StepLost extends Error {
  override readonly name = "StepLost";
}

export class ThreadPool {
  readonly #arithmetic: Arithmetic;
  #shared: Shared | null = null;
  readonly #helpers: Helper[] = [];
  #wanted = 1;
  #problem: string | null = null;
  #startedAt = Number.NaN;
  #plans = 0;
  #scratch = { address: 0, bytes: 0 };
  /** The first is walked, the others wait. */
  readonly #jobs: Job[] = [];
  /** Jobs that were finished when the first of them was offered, and how often it was looked at since. */
  #finished = 0;
  #looked = 0;

  constructor(arithmetic: Arithmetic) {
    this.#arithmetic = arithmetic;
    void this.#open();
  }

  /** Whether a step can be shared by so many threads now. Starts helpers that are missing. */
  stateFor(threads: number): PoolState {
    this.#wanted = Math.max(this.#wanted, Math.min(threads, CONTROL.maxThreads));
    if (this.#problem === null) this.#startMissing();
    if (this.#problem !== null) return { is: "failed", why: this.#problem };
    if (this.#shared === null) return { is: "starting" };
    for (let thread = 1; thread < threads; thread++) {
      if (this.#slot(thread) !== SLOT.starting) continue;
      if (performance.now() - this.#startedAt > START_LIMIT_MS) this.#fail("helper threads did not start");
      return this.stateNow;
    }
    return { is: "ready" };
  }

  /** Resolves when it is known whether so many threads can be had. */
  async whenKnown(threads: number): Promise<PoolState> {
    for (;;) {
      const state = this.stateFor(threads);
      if (state.is !== "starting") return state;
      await new Promise((resolve) => setTimeout(resolve, 5));
    }
  }

  private get stateNow(): PoolState {
    return this.#problem === null ? { is: "starting" } : { is: "failed", why: this.#problem };
  }

  /** The shared memory's own runtime, for whoever writes inputs into it. To be used when ready. */
  get runtime(): Pick<Shared, "memory" | "exports"> & { scratch(bytes: number): number } {
    const { memory, exports } = this.#opened();
    return { memory, exports, scratch: (bytes) => this.#scratchOf(bytes) };
  }

  allocate(bytes: number): number {
    return this.#opened().heap.allocate(bytes);
  }

  free(address: number): void {
    this.#opened().heap.free(address);
  }

  /** Bytes that are in use, for tests. */
  get used(): number {
    return this.#opened().heap.used;
  }

  /** Writes the lists of one step, one a thread, where all threads can read them. A barrier is added before and after. */
  publish(lists: readonly (readonly PlannedCall[])[]): PublishedPlan {
    const plan = this.#write(
      lists.length,
      lists.map((calls) => [null, ...calls, null]),
    );
    this.#opened().walker.prepare(plan.address, plan.number);
    return plan;
  }

  /** Writes down what a helper is to do by itself. */
  publishJob(calls: readonly PlannedCall[]): PublishedPlan {
    return this.#write(1, [[], calls]);
  }

  #write(threads: number, lists: readonly (readonly PlannedCall[])[]): PublishedPlan {
    const { memory, heap, start } = this.#opened();
    const entries = lists.map((calls) =>
      calls.flatMap((call) =>
        call === null ? [BARRIER] : [start.names.indexOf(call.name), call.args.length, ...call.args],
      ),
    );
    const head = 1 + 2 * CONTROL.maxThreads;
    const address = heap.allocate(8 * (head + entries.reduce((sum, { length }) => sum + length, 0)));
    const table = [threads];
    let at = address + 8 * head;
    for (const numbers of entries) {
      new Float64Array(memory.buffer, at, numbers.length).set(numbers);
      table.push(at, numbers.length);
      at += 8 * numbers.length;
    }
    new Float64Array(memory.buffer, address, head).set(table);
    this.#plans += 1;
    return { threads, address, number: this.#plans };
  }

  withdraw(plan: PublishedPlan): void {
    this.free(plan.address);
  }

  /**
   * Walks a plan with all its threads.
   * @param tile of the matrix products
   * @returns false when a helper did not come: nothing was computed, and no thread will ever be used again
   * @throws StepLost when one left in the middle
   */
  run(plan: PublishedPlan, tile: TileRows): boolean {
    this.#awaitWalked();
    if (this.#problem !== null) return false;
    const { walker } = this.#opened();
    this.#offer(plan, tile, plan.threads);
    for (let thread = 1; thread < plan.threads; thread++) {
      if (this.#hasJoined(thread)) continue;
      this.#fail("a helper thread did not answer");
      return false;
    }
    walker.prepare(plan.address, plan.number);
    if (walker.run(plan.number)) return true;
    this.#fail("a helper thread stopped in the middle of a step");
    throw new StepLost("a helper thread stopped in the middle of a step");
  }

  /** Has a helper walk a plan of `publishJob` while this thread goes on, after those that were begun before. To be used when ready. */
  begin(plan: PublishedPlan, tile: TileRows): Job {
    const job: Job = { plan, tile, state: "waiting" };
    this.#jobs.push(job);
    this.advance();
    return job;
  }

  /** Sees what became of the jobs, and goes on to the next one. */
  advance(): void {
    const [first] = this.#jobs;
    if (first === undefined) return;
    if (this.#problem === null && first.state === "walked") {
      if (this.#isWalked()) this.#endJob(first, "done");
      else if (++this.#looked > MOST_LOOKS) this.#fail("a helper thread stopped in the middle of a look");
      else return;
    }
    if (this.#problem !== null) {
      for (const job of this.#jobs.splice(0)) job.state = "lost";
      return;
    }
    const [next] = this.#jobs;
    if (next === undefined) return;
    this.#finished = Atomics.load(this.#opened().words, CONTROL.finished);
    this.#looked = 0;
    next.state = "walked";
    this.#offer(next.plan, next.tile, 2);
  }

  /** Nobody wants what a job gives any more; afterwards its memory is free for others. */
  cancel(job: Job): void {
    if (job.state === "walked") this.#awaitWalked();
    if (job.state === "waiting" || job.state === "walked") this.#endJob(job, "lost");
  }

  #endJob(job: Job, state: "done" | "lost"): void {
    job.state = state;
    const at = this.#jobs.indexOf(job);
    if (at >= 0) this.#jobs.splice(at, 1);
  }

  #isWalked(): boolean {
    return Atomics.load(this.#opened().words, CONTROL.finished) !== this.#finished;
  }

  /** Waits for the job that is walked, if one is. */
  #awaitWalked(): void {
    const [first] = this.#jobs;
    if (first?.state !== "walked" || this.#problem !== null) return;
    for (let i = 0; i < PATIENCE.spins && !this.#isWalked(); i++);
    for (let i = 0; i < PATIENCE.sleeps && !this.#isWalked(); i++) {
      sleep(this.#opened().words, CONTROL.finished, this.#finished);
    }
    if (this.#isWalked()) this.#endJob(first, "done");
    else this.#fail("a helper thread stopped in the middle of a look");
  }

  /** Tells the helpers below `threads` of a plan. */
  #offer(plan: PublishedPlan, tile: TileRows, threads: number): void {
    const { words } = this.#opened();
    Atomics.store(words, CONTROL.planAddress, plan.address | 0);
    Atomics.store(words, CONTROL.planNumber, plan.number);
    Atomics.store(words, CONTROL.tileRows, tile);
    for (let thread = 1; thread < threads; thread++) {
      const slot = CONTROL.slots + CONTROL.slotStride * thread;
      Atomics.store(words, slot, SLOT.offered);
      Atomics.notify(words, slot);
    }
  }

  /** Ends the helpers behind this pool's back, as a system short of memory may: for tests. */
  loseHelpers(): void {
    for (const helper of this.#helpers) helper.end();
  }

  /** Ends all helpers, for good. */
  stop(): void {
    this.#fail("threads were stopped");
  }

  #hasJoined(thread: number): boolean {
    const { words } = this.#opened();
    const slot = CONTROL.slots + CONTROL.slotStride * thread;
    for (let i = 0; i < PATIENCE.spins; i++) if (Atomics.load(words, slot) === SLOT.joined) return true;
    for (let sleeps = 0; sleeps < PATIENCE.sleepsToJoin && Atomics.load(words, slot) === SLOT.offered; sleeps++) {
      sleep(words, slot, SLOT.offered);
    }
    return Atomics.compareExchange(words, slot, SLOT.offered, SLOT.withdrawn) === SLOT.joined;
  }

  #slot(thread: number): number {
    const { words } = this.#opened();
    return Atomics.load(words, CONTROL.slots + CONTROL.slotStride * thread);
  }

  #opened(): Shared {
    if (this.#shared === null) throw new Error("Threads were used before they had started; this is a bug.");
    return this.#shared;
  }

  #scratchOf(bytes: number): number {
    if (bytes > this.#scratch.bytes) {
      if (this.#scratch.address !== 0) this.free(this.#scratch.address);
      this.#scratch = { address: this.allocate(bytes), bytes };
    }
    return this.#scratch.address;
  }

  async #open(): Promise<void> {
    try {
      const shared = await openShared(this.#arithmetic);
      if (this.#problem !== null) return; // stopped meanwhile
      this.#shared = shared;
      this.#startMissing();
    } catch (error) {
      this.#fail(error instanceof NoThreads ? error.message : `threads could not be prepared (${explainError(error)})`);
    }
  }

  #startMissing(): void {
    if (this.#shared === null) return;
    const { start } = this.#shared;
    while (this.#helpers.length + 1 < this.#wanted && this.#problem === null) {
      const thread = this.#helpers.length + 1;
      this.#startedAt = performance.now();
      try {
        this.#helpers.push(startHelper({ ...start, thread }, (why) => this.#fail(`a helper thread failed: ${why}`)));
      } catch (error) {
        this.#fail(`a helper thread could not be started (${explainError(error)})`);
      }
    }
  }

  /** No threads from now on. */
  #fail(why: string): void {
    this.#problem ??= why;
    if (this.#shared !== null) {
      const { words } = this.#shared;
      Atomics.store(words, CONTROL.stopped, 1);
      Atomics.notify(words, CONTROL.passed);
      for (let thread = 1; thread <= this.#helpers.length; thread++) {
        const slot = CONTROL.slots + CONTROL.slotStride * thread;
        Atomics.store(words, slot, SLOT.withdrawn);
        Atomics.notify(words, slot);
      }
    }
    for (const helper of this.#helpers.splice(0)) helper.end();
  }
}
