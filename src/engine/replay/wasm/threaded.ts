/** A recorded step that several threads run, in the memory that they share. machine.ts is the same for one thread. */
import type { StepMoment } from "../../draws";
import type { TileRows } from "../../kernels/wasm/tile";
import type { PublishedPlan, ThreadPool } from "../../threads/pool";
import { type Allocation, addresses, bindEnds, type Program } from "./machine";
import { type Round, schedule } from "./schedule";

export interface ThreadedMachine {
  /**
   * @param tile of the step's matrix products
   * @returns the step's results, or null when a helper thread did not come: then nothing was changed
   */
  run(moment: StepMoment, tile: TileRows): Float32Array | null;
  readonly threads: number;
  /** Calls that the step has, and places where its threads wait for each other. */
  readonly size: { readonly calls: number; readonly barriers: number };
  dispose(): void;
}

/**
 * @param allocations of the variables, in the shared memory
 * @throws RangeError when the shared memory is full
 */
export function compileThreaded(
  program: Program,
  rounds: readonly Round[],
  threads: number,
  allocations: readonly Allocation[],
  pool: ThreadPool,
): ThreadedMachine {
  const { layout, recording } = program;
  const scratchBytes = Math.ceil(recording.scratchBytes / 64) * 64;
  const arena = pool.allocate(layout.arenaBytes + threads * scratchBytes);
  let plan: PublishedPlan;
  const addressOf = addresses(program, arena, allocations);
  const scratch = (thread: number) => arena + layout.arenaBytes + thread * scratchBytes;
  const lists = schedule(rounds, threads, { of: addressOf, scratch });
  try {
    plan = pool.publish(lists);
  } catch (error) {
    pool.free(arena);
    throw error;
  }
  const ends = bindEnds(program, addressOf, pool.runtime);
  return {
    threads,
    size: { calls: layout.calls.length, barriers: lists[0]?.filter((call) => call === null).length ?? 0 },
    run(moment, tile) {
      ends.fill(moment);
      return pool.run(plan, tile) ? ends.results() : null;
    },
    dispose() {
      pool.withdraw(plan);
      pool.free(arena);
    },
  };
}
