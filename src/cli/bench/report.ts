/** The benchmark's tables, for a terminal and for docs/PERFORMANCE.md. Text only. */
import type { Machine } from "./machine";
import { isStepRow, type LabRow, type PageRow, type PlanRow, type Row, type StepRow } from "./rows";
import { judgeTargets } from "./targets";
import { WORK_IDS, WORKS } from "./works";

type Cells = readonly string[];

const number = (value: number | null, digits = 1): string => (value === null ? "–" : value.toFixed(digits));
/** What the lab costs, as sentences with what is owed: tasks under 50 ms, training at 80 % or more, a moment within 100 ms. */
export function labReport({ on, off, ...row }: LabRow): string {
  const shares = row.rateShares.map((share) => share.toFixed(2)).join(", ");
  return [
    `Every layer on: tasks of the page's thread ${time(on.taskMs95)} ms at the 95th percentile, ${time(on.taskCpuMs95)} of them on the processor (owed: under 50), longest ${time(on.longestTaskMs)} (${time(on.longestTaskCpuMs)}), ${on.longTasks} of 50 ms or more; all off ${time(off.taskMs95)} (${time(off.taskCpuMs95)}).`,
    `Training with every layer on: ${(100 * row.rateShare).toFixed(0)} % of what it is with all off (owed: 80 %), median of ${row.turns} pairs of turns: ${shares}.`,
    `Moments of a run of ${row.scrubSteps} steps, every layer on: on the screen ${time(row.scrubMs)} ms after the timeline is moved, ${time(row.scrubMs95)} ms at the 95th percentile of ${row.scrubs} (owed: 100).`,
  ].join("\n");
}

/** Three figures: what a repeat can tell apart. */
const time = (value: number | null): string =>
  value === null ? "–" : value >= 100 ? value.toFixed(0) : value.toPrecision(3);
const range = ({ min, max }: Pick<StepRow, "min" | "max">) => (min === null ? "–" : `${time(min)}–${time(max)}`);

const STEP_HEAD = [
  "system",
  "backend",
  "threads",
  "ms per step",
  "min–max",
  "repeats",
  "× ours",
  "GFLOP/s",
  "peak",
  "note",
];
const GPU_HEAD = ["work", "system", "dispatches", "submits", "JavaScript ms", "device's clock, ms", "adapter"];
const PLAN_HEAD = ["work", "dispatches", "Mflop", "issued", "MB", "asked for", "in full dispatches"];
const PAGE_HEAD = [
  "preset",
  "frames/s",
  "frame 95 %",
  "task 95 %",
  "its CPU",
  "longest task",
  "its CPU",
  "tasks ≥ 50",
  "slider asked",
  "answered",
  "shown",
  "first step",
  "first picture",
  "ms per step",
  "alone",
  "worker's share",
  "page's share",
  "worker's cores",
  "page's",
  "others'",
];
const TARGET_HEAD = ["what", "owed", "figure", "", "hoped for", ""];

function stepCells(row: StepRow): Cells {
  const execution = row.system === "ours" && row.execution !== null ? ` (${row.execution})` : "";
  return [
    row.system + execution,
    row.backend,
    row.threads === null ? "–" : String(row.threads),
    time(row.msPerStep),
    range(row),
    String(row.repeats),
    number(row.timesOurs, 2),
    number(row.gflops),
    number(row.peakGflops),
    row.note,
  ];
}

const gpuCells = (row: StepRow): Cells => [
  row.work,
  row.system,
  number(row.dispatchesPerStep),
  number(row.submitsPerStep),
  number(row.jsMsPerStep, 2),
  time(row.gpuMsPerStep),
  row.adapter ?? "–",
];

const planCells = (row: PlanRow): Cells => [
  row.work,
  String(row.dispatches),
  number(row.usefulFlops / 1e6),
  `${number(row.issuedFlops / row.usefulFlops, 2)} ×`,
  number(row.bytesOnce / 1e6),
  `${number(row.bytes / row.bytesOnce, 2)} ×`,
  `${number(100 * row.full, 0)} %`,
];

const share = (value: number | null) => (value === null ? "–" : `${number(100 * value, 0)} %`);

const pageCells = (row: PageRow): Cells => [
  row.preset,
  number(row.framesPerSecond),
  number(row.frameMs95),
  number(row.taskMs95),
  number(row.taskCpuMs95),
  number(row.longestTaskMs),
  number(row.longestTaskCpuMs),
  number(row.longTasks, 0),
  number(row.sliderAskedMs, 0),
  number(row.sliderAnsweredMs, 0),
  number(row.sliderMs, 0),
  number(row.firstStepMs, 0),
  number(row.firstPictureMs, 0),
  row.note === "" ? time(row.msPerStep) : `${time(row.msPerStep)} (${row.note})`,
  time(row.aloneMs),
  share(row.lookedShare),
  share(row.shareOfAlone),
  number(row.workerCores, 2),
  number(row.pageCores, 2),
  number(row.otherCores, 2),
];

/** A heading and a table under it. */
interface Section {
  readonly title: string;
  readonly head: Cells;
  readonly rows: readonly Cells[];
}

function sections(rows: readonly Row[], plans: readonly PlanRow[]): Section[] {
  const steps = rows.filter(isStepRow);
  const pages = rows.filter((row) => row.work === "page");
  const gpu = steps.filter(({ dispatchesPerStep }) => dispatchesPerStep !== null);
  const all: Section[] = WORK_IDS.map((work) => ({
    title: `${work}: ${WORKS[work].name}`,
    head: STEP_HEAD,
    rows: steps.filter((row) => row.work === work).map(stepCells),
  }));
  all.push({ title: "WebGPU, a step", head: GPU_HEAD, rows: gpu.map(gpuCells) });
  const counted = "WebGPU, a step as written for a graphics card, counted";
  all.push({ title: counted, head: PLAN_HEAD, rows: plans.map(planCells) });
  all.push({ title: "The page while it trains, ms", head: PAGE_HEAD, rows: pages.map(pageCells) });
  return all.filter((section) => section.rows.length > 0);
}

/** A warning where PyTorch was no fair peer; empty otherwise. */
const blasWarning = (rows: readonly Row[]) =>
  rows.some((row) => row.system === "pytorch" && row.note.includes("reference BLAS"))
    ? "PyTorch here computes its matrix products with the slow reference BLAS, so its rows, and the targets against it, flatter us. Install OpenBLAS (Debian: libopenblas0-pthread) and run again."
    : "";

const targetCells = (rows: readonly Row[], plans: readonly PlanRow[]): Cells[] =>
  judgeTargets(rows, plans).map((one) => [one.what, one.owed, one.figure, one.outcome, one.hopedFor, one.hopeOutcome]);

function sizes(rows: readonly Row[]): string {
  const page = rows.find((row) => row.work === "page");
  return page === undefined
    ? ""
    : `Gzipped: ${number(page.pageKilobytes)} kB for the page with all its chunks, ${number(page.workerKilobytes)} kB for the worker with TensorFlow.js and its WebAssembly.`;
}

function machineText({ cores, cpu, ceiling, memoryGigabytes, system, node, webgpu }: Machine): string {
  const most =
    ceiling === null
      ? ""
      : ` (128-bit multiply-adds: ${number(ceiling.one)} GFLOP/s on one, ${number(ceiling.all)} on all)`;
  return `${cores} cores of ${cpu}${most}, ${memoryGigabytes} GB, ${system}, Node ${node}; WebGPU: ${webgpu}`;
}

/** For a terminal: columns in line. */
export function terminalReport(machine: Machine, rows: readonly Row[], plans: readonly PlanRow[]): string {
  const judged = targetCells(rows, plans);
  const targets = { title: "Targets", head: TARGET_HEAD, rows: judged.filter((cells) => cells[2] !== "–") };
  const blocks = [...sections(rows, plans), ...(targets.rows.length > 0 ? [targets] : [])].map(
    ({ title, head, rows: body }) => {
      const widths = head.map((_, i) => Math.max(...[head, ...body].map((cells) => cells[i]?.length ?? 0)));
      const line = (cells: Cells) =>
        cells
          .map((cell, i) => cell.padEnd(widths[i] ?? 0))
          .join("  ")
          .trimEnd();
      return [title, line(head), ...body.map(line)].join("\n");
    },
  );
  return [machineText(machine), ...blocks, blasWarning(rows), sizes(rows)].filter((text) => text !== "").join("\n\n");
}

/** docs/PERFORMANCE.md. */
export function markdownReport(
  machine: Machine,
  rows: readonly Row[],
  plans: readonly PlanRow[],
  lab: LabRow | null,
): string {
  const table = (head: Cells, body: readonly Cells[]) =>
    [head, head.map(() => "---"), ...body].map((cells) => `| ${cells.join(" | ")} |`).join("\n");
  const blocks = sections(rows, plans).map(({ title, head, rows: body }) => `## ${title}\n\n${table(head, body)}`);
  return `# Performance

Written by \`npm run bench\` from one run on ${machine.date}: ${machineText(machine)}.

${INTRODUCTION}

${blocks.join("\n\n")}

${sizes(rows)}

${lab === null ? "" : `## The lab\n\n${labReport(lab).replaceAll(/^/gm, "- ")}`}

## Targets

Ratios within this run. "PyTorch's best" is the faster of its rows. ${blasWarning(rows)}

${table(TARGET_HEAD, targetCells(rows, plans))}
`.replaceAll(/\n{3,}/g, "\n\n");
}

const INTRODUCTION = `A step is the same in every system: G makes a batch of fakes from fresh normal latents; D is updated by Adam on one fixed batch of
reals and these fakes; G is updated by Adam through the new D on a second batch of latents. float32, losses on logits. WGAN-GP:
one update of D for one of G. Every system has a process of its own; their repeats are interleaved (A B C A B C ...), so that
what disturbs the machine disturbs all of them. Figures are medians of the repeats, with the fastest and the slowest beside them.

- ours is what the page does; ours-eager is the same engine without record and replay, where the engine has that choice.
- tfjs is stock TensorFlow.js 4.22, eager, on the same backend, with none of our kernels registered.
- jax-js compiles the whole step by its jit; in Node its WebAssembly runs on one thread.
- pytorch is the machine's own PyTorch on the CPU; its note tells how it was set, and when it was linked with the slow reference BLAS. Left to
  itself on two cores it starts twice as many threads, which spin; with OPENBLAS_NUM_THREADS=1 it does not. The best of its rows counts.
- × ours is a system's time over that of ours on the same backend with one thread: 2.00 means that ours is twice as fast.
- GFLOP/s counts the products of the step's dense layers and convolutions only (src/core/architecture/flops.ts); peak is the best of
  some large square products through the same system's kernel, measured in the same process before and after the repeats.
- Node runs WebAssembly with relaxed SIMD, as browsers do.
- WebGPU on a driver that draws on the CPU tells dispatches, submits and JavaScript; its milliseconds say little of a graphics card, but
  compare systems on that driver. A second such driver, lavapipe, is timed where it is installed, since it ranks programs otherwise: barriers
  cost SwiftShader far more. The device's clock counts what lies between the beginning and the end of a pass.
- Counted plans: what products compute over what their mathematics asks for, what their tiles ask memory for over each value once, and the
  share of useful operations in dispatches of ten thousand threads or more.
- The page: tasks of its thread from a Chromium trace (those under 1 ms are left out of the percentile); slider: medians from the key
  until the page has asked the worker, until it has the answer, and until G's new sample is on the screen, to within a frame; first step and picture count from the click on Train. "Alone" is the same
  experiment in a worker of the same browser that does nothing but train, timed in turns with the page; the shares are its step over a
  step of the page's worker without the page, which looks at its networks as often but for nobody, and over a step on the page. Cores are
  what threads took of the processor while the trace ran: workers', the page's own, and all others of the browser, which draw.`;
