/** The threads of this worker: one pool for all trainers. */
import type { Arithmetic } from "../../core/device";
import { CONTROL } from "./control";
import { type PoolState, ThreadPool } from "./pool";

export { defaultThreads } from "./start";

/** More are asked for in vain. */
export const MAX_THREADS = CONTROL.maxThreads;

const pools = new Map<Arithmetic, ThreadPool>();

/** The pool that computes with this build of the kernels; made when first asked for. */
export function threadPool(arithmetic: Arithmetic): ThreadPool {
  const pool = pools.get(arithmetic) ?? new ThreadPool(arithmetic);
  pools.set(arithmetic, pool);
  return pool;
}

/** Resolves when it is known whether this worker can have so many threads; for tests and benchmarks, which must not measure the start. */
export function whenThreadsKnown(arithmetic: Arithmetic, threads: number): Promise<PoolState> {
  return threadPool(arithmetic).whenKnown(threads);
}

/** Ends all helper threads. Trainers go on with one; those made later start new ones. */
export function stopThreads(): void {
  for (const pool of pools.values()) pool.stop();
  pools.clear();
}
