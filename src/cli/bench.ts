/**
 * `npm run bench [-- options]`: times this project beside its peers, in one run, and prints one table. Arguments, order and files; the
 * timing itself is in bench/.
 */
import { spawnSync } from "node:child_process";
import { mkdirSync, writeFileSync } from "node:fs";
import { availableParallelism } from "node:os";
import { parseArgs } from "node:util";
import { wholeNumber } from "./arguments";
import { measureCeiling } from "./bench/ceiling";
import { compare } from "./bench/compare";
import { measureLab } from "./bench/lab";
import { describeMachine } from "./bench/machine";
import { measurePage, PAGE_PRESETS } from "./bench/page";
import { planRows } from "./bench/plans";
import { labReport, markdownReport, terminalReport } from "./bench/report";
import { type LabRow, type PlanRow, type Row, SYSTEMS, type SystemId } from "./bench/rows";
import { type GpuDriver, OWN_DRIVER, STEP_BACKENDS, type StepBackend } from "./bench/systems";
import { isWorkId, WORK_IDS, type WorkId } from "./bench/works";
import { lavapipeEnvironment } from "./lavapipe";

const PAGE = "docs/PERFORMANCE.md";

const HELP = `Times this project's training beside stock TensorFlow.js, jax-js and PyTorch, and the page itself, in one run.

  npm run bench [-- options]

  --only NAMES      some of ${[...WORK_IDS, "page", "lab"].join(", ")}; separated by commas (default: all)
  --presets NAMES   of the page only some of ${PAGE_PRESETS.join(", ")} (default: all, and pictures of one's own)
  --backend NAMES   some of ${STEP_BACKENDS.join(", ")} (default: both; on WebGPU drivers that draw on the CPU not
                    every work and system, and a second driver, lavapipe, where it is installed)
  --systems NAMES   some of ${SYSTEMS.join(", ")} (default: all)
  --threads N       CPU threads of our second row on wasm (default: all cores); steps too small to share have no such row
  --repeats N       repeats of each system (default 7; 3 for WebGPU)
  --seconds S       length of one repeat of one system, at least one step each (default 1.5)
  --json FILE       { machine, rows, plans, lab }
  --write           write ${PAGE} (a run of everything does so unasked)
  --no-build        time the page in dist/ as it is
  --help            this text

Leave the machine alone while it runs: a full run takes some forty minutes on two cores.`;

class UsageError extends Error {
  override readonly name = "UsageError";
}

/** WebGPU in software takes seconds a step: fewer repeats, not every work, and the largest one without stock TensorFlow.js and jax-js. */
const GPU_REPEATS = 3;
const SOFTWARE_GPU_WORKS: readonly WorkId[] = ["default", "2d", "mlp", "dcgan"];
const SOFTWARE_GPU_SYSTEMS: { readonly [work in WorkId]?: readonly SystemId[] } = { dcgan: ["ours", "ours-eager"] };
/** On the second driver: stock TensorFlow.js has been seen on the first. */
const SECOND_DRIVER_SYSTEMS: readonly SystemId[] = ["ours", "ours-eager", "jax-js"];

async function main(): Promise<void> {
  const options = readOptions();
  if (options === null) {
    console.log(HELP);
    return;
  }
  const onProgress = (text: string) => console.error(`${new Date().toISOString().slice(11, 19)}  ${text}`);
  onProgress("the processor's ceiling");
  const machine = await describeMachine(measureCeiling(availableParallelism()));
  const rows: Row[] = [];
  const among = (systems: readonly SystemId[]) => options.systems.filter((id) => systems.includes(id));
  for (const work of options.works) {
    for (const backend of options.backends) {
      const repeats = options.repeats ?? (backend === "webgpu" ? GPU_REPEATS : 7);
      for (const driver of backend === "webgpu" ? driversOf(machine.webgpuHardware) : [OWN_DRIVER]) {
        const software = backend === "webgpu" && !(machine.webgpuHardware && driver === OWN_DRIVER);
        if (software && !options.backendAsked && !SOFTWARE_GPU_WORKS.includes(work)) continue;
        const fit = software ? among(SOFTWARE_GPU_SYSTEMS[work] ?? SYSTEMS) : options.systems;
        const systems = driver === OWN_DRIVER ? fit : fit.filter((id) => SECOND_DRIVER_SYSTEMS.includes(id));
        rows.push(...(await compare({ work, backend, driver }, { ...options, systems, repeats, onProgress })));
      }
    }
  }
  if ((options.page || options.lab) && options.build) build(onProgress);
  if (options.page) {
    rows.push(...(await measurePage({ presets: options.presets, seconds: 5, keys: 20, turns: 5, onProgress })));
  }
  const lab: LabRow | null = options.lab
    ? await measureLab({ seconds: 4, turns: 5, steps: 10_000, scrubs: 40, onProgress })
    : null;
  const plans: PlanRow[] = options.backends.includes("webgpu") ? await planRows(options.works, onProgress) : [];
  console.log(terminalReport(machine, rows, plans));
  if (lab !== null) console.log(labReport(lab));
  if (options.json !== undefined) write(options.json, `${JSON.stringify({ machine, rows, plans, lab }, null, 1)}\n`);
  if (options.write) {
    mkdirSync("docs", { recursive: true });
    write(PAGE, markdownReport(machine, rows, plans, lab));
  }
}

/** The machine's own WebGPU driver; where that draws on the CPU also lavapipe, which ranks programs otherwise. */
function driversOf(hardware: boolean): GpuDriver[] {
  if (hardware) return [OWN_DRIVER];
  const lavapipe = lavapipeEnvironment();
  return "why" in lavapipe ? [OWN_DRIVER] : [OWN_DRIVER, { name: "lavapipe", environment: lavapipe.environment }];
}

function parse() {
  const text = { type: "string" } as const;
  const flag = { type: "boolean", default: false } as const;
  const options = {
    only: text,
    presets: text,
    backend: text,
    systems: text,
    threads: text,
    repeats: text,
    seconds: text,
    json: text,
    write: flag,
    "no-build": flag,
    help: flag,
  };
  try {
    return parseArgs({ options }).values;
  } catch (error) {
    throw new UsageError(`${error instanceof Error ? error.message : String(error)}\n\n${HELP}`);
  }
}

function readOptions() {
  const values = parse();
  if (values.help) return null;
  const names = several("--only", values.only, [...WORK_IDS, "page", "lab"] as const);
  const everything = [values.only, values.backend, values.systems].every((value) => value === undefined);
  const seconds = Number(values.seconds ?? "1.5");
  if (!(seconds > 0 && seconds <= 600))
    throw new UsageError(`--seconds must be from 0 to 600, not "${values.seconds}".`);
  return {
    works: names.filter(isWorkId),
    page: names.includes("page"),
    lab: names.includes("lab"),
    presets: several("--presets", values.presets, PAGE_PRESETS),
    backends: several<StepBackend>("--backend", values.backend, STEP_BACKENDS),
    backendAsked: values.backend !== undefined,
    systems: several<SystemId>("--systems", values.systems, SYSTEMS),
    threads: values.threads === undefined ? availableParallelism() : wholeNumber("--threads", values.threads, 1, 16),
    repeats: values.repeats === undefined ? undefined : wholeNumber("--repeats", values.repeats, 1, 1000),
    seconds,
    json: values.json,
    write: values.write || everything,
    build: !values["no-build"],
  };
}

/** Names separated by commas, in the order of `known`; all of them when none is given. */
function several<T extends string>(option: string, given: string | undefined, known: readonly T[]): T[] {
  if (given === undefined) return [...known];
  const names = given.split(",").map((name) => name.trim());
  const wrong = names.find((name) => !known.some((one) => one === name));
  if (wrong !== undefined) throw new UsageError(`${option} has no "${wrong}". Choose from: ${known.join(", ")}.`);
  return known.filter((name) => names.includes(name));
}

function build(onProgress: (text: string) => void): void {
  onProgress("page: building");
  const { status } = spawnSync("npm", ["run", "-s", "build"], { stdio: ["ignore", "ignore", "inherit"] });
  if (status !== 0)
    throw new Error("The page could not be built: see above. Mend it, or time an earlier build with --no-build.");
}

function write(path: string, content: string): void {
  try {
    writeFileSync(path, content);
    console.log(`wrote ${path}`);
  } catch (error) {
    throw new UsageError(`${path} could not be written: ${error instanceof Error ? error.message : String(error)}`);
  }
}

try {
  await main();
  process.exit(0); // WebGPU's driver would keep the process alive
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exit(error instanceof UsageError || error instanceof RangeError ? 2 : 1);
}
