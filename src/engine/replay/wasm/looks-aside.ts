/**
 * Looks that a helper thread takes while this one goes on training: at a copy of the variables as they were when the look began, in the
 * memory that threads share. Bits are those of the same look taken here (looks.ts).
 */
import type * as tf from "@tensorflow/tfjs";
import type { KernelRuntime } from "../../kernels/wasm/runtime";
import type { Job, PublishedPlan, ThreadPool } from "../../threads/pool";
import { LookLost, type LookUnderWay } from "../types";
import { type Allocation, addresses, bindEnds, type Ends, NO_MOMENT, type Program } from "./machine";
import { listOf } from "./schedule";

/** More than this is not copied for every look. */
const MOST_BYTES = 4 * 2 ** 20;

interface Machine {
  readonly ends: Ends;
  readonly plan: PublishedPlan;
  readonly arena: number;
}

export class LooksAside {
  readonly #runtime: KernelRuntime;
  readonly #pool: ThreadPool;
  /** Where the variables' copies lie. */
  readonly #copies: readonly Allocation[];
  readonly #floats: readonly number[];
  /** null: this thread alone can take it. */
  readonly #machines = new Map<Program, Machine | null>();
  #job: Job | null = null;

  /** null where there is too much to copy, or no memory for it. @param pool ready */
  static of(runtime: KernelRuntime, variables: readonly tf.Variable[], pool: ThreadPool): LooksAside | null {
    const floats = variables.map(({ size }) => size);
    if (4 * floats.reduce((sum, size) => sum + size, 0) > MOST_BYTES) return null;
    const copies: Allocation[] = [];
    try {
      for (const size of floats) copies.push({ address: pool.allocate(4 * size) });
    } catch (error) {
      if (!(error instanceof RangeError)) throw error;
      for (const { address } of copies) pool.free(address);
      return null; // the shared memory is full
    }
    return new LooksAside(runtime, pool, copies, floats);
  }

  private constructor(
    runtime: KernelRuntime,
    pool: ThreadPool,
    copies: readonly Allocation[],
    floats: readonly number[],
  ) {
    this.#runtime = runtime;
    this.#pool = pool;
    this.#copies = copies;
    this.#floats = floats;
  }

  /**
   * Begins a look whose inputs' draws give what is to be looked at.
   * @param own where the variables' latest numbers lie, in the order of the copies
   * @returns undefined while another is under way, or where this thread must take it
   */
  begin(program: Program, own: readonly Allocation[]): LookUnderWay | undefined {
    this.#pool.advance();
    if (this.#job !== null && (this.#job.state === "waiting" || this.#job.state === "walked")) return undefined;
    if (!this.#machines.has(program)) this.#machines.set(program, this.#compile(program));
    const machine = this.#machines.get(program) ?? null;
    if (machine === null) return undefined;
    this.#copy(own);
    machine.ends.fill(NO_MOMENT);
    const job = this.#pool.begin(machine.plan, this.#runtime.tile.rows);
    this.#job = job;
    return {
      numbers: () => {
        this.#pool.advance();
        if (job.state === "lost") throw new LookLost("A look that another thread took was not finished.");
        return job.state === "done" ? machine.ends.outputs() : null;
      },
    };
  }

  /** A look is not taken again. */
  forget(program: Program): void {
    const machine = this.#machines.get(program);
    this.#machines.delete(program);
    if (!machine) return;
    this.#stop(); // it may be this one
    this.#pool.withdraw(machine.plan);
    this.#pool.free(machine.arena);
  }

  dispose(): void {
    for (const program of [...this.#machines.keys()]) this.forget(program);
    this.#stop();
    for (const { address } of this.#copies) this.#pool.free(address);
  }

  #stop(): void {
    if (this.#job === null) return;
    this.#pool.cancel(this.#job);
    if (this.#job.state === "done") this.#job.state = "lost"; // its memory is others' now
    this.#job = null;
  }

  #copy(own: readonly Allocation[]): void {
    const { memory } = this.#pool.runtime;
    for (const [i, { address }] of this.#copies.entries()) {
      const [from, size] = [own[i]?.address ?? 0, this.#floats[i] ?? 0];
      new Float32Array(memory.buffer, address, size).set(new Float32Array(this.#runtime.memory.buffer, from, size));
    }
  }

  #compile(program: Program): Machine | null {
    const { layout, recording } = program;
    const scratchBytes = Math.ceil(recording.scratchBytes / 64) * 64;
    let arena: number | null = null;
    try {
      const at = this.#pool.allocate(layout.arenaBytes + scratchBytes);
      arena = at;
      const addressOf = addresses(program, at, this.#copies);
      const calls = listOf(layout.calls, { of: addressOf, scratch: () => at + layout.arenaBytes });
      const plan = calls && this.#pool.publishJob(calls);
      if (plan !== null) return { ends: bindEnds(program, addressOf, this.#pool.runtime), plan, arena: at };
    } catch (error) {
      if (!(error instanceof RangeError)) throw error; // the shared memory is full
    }
    if (arena !== null) this.#pool.free(arena);
    return null;
  }
}
