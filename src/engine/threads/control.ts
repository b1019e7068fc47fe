/** The words of shared memory by which threads speak to each other, and what a helper thread is given to start. Types and numbers only. */

/** Places of 32-bit words, each on a cache line of its own so that waiting for one does not slow the others down. */
export const CONTROL = {
  /** Threads that have reached the barrier. */
  arrived: 0,
  /** Times that all have passed it. */
  passed: 16,
  /** Not 0 once everybody shall go home. */
  stopped: 32,
  /** Byte address of the plan to be walked, and its number. */
  planAddress: 48,
  planNumber: 49,
  /** Rows of the register tile that the step's products use. */
  tileRows: 50,
  /** Plans that a helper has walked by itself, one after the other. */
  finished: 56,
  /** What a thread is about: one of SLOT, a cache line a thread. */
  slots: 64,
  slotStride: 16,
  maxThreads: 16,
} as const;

export const CONTROL_BYTES = 4 * (CONTROL.slots + CONTROL.slotStride * CONTROL.maxThreads);

/** What a helper thread is about. A step is offered to it and it joins; an offer that it does not take up in time is withdrawn. */
export const SLOT = { starting: 0, idle: 1, offered: 2, joined: 3, withdrawn: 4 } as const;

/** How long threads wait for each other. */
export const PATIENCE = {
  /** Turns of a loop before a thread sleeps: about 0.1 ms, longer than most parts of a step differ by, and than waking takes. */
  spins: 8000,
  /** Milliseconds of one sleep, and how many of them until a thread that does not come is given up: the step is then done again. */
  sleepMs: 250,
  sleeps: 40,
  /** As many until a thread that does not take up a step is given up: nothing is lost by then. */
  sleepsToJoin: 12,
} as const;

/** In a plan: where all wait for all. Other entries are a function's index, the number of its arguments and these. */
export const BARRIER = -1;

export interface HelperStart {
  readonly memory: WebAssembly.Memory;
  readonly module: WebAssembly.Module;
  /** The module's functions by the index that plans use. */
  readonly names: readonly string[];
  /** 1 and up; the thread that trains is 0. */
  readonly thread: number;
  /** Byte address of the words above. */
  readonly controlAddress: number;
  readonly control: typeof CONTROL;
  readonly slot: typeof SLOT;
  readonly patience: typeof PATIENCE;
  readonly barrier: typeof BARRIER;
}
