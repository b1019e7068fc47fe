/**
 * A helper thread's life: it waits for a step, takes its part in it, and waits again. Uses only what it is given, as walk.ts does
 * and for the same reason. It never returns to its event loop, so whatever it must know stands in the shared memory.
 */
import type { HelperStart } from "./control";
import type { makeWalker } from "./walk";

/** Returns when the threads are told to go home, or when this one came too late for a step. */
export function helpUntilStopped(start: HelperStart, walkerOf: typeof makeWalker): void {
  const { memory, module, control, slot, patience } = start;
  const words = new Int32Array(memory.buffer, start.controlAddress);
  const own = control.slots + control.slotStride * start.thread;
  const instance = new WebAssembly.Instance(module, { env: { memory } });
  const walker = walkerOf(start, instance.exports as Record<string, (...args: number[]) => void>, true);
  Atomics.store(words, own, slot.idle);
  for (let state: number = slot.idle; ; state = slot.joined) {
    for (let i = 0; i < patience.spins && Atomics.load(words, own) === state; i++);
    while (Atomics.load(words, own) === state) Atomics.wait(words, own, state);
    if (Atomics.load(words, control.stopped) !== 0) return;
    const number = Atomics.load(words, control.planNumber);
    walker.prepare(Atomics.load(words, control.planAddress) >>> 0, number);
    // From here on the others count on this thread; before, they would have gone on without it.
    if (Atomics.compareExchange(words, own, slot.offered, slot.joined) !== slot.offered) return;
    Atomics.notify(words, own);
    try {
      if (!walker.run(number)) return;
    } catch (error) {
      // Nobody shall wait for a thread that is about to die.
      Atomics.store(words, control.stopped, 1);
      Atomics.notify(words, control.passed);
      throw error;
    }
  }
}
