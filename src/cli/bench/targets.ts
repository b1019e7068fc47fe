/** The figures that the project set itself, and whether a run reaches them. Judges rows; measures nothing. */
import { isStepRow, type PageRow, type PlanRow, type Row, type StepRow, type SystemId } from "./rows";
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
  readonly plans: readonly PlanRow[];
  /** Works that were timed on this backend with both systems. */
  works(a: SystemId, b: SystemId, backend: string): readonly WorkId[];
}

/** Fastest of several rows with a time, or null. */
function rowsOf(rows: readonly Row[], plans: readonly PlanRow[]): Rows {
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
    plans,
    works(a, b, backend) {
      const of = (id: SystemId) => steps.filter((row) => row.system === id && row.backend === backend);
      return [...new Set(of(a).map(({ work }) => work))].filter((work) => of(b).some((row) => row.work === work));
    },
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

/** The largest over works of replay's time over eager's; null where neither was timed. */
function worstReplay(rows: Rows, backend: string): number | null {
  const found = rows
    .works("ours", "ours-eager", backend)
    .map((work) => ratio(rows.step(work, "ours-eager", backend), rows.step(work, "ours", backend)));
  return found.length === 0 ? null : Math.max(...found.map((value) => value ?? Number.POSITIVE_INFINITY));
}

/** The largest over the plans of a quotient; null where no step was counted. */
const worstPlan = ({ plans }: Rows, of: (row: PlanRow) => number): number | null =>
  plans.length === 0 ? null : Math.max(...plans.map(of));

const planOf = ({ plans }: Rows, work: WorkId): PlanRow | null => plans.find((row) => row.work === work) ?? null;

const times = (figure: number) => `${figure.toFixed(1)} ×`;
const hundredths = (figure: number) => `${figure.toFixed(2)} ×`;
const percent = (figure: number) => `${(100 * figure).toFixed(0)} %`;
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
    owed: "≥ 1.25 ×",
    hopedFor: "≥ 2.1 ×",
    figure: (rows) => ratio(rows.step("mlp", "ours", "wasm"), rows.step("mlp", "pytorch", "cpu")),
    show: hundredths,
    isReached: (figure) => figure >= 1.25,
    isHope: (figure) => figure >= 2.1,
  },
  {
    what: "DCGAN 28×28, wasm, threads, against PyTorch's best",
    owed: "≥ 1.1 ×",
    hopedFor: "≥ 1.45 ×",
    figure: (rows) => ratio(rows.step("dcgan", "ours", "wasm"), rows.step("dcgan", "pytorch", "cpu")),
    show: hundredths,
    isReached: (figure) => figure >= 1.1,
    isHope: (figure) => figure >= 1.45,
  },
  {
    what: "2-64-64-2, as written for a graphics card: dispatches a step",
    owed: "≤ 22",
    hopedFor: "≤ 16",
    figure: (rows) => planOf(rows, "2d")?.dispatches ?? null,
    show: (figure) => figure.toFixed(0),
    isReached: (figure) => figure <= 22,
    isHope: (figure) => figure <= 16,
  },
  {
    what: "784 net, as written for a graphics card: dispatches a step",
    owed: "≤ 33",
    hopedFor: "≤ 26",
    figure: (rows) => planOf(rows, "mlp")?.dispatches ?? null,
    show: (figure) => figure.toFixed(0),
    isReached: (figure) => figure <= 33,
    isHope: (figure) => figure <= 26,
  },
  {
    what: "DCGAN, as written for a graphics card: dispatches a step",
    owed: "≤ 50",
    hopedFor: "≤ 40",
    figure: (rows) => planOf(rows, "dcgan")?.dispatches ?? null,
    show: (figure) => figure.toFixed(0),
    isReached: (figure) => figure <= 50,
    isHope: (figure) => figure <= 40,
  },
  {
    what: "issued over useful operations, the worst work",
    owed: "≤ 1.3 ×",
    hopedFor: "≤ 1.1 ×",
    figure: (rows) => worstPlan(rows, ({ issuedFlops, usefulFlops }) => issuedFlops / usefulFlops),
    show: hundredths,
    isReached: (figure) => figure <= 1.3,
    isHope: (figure) => figure <= 1.1,
  },
  {
    what: "784 net: useful operations in full dispatches",
    owed: "≥ 80 %",
    hopedFor: "≥ 90 %",
    figure: (rows) => planOf(rows, "mlp")?.full ?? null,
    show: percent,
    isReached: (figure) => figure >= 0.8,
    isHope: (figure) => figure >= 0.9,
  },
  {
    what: "DCGAN: bytes asked for over each value once",
    owed: "≤ 3 ×",
    hopedFor: "≤ 2 ×",
    figure(rows) {
      const plan = planOf(rows, "dcgan");
      return plan === null ? null : plan.bytes / plan.bytesOnce;
    },
    show: hundredths,
    isReached: (figure) => figure <= 3,
    isHope: (figure) => figure <= 2,
  },
  {
    what: "replay over eager, WebGPU, the worst work",
    owed: "≤ 1 ×",
    hopedFor: "≤ 0.8 ×",
    figure: (rows) => worstReplay(rows, "webgpu"),
    show: hundredths,
    isReached: (figure) => figure <= 1,
    isHope: (figure) => figure <= 0.8,
  },
  {
    what: "replay over eager, lavapipe, the worst work",
    owed: "≤ 1 ×",
    hopedFor: "≤ 0.8 ×",
    figure: (rows) => worstReplay(rows, "webgpu, lavapipe"),
    show: hundredths,
    isReached: (figure) => figure <= 1,
    isHope: (figure) => figure <= 0.8,
  },
  {
    what: "784 net, WebGPU, against jax-js",
    owed: "≥ 1 ×",
    hopedFor: "≥ 1.3 ×",
    figure: (rows) => ratio(rows.step("mlp", "ours", "webgpu"), rows.step("mlp", "jax-js", "webgpu")),
    show: hundredths,
    isReached: (figure) => figure >= 1,
    isHope: (figure) => figure >= 1.3,
  },
  {
    what: "784 net, lavapipe, against jax-js",
    owed: "≥ 1 ×",
    hopedFor: "≥ 1.3 ×",
    figure: (rows) =>
      ratio(rows.step("mlp", "ours", "webgpu, lavapipe"), rows.step("mlp", "jax-js", "webgpu, lavapipe")),
    show: hundredths,
    isReached: (figure) => figure >= 1,
    isHope: (figure) => figure >= 1.3,
  },
  {
    what: "2-64-64-2, WebGPU, against jax-js",
    owed: "≥ 0.8 ×",
    hopedFor: "≥ 1 ×",
    figure: (rows) => ratio(rows.step("2d", "ours", "webgpu"), rows.step("2d", "jax-js", "webgpu")),
    show: hundredths,
    isReached: (figure) => figure >= 0.8,
    isHope: (figure) => figure >= 1,
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
    what: "first experiment on the page against a trainer alone",
    owed: "≥ 92 %",
    hopedFor: "",
    figure: ({ page }) => page.find(({ shareOfAlone }) => shareOfAlone !== null)?.shareOfAlone ?? null,
    show: percent,
    isReached: (figure) => figure >= 0.92,
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
    what: "page while 2,000 pictures are decoded: its longest task, on the processor",
    owed: "< 50 ms",
    hopedFor: "",
    figure: ({ page }) => page.find(({ preset }) => preset.startsWith("decoding"))?.longestTaskCpuMs ?? null,
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
export function judgeTargets(rows: readonly Row[], plans: readonly PlanRow[] = []): TargetResult[] {
  const known = rowsOf(rows, plans);
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
