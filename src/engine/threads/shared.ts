/** The memory that threads share and the kernels in it, as the thread that trains uses them. Not the helpers: pool.ts. */
import type { Arithmetic } from "../../core/device";
import type { KernelExports } from "../kernels/wasm/exports";
import { decodeModule } from "../kernels/wasm/runtime";
import { BARRIER, CONTROL, CONTROL_BYTES, type HelperStart, PATIENCE, SLOT } from "./control";
import { makeSharedMemory, SharedHeap } from "./memory";
import { whyNoThreads } from "./start";
import { makeWalker, type Walker } from "./walk";

export interface Shared {
  readonly memory: WebAssembly.Memory;
  readonly heap: SharedHeap;
  readonly exports: KernelExports;
  /** What every helper is given. */
  readonly start: Omit<HelperStart, "thread">;
  /** The words of CONTROL. */
  readonly words: Int32Array;
  readonly walker: Walker;
}

/** Threads cannot be had here; the message is the end of a sentence. */
export class NoThreads extends Error {
  override readonly name = "NoThreads";
}

/**
 * Loads the build of the kernels that works in shared memory, which the page does not load otherwise.
 * @throws NoThreads where the browser does not allow them
 */
export async function openShared(arithmetic: Arithmetic): Promise<Shared> {
  const why = whyNoThreads();
  if (why !== null) throw new NoThreads(why);
  const modules = await import("../kernels/wasm/modules-shared.generated");
  const module = await WebAssembly.compile(
    decodeModule(arithmetic === "fused" ? modules.relaxedSimd : modules.plainSimd),
  );
  const memory = makeSharedMemory();
  const heap = new SharedHeap(memory);
  const controlAddress = heap.allocate(CONTROL_BYTES);
  const { exports } = await WebAssembly.instantiate(module, { env: { memory } });
  const start = {
    memory,
    module,
    names: WebAssembly.Module.exports(module).map(({ name }) => name),
    controlAddress,
    control: CONTROL,
    slot: SLOT,
    patience: PATIENCE,
    barrier: BARRIER,
  } as const;
  const functions = exports as Record<string, (...args: number[]) => void>;
  const words = new Int32Array(memory.buffer, controlAddress, CONTROL_BYTES / 4);
  const walker = makeWalker({ ...start, thread: 0 }, functions, canSleep(words));
  return { memory, heap, exports: exports as unknown as KernelExports, start, words, walker };
}

/** Whether this thread may sleep: a page's own may not. */
function canSleep(words: Int32Array): boolean {
  try {
    Atomics.wait(words, CONTROL.stopped, 1, 0); // it is 0: returns at once
    return true;
  } catch {
    return false;
  }
}

/** Waits until a word is no longer `value`, for a while; sleeping where this thread may. */
export function sleep(words: Int32Array, index: number, value: number): void {
  if (canSleep(words)) {
    Atomics.wait(words, index, value, PATIENCE.sleepMs);
    return;
  }
  const until = performance.now() + PATIENCE.sleepMs;
  while (Atomics.load(words, index) === value && performance.now() < until);
}
