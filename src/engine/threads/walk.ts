/**
 * One thread's way through a plan: its calls in order, and waiting for the others where the plan says so. What it is given is all that it
 * uses, no import and nothing outside it: Node starts helper threads from this function's text (start.ts).
 */
import type { HelperStart } from "./control";

export interface Walker {
  /**
   * Makes a plan ready; later times are free.
   * @param number a plan's own, never used for another
   */
  prepare(address: number, number: number): void;
  /** Walks a prepared plan. @returns false when the others are gone, and the rest was not computed */
  run(number: number): boolean;
}

/** @param exports the kernel module's functions in the shared memory */
export function makeWalker(
  start: HelperStart,
  exports: Record<string, (...args: number[]) => void>,
  canSleep: boolean,
): Walker {
  interface Plan {
    readonly threads: number;
    readonly calls: readonly ((() => void) | null)[]; // null is a barrier
  }
  const { memory, names, thread, control, patience } = start;
  const words = new Int32Array(memory.buffer, start.controlAddress);
  const plans = new Map<number, Plan>();
  const KEPT = 16; // plans that are no longer walked are forgotten, the oldest first

  const pass = (threads: number): boolean => {
    const passed = Atomics.load(words, control.passed);
    if (Atomics.add(words, control.arrived, 1) === threads - 1) {
      Atomics.store(words, control.arrived, 0);
      Atomics.add(words, control.passed, 1);
      Atomics.notify(words, control.passed);
      return true;
    }
    for (let i = 0; i < patience.spins; i++) if (Atomics.load(words, control.passed) !== passed) return true;
    // Only sleeps that end by themselves count, so that a computer that was put to sleep goes on afterwards.
    const limit = thread === 0 ? patience.sleeps : Number.POSITIVE_INFINITY; // a helper stays as long as the thread that trains
    for (let sleeps = 0; sleeps < limit; sleeps++) {
      if (canSleep) {
        Atomics.wait(words, control.passed, passed, patience.sleepMs);
      } else {
        const until = performance.now() + patience.sleepMs;
        while (Atomics.load(words, control.passed) === passed && performance.now() < until);
      }
      if (Atomics.load(words, control.passed) !== passed) return true;
      if (Atomics.load(words, control.stopped) !== 0) return false;
    }
    return false;
  };

  // A spread call costs several times a plain one; WebAssembly ignores what a function does not take.
  const bind = (f: (...args: number[]) => void, args: readonly number[]): (() => void) => {
    const [a = 0, b = 0, c = 0, d = 0, e = 0, g = 0, h = 0, i = 0, j = 0, k = 0, l = 0, m = 0, n = 0, o = 0, p = 0] =
      args;
    if (args.length <= 3) return () => f(a, b, c);
    if (args.length <= 6) return () => f(a, b, c, d, e, g);
    if (args.length <= 12) return () => f(a, b, c, d, e, g, h, i, j, k, l, m);
    return () => f(a, b, c, d, e, g, h, i, j, k, l, m, n, o, p);
  };

  const read = (address: number): Plan => {
    // Where memory grew in another thread, this one may see it a moment later.
    let buffer = memory.buffer;
    for (let i = 0; i < 1e6 && buffer.byteLength < address + 64; i++) buffer = memory.buffer;
    const [threads = 0, ...places] = new Float64Array(buffer, address, 1 + 2 * start.control.maxThreads);
    const [from = 0, length = 0] = places.slice(2 * thread);
    for (let i = 0; i < 1e6 && buffer.byteLength < from + 8 * length; i++) buffer = memory.buffer;
    const entries = new Float64Array(buffer, from, length);
    const calls: ((() => void) | null)[] = [];
    for (let at = 0; at < length; ) {
      const index = entries[at] ?? 0;
      if (index === start.barrier) {
        calls.push(null);
        at += 1;
        continue;
      }
      const count = entries[at + 1] ?? 0;
      const f = exports[names[index] ?? ""];
      if (f === undefined) throw new Error(`The kernel module has no function ${index} (${names[index]}).`);
      calls.push(bind(f, [...entries.subarray(at + 2, at + 2 + count)]));
      at += 2 + count;
    }
    return { threads, calls };
  };

  return {
    prepare(address, number) {
      if (plans.has(number)) return;
      for (const oldest of plans.keys()) {
        if (plans.size < KEPT) break;
        plans.delete(oldest);
      }
      plans.set(number, read(address));
    },
    run(number) {
      const plan = plans.get(number);
      if (plan === undefined) return false;
      const { calls, threads } = plan;
      exports.setTileRows?.(Atomics.load(words, control.tileRows));
      for (let i = 0; i < calls.length; i++) {
        const call = calls[i];
        if (call) call();
        else if (!pass(threads)) return false;
      }
      if (threads === 1) {
        Atomics.add(words, control.finished, 1);
        Atomics.notify(words, control.finished);
      }
      return true;
    },
  };
}
