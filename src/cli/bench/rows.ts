/** What the benchmark found: the rows of its table and of its JSON. Types and statistics only. */
import type { WorkId } from "./works";

export const SYSTEMS = ["ours", "ours-eager", "tfjs", "jax-js", "pytorch"] as const;
export type SystemId = (typeof SYSTEMS)[number];

interface Timed {
  readonly system: SystemId;
  /** "wasm", "webgpu", or "cpu" for PyTorch; "webgpu, lavapipe" for WebGPU on a second driver. */
  readonly backend: string;
  /** CPU threads; null on a GPU. */
  readonly threads: number | null;
  /** Median of the repeats; null when the system could not do the work, and `note` says why. */
  readonly msPerStep: number | null;
  /** Slowest less fastest repeat, ms per step. */
  readonly spread: number | null;
  readonly min: number | null;
  readonly max: number | null;
  readonly note: string;
}

/** One system at one experiment. */
export interface StepRow extends Timed {
  readonly work: WorkId;
  readonly repeats: number;
  readonly stepsPerRepeat: number;
  /** "replay" or "eager" for ours; null where there is no choice. */
  readonly execution: string | null;
  /** Time per step of this system over that of ours on the same backend (PyTorch: on wasm) with one thread: above 1, ours is faster. */
  readonly timesOurs: number | null;
  /** Operations of the step's products by its time. */
  readonly gflops: number | null;
  /** Of a large matrix product in the same process; null where it was not measured. */
  readonly peakGflops: number | null;
  /** WebGPU only: commands, and milliseconds in the calls that start a step. */
  readonly dispatchesPerStep: number | null;
  readonly submitsPerStep: number | null;
  readonly jsMsPerStep: number | null;
  /** Time that the device's own clock gives to the passes of a step. */
  readonly gpuMsPerStep: number | null;
  readonly adapter: string | null;
}

/** What a replayed step of a work does on a graphics card, counted from its plan; nothing is timed. */
export interface PlanRow {
  readonly work: WorkId;
  readonly dispatches: number;
  /** Operations of the step's products, and what their programs compute, padding included. */
  readonly usefulFlops: number;
  readonly issuedFlops: number;
  /** What tiles ask for, and each value once. */
  readonly bytes: number;
  readonly bytesOnce: number;
  /** Share of the useful operations in dispatches that fill a graphics card. */
  readonly full: number;
}

/** The built page while it trains one preset, or does something else that is long, in Chromium. Times in milliseconds. */
export interface PageRow extends Timed {
  readonly work: "page";
  /** A preset's id, or what the page does. */
  readonly preset: string;
  readonly framesPerSecond: number | null;
  /** 95th percentile of the time between two frames. */
  readonly frameMs95: number | null;
  /** Tasks of the page's thread; those under a millisecond (timers that find nothing to do) are left out of the percentile. */
  readonly longestTaskMs: number | null;
  readonly taskMs95: number | null;
  /** The same tasks by their time on the processor: what is left where other programs keep the machine busy. */
  readonly taskCpuMs95: number | null;
  readonly longestTaskCpuMs: number | null;
  /** Tasks of 50 ms or more. */
  readonly longTasks: number | null;
  /** What threads of the browser took of the processor, in cores: workers', the page's, and all others. */
  readonly workerCores: number | null;
  readonly pageCores: number | null;
  readonly otherCores: number | null;
  /** From the key on a latent slider to G's new sample on the screen, median; to within a frame. */
  readonly sliderMs: number | null;
  /** Of that, until the page has asked the worker, and until it has heard the answer; medians. */
  readonly sliderAskedMs: number | null;
  readonly sliderAnsweredMs: number | null;
  /** From the click on Train. */
  readonly firstStepMs: number | null;
  readonly firstPictureMs: number | null;
  /** A step of the same experiment where a worker does nothing but train, and that over a step on the page: 1 would be a page that costs nothing. */
  readonly aloneMs: number | null;
  readonly shareOfAlone: number | null;
  /** The same of the page's worker where there is no page: what is missing to 1 is what looking at the networks takes. */
  readonly lookedShare: number | null;
  /** Gzipped sizes of the built files: what the page may load, and what the worker loads. */
  readonly pageKilobytes: number;
  readonly workerKilobytes: number;
}

export type TaskFigures = Pick<
  PageRow,
  "longestTaskMs" | "longestTaskCpuMs" | "taskMs95" | "taskCpuMs95" | "longTasks"
>;

export type CoreFigures = Pick<PageRow, "workerCores" | "pageCores" | "otherCores">;

/** What the lab costs the page, on the preset that it opens with. Times in milliseconds. */
export interface LabRow {
  /** Turns with every layer of the stage on, each followed by one with all off. */
  readonly turns: number;
  /** The page thread's tasks, with every layer on and with all off. */
  readonly on: TaskFigures;
  readonly off: TaskFigures;
  /** Steps a second with every layer on as a share of those with all off: of each pair of turns, and their median. */
  readonly rateShare: number;
  readonly rateShares: readonly number[];
  /** Length of the run whose moments were gone to on the timeline, and from the turn to the picture. */
  readonly scrubSteps: number;
  readonly scrubs: number;
  readonly scrubMs: number;
  readonly scrubMs95: number;
}

export type Row = StepRow | PageRow;

export const isStepRow = (row: Row): row is StepRow => row.work !== "page";

/** The value below which a share of the numbers lies, by the nearest rank; NaN for none. */
export function quantile(numbers: readonly number[], share: number): number {
  const sorted = [...numbers].sort((a, b) => a - b);
  return sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)] ?? Number.NaN;
}

/** The middle number, or the mean of the two in the middle; NaN for none. */
export function median(numbers: readonly number[]): number {
  const sorted = [...numbers].sort((a, b) => a - b);
  const [low, high] = [sorted[Math.floor((sorted.length - 1) / 2)], sorted[Math.floor(sorted.length / 2)]];
  return low === undefined || high === undefined ? Number.NaN : (low + high) / 2;
}

/** Median and extremes of repeats; all null for none. */
export function summary(times: readonly number[]): Pick<Timed, "msPerStep" | "spread" | "min" | "max"> {
  if (times.length === 0) return { msPerStep: null, spread: null, min: null, max: null };
  const [min, max] = [Math.min(...times), Math.max(...times)];
  return { msPerStep: median(times), spread: max - min, min, max };
}
