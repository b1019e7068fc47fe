/** The figures that the project set itself, and whether a run reaches them. Judges rows; measures nothing. */
import { isStepRow, type PageRow, type Row, type StepRow, type SystemId } from "./rows";
import type { WorkId } from "./works";

/** "not measured" when the run lacks a row that the target compares. */
export type Outcome = "reached" | "not reached" | "not measured";

export interface TargetResult {
  readonly what: string;
  readonly owed: string;
  readonly figure: string;
  readonly outcome: Outcome;
  readonly hopedFor: string;
  readonly hopeOutcome: Outcome | "";
}

interface Target {
  readonly what: string;
  readonly owed: string;
  readonly hopedFor: string;
  /** The figure, or null when rows are missing. */
  figure(rows: Rows): number | null;
  show(figure: number): string;
  isReached(figure: number): boolean;
  isHope?(figure: number): boolean;
}

interface Rows {
  step(work: WorkId, system: SystemId, backend: string, threads?: "one" | "best"): StepRow | null;
  readonly page: readonly PageRow[];
}

/** Fastest of several rows with a time, or null. */
function rowsOf(rows: readonly Row[]): Rows {
  const steps = rows.filter(isStepRow).filter(({ msPerStep }) => msPerStep !== null);
  return {
    step(work, system, backend, threads = "best") {
      const found = steps
        .filter((row) => row.work === work && row.system === system && row.backend === backend)
        .filter((row) => threads === "best" || row.threads === 1)
        .sort((a, b) => (a.msPerStep ?? 0) - (b.msPerStep ?? 0));
      return found[0] ?? null;
    },
    page: rows.filter((row) => row.work === "page"),
  };
}

/** Time of b over time of a: how many times a is faster. */
function ratio(a: StepRow | null, b: StepRow | null): number | null {
  return a?.msPerStep == null || b?.msPerStep == null ? null : b.msPerStep / a.msPerStep;
}

/** The largest of the page rows' numbers; null when one is missing. */
function worst(rows: readonly PageRow[], pick: (row: PageRow) => number | null): number | null {
  const values = rows.map(pick);
  return values.length === 0 || values.includes(null) ? null : Math.max(...values.map((value) => value ?? 0));
}

const times = (figure: number) => `${figure.toFixed(1)} ×`;
const milliseconds = (figure: number) => `${figure.toFixed(2)} ms`;
const webgpuMlp = (rows: Rows) => rows.step("mlp", "ours", "webgpu");

const TARGETS: readonly Target[] = [
  {
    what: "2-64-64-2, wasm, against stock TensorFlow.js",
    owed: "≥ 12 ×",
    hopedFor: "≥ 25 ×",
    figure: (rows) => ratio(rows.step("2d", "ours", "wasm"), rows.step("2d", "tfjs", "wasm")),
    show: times,
    isReached: (figure) => figure >= 12,
    isHope: (figure) => figure >= 25,
  },
  {
    what: "2-64-64-2, wasm, against PyTorch's best",
    owed: "≥ 3 ×",
    hopedFor: "",
    figure: (rows) => ratio(rows.step("2d", "ours", "wasm"), rows.step("2d", "pytorch", "cpu")),
    show: times,
    isReached: (figure) => figure >= 3,
  },
  {
    what: "784 net, wasm, one thread, against stock TensorFlow.js",
    owed: "≥ 15 ×",
    hopedFor: "≥ 20 ×",
    figure: (rows) => ratio(rows.step("mlp", "ours", "wasm", "one"), rows.step("mlp", "tfjs", "wasm")),
    show: times,
    isReached: (figure) => figure >= 15,
    isHope: (figure) => figure >= 20,
  },
  {
    what: "784 net, wasm, threads, against PyTorch's best",
    owed: "> 1 ×",
    hopedFor: "≥ 1.3 ×",
    figure: (rows) => ratio(rows.step("mlp", "ours", "wasm"), rows.step("mlp", "pytorch", "cpu")),
    show: times,
    isReached: (figure) => figure > 1,
    isHope: (figure) => figure >= 1.3,
  },
  {
    what: "DCGAN 28×28, wasm: our time over PyTorch's best",
    owed: "≤ 1.3 ×",
    hopedFor: "< 1 ×",
    figure: (rows) => ratio(rows.step("dcgan", "pytorch", "cpu"), rows.step("dcgan", "ours", "wasm")),
    show: (figure) => `${figure.toFixed(2)} ×`,
    isReached: (figure) => figure <= 1.3,
    isHope: (figure) => figure < 1,
  },
  {
    what: "784 net, webgpu: dispatches a step",
    owed: "≤ 90",
    hopedFor: "≤ 60",
    figure: (rows) => webgpuMlp(rows)?.dispatchesPerStep ?? null,
    show: (figure) => figure.toFixed(0),
    isReached: (figure) => figure <= 90,
    isHope: (figure) => figure <= 60,
  },
  {
    what: "784 net, webgpu: submits a step",
    owed: "≤ 1",
    hopedFor: "several steps a submit",
    figure: (rows) => webgpuMlp(rows)?.submitsPerStep ?? null,
    show: (figure) => figure.toFixed(1),
    isReached: (figure) => figure <= 1,
    isHope: (figure) => figure < 1,
  },
  {
    what: "784 net, webgpu: JavaScript a step",
    owed: "≤ 0.5 ms",
    hopedFor: "",
    figure: (rows) => webgpuMlp(rows)?.jsMsPerStep ?? null,
    show: milliseconds,
    isReached: (figure) => figure <= 0.5,
  },
  {
    what: "page while training: 95th percentile of its tasks, worst preset",
    owed: "< 50 ms",
    hopedFor: "",
    figure: (rows) => worst(rows.page, ({ taskMs95 }) => taskMs95),
    show: milliseconds,
    isReached: (figure) => figure < 50,
  },
  {
    what: "page while training: slider to picture less one step, worst preset",
    owed: "< 60 ms",
    hopedFor: "",
    figure: (rows) => worst(rows.page, (row) => (row.sliderMs === null ? null : row.sliderMs - (row.msPerStep ?? 0))),
    show: milliseconds,
    isReached: (figure) => figure < 60,
  },
];

/** Every target, judged by the rows of one run. */
export function judgeTargets(rows: readonly Row[]): TargetResult[] {
  const known = rowsOf(rows);
  return TARGETS.map(({ what, owed, hopedFor, figure, show, isReached, isHope }) => {
    const value = figure(known);
    const outcome = (reached: boolean): Outcome => (reached ? "reached" : "not reached");
    if (value === null) {
      return { what, owed, figure: "–", outcome: "not measured", hopedFor, hopeOutcome: "" };
    }
    const hopeOutcome = isHope === undefined ? "" : outcome(isHope(value));
    return { what, owed, figure: show(value), outcome: outcome(isReached(value)), hopedFor, hopeOutcome };
  });
}
