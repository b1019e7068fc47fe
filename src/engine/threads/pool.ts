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
  readonly threads: number;
  readonly address: number;
  readonly number: number;
}

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
    const { memory, heap, walker, start } = this.#opened();
    const entries = lists.map((calls) =>
      [null, ...calls, null].flatMap((call) =>
        call === null ? [BARRIER] : [start.names.indexOf(call.name), call.args.length, ...call.args],
      ),
    );
    const head = 1 + 2 * CONTROL.maxThreads;
    const address = heap.allocate(8 * (head + entries.reduce((sum, { length }) => sum + length, 0)));
    const table = [lists.length];
    let at = address + 8 * head;
    for (const numbers of entries) {
      new Float64Array(memory.buffer, at, numbers.length).set(numbers);
      table.push(at, numbers.length);
      at += 8 * numbers.length;
    }
    new Float64Array(memory.buffer, address, head).set(table);
    this.#plans += 1;
    const plan = { threads: lists.length, address, number: this.#plans };
    walker.prepare(plan.address, plan.number);
    return plan;
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
    if (this.#problem !== null) return false;
    const { words, walker } = this.#opened();
    Atomics.store(words, CONTROL.planAddress, plan.address | 0);
    Atomics.store(words, CONTROL.planNumber, plan.number);
    Atomics.store(words, CONTROL.tileRows, tile);
    for (let thread = 1; thread < plan.threads; thread++) {
      const slot = CONTROL.slots + CONTROL.slotStride * thread;
      Atomics.store(words, slot, SLOT.offered);
      Atomics.notify(words, slot);
    }
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
