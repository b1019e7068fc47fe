/** How many runs may be made side by side: as the cores and the memory of the device allow, with a core left for the page. */
import { trainingBytes } from "../architecture/memory";
import { cellsOf, runsOf, type Sweep } from "./plan";

export interface Machine {
  /** Logical cores. */
  readonly cores: number;
  /** Bytes of memory, where the browser tells; browsers tell at most 8 GB. */
  readonly memory: number | null;
}

/** Beyond this the start of the workers takes longer than they save. */
const MOST_WORKERS = 8;
/** Of a device that does not tell. */
const USUAL_MEMORY = 4e9;
/** The share of the memory that background runs may take; the page, its own run and other programs need the rest. */
const SHARE = 0.4;
/** A worker's program and TensorFlow.js itself, bytes. */
const WORKER_BYTES = 60e6;

export interface Workers {
  readonly count: number;
  /** What is less than the cores would allow, or risky, a sentence; null where there is nothing to say. */
  readonly note: string | null;
}

/** Workers for a sweep on a machine; one at least. */
export function workersFor(sweep: Sweep, { cores, memory }: Machine): Workers {
  const runs = runsOf(sweep);
  const some = runs.slice(0, cellsOf(sweep).length); // one of each cell: seeds take no other memory
  const each = WORKER_BYTES + Math.max(0, ...some.map(({ config }) => trainingBytes([{ config }])));
  const room = SHARE * (memory ?? USUAL_MEMORY);
  const fitting = Math.floor(room / each);
  const wanted = Math.max(1, Math.min(cores - 1, MOST_WORKERS, runs.length));
  if (fitting >= wanted) return { count: wanted, note: null };
  if (fitting >= 1) {
    return { count: fitting, note: `Memory is the limit: ${fitting} at a time, though there are cores for ${wanted}.` };
  }
  return {
    count: 1,
    note: "One run of this experiment may need more memory than this device can spare. If runs fail, take smaller networks or batches.",
  };
}
