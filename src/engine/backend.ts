/**
 * Chooses the TensorFlow.js backend: WebGPU or WebGL on real hardware, then WebAssembly, then plain JavaScript.
 * Not the looking for adapters (adapters.ts), not the starting (backend-starts.ts) and not the kernels that join a backend (kernels/).
 */
import type { Arithmetic, BackendName, DevicePreference, DeviceReport } from "../core/device";
import { BACKENDS } from "../core/device";
import { explainError } from "../core/errors";
import { probeWebGl, probeWebGpu } from "./adapters";
import { type Started, start, startCpu, startWasm, startWebGl, startWebGpu } from "./backend-starts";
import { explainChoice, wantedBackend } from "./backend-words";
import type { FileFetcher } from "./files";
import { mendGradients } from "./kernels/gradients";
import { detectSimd } from "./kernels/wasm/detect-simd";

/** The outside world, handed in so that a worker, Node and a test can each give their own. */
export interface BackendEnvironment {
  /** Where TensorFlow.js's .wasm files are: a folder ending in "/", or an address for each file name. */
  readonly wasmPaths: string | Record<string, string>;
  /** Gets them from those addresses, so that one that does not arrive can be told of. Default: TensorFlow.js gets them by itself. */
  readonly fetchFile?: FileFetcher;
  /** `navigator.gpu`, or undefined. */
  readonly gpu: GPU | undefined;
  /** A canvas to look for WebGL on. Default: an OffscreenCanvas where there is such a thing. */
  readonly makeCanvas?: () => OffscreenCanvas | undefined;
  /** "plain": our WebAssembly kernels without fused multiply-add, whatever is asked for. Default: by detection. */
  readonly arithmetic?: Arithmetic;
  /** Takes graphics adapters that draw on the CPU for real ones: to try what happens with several devices where there is only one. */
  readonly acceptSoftware?: boolean;
}

export interface ChosenBackend {
  readonly report: DeviceReport;
  /**
   * Calls back once, with a sentence, when the GPU is lost (driver reset, sleep, too much memory). Every tensor on it is gone then:
   * choose again and restore the last snapshot. Never called on the CPU.
   */
  onLost(callback: (why: string) => void): void;
  /** The same sentence as soon as it can be known, or null. */
  lostNow(): string | null;
}

/** One way to compute, as far as can be told without starting it. */
interface Option {
  readonly available: boolean;
  /** Good enough to be chosen without being asked for. */
  readonly recommended: boolean;
  readonly why: string;
  readonly adapter: string | null;
  /** Starts it, or makes it the current one again. @throws when it does not start */
  start(arithmetic: Arithmetic | undefined): Promise<Started>;
}

/** What was measured of the experiment at hand, in milliseconds a step. */
export type MeasuredBackends = ReadonlyMap<BackendName, number>;

/** The backends of one machine, looked at once. */
export interface Backends {
  /** Adapters and instruction sets as one text: measurements of another machine do not hold here. */
  readonly machine: string;
  /** Those that a measurement should choose among: hardware and WebAssembly, or everything that is there. */
  contenders(which: "recommended" | "available"): readonly BackendName[];
  /** Makes one the current one, and starts it where need be. @throws when it does not start */
  activate(backend: BackendName): Promise<void>;
  /** The one that `choose` tries first. */
  first(preference: DevicePreference, measured: MeasuredBackends): BackendName | undefined;
  /** The report on a backend that runs. `notes`: more to say of backends, such as why they could not be measured. */
  describe(
    backend: BackendName,
    preference: DevicePreference,
    measured?: MeasuredBackends,
    notes?: ReadonlyMap<BackendName, string>,
  ): DeviceReport;
  /**
   * Starts the wanted backend, or the best one: the fastest of those that were measured, else hardware before WebAssembly before plain
   * JavaScript. A wish that cannot be met falls back to the best with a sentence in the report.
   * @throws only when not even plain JavaScript starts, which means TensorFlow.js itself did not load
   */
  choose(
    preference: DevicePreference,
    measured?: MeasuredBackends,
    notes?: ReadonlyMap<BackendName, string>,
  ): Promise<ChosenBackend>;
}

/** Looks at what is there and mends TensorFlow.js's gradients. Starts nothing. */
export async function openBackends(environment: BackendEnvironment): Promise<Backends> {
  mendGradients();
  const options = await lookAround(environment);
  const running = new Map<BackendName, Started>();
  /** Why a backend did not start, or is gone: it is tried again only when asked for. */
  const failures = new Map<BackendName, string>();

  /** How WebAssembly shall round, by the last choice. */
  let arithmetic = environment.arithmetic;

  async function activate(backend: BackendName): Promise<Started> {
    const known = running.get(backend);
    if (known !== undefined && backend !== "wasm") {
      await start(backend);
      return known;
    }
    const started = await options[backend].start(arithmetic);
    running.set(backend, started);
    failures.delete(backend);
    void started.lost?.then((why) => {
      if (running.get(backend) !== started) return;
      running.delete(backend);
      failures.set(backend, why); // not again by itself
    });
    return started;
  }

  const order = (preference: DevicePreference, measured: MeasuredBackends) =>
    inOrder(preference, options, measured).filter((name) => name === wantedBackend(preference) || !failures.has(name));

  const describe: Backends["describe"] = (backend, preference, measured = new Map(), notes = new Map()) => ({
    backend,
    requested: preference,
    reason: explainChoice(preference, backend, options, failures, measured),
    adapter: options[backend].adapter,
    candidates: BACKENDS.map((name) => ({
      backend: name,
      available: options[name].available && !failures.has(name),
      failure: failures.get(name) ?? null,
      why: [options[name].why, failures.get(name) ?? notes.get(name) ?? ""].join(" ").trim(),
      msPerStep: measured.get(name) ?? null,
    })),
    arithmetic: running.get(backend)?.arithmetic ?? null,
  });

  return {
    machine: BACKENDS.map((name) => options[name].why).join(" "),
    contenders: (which) =>
      MEASURED_FIRST.filter((name) => !failures.has(name)).filter((name) =>
        which === "available" ? options[name].available : options[name].recommended && name !== "cpu",
      ),
    activate: async (backend) => void (await activate(backend)),
    first: (preference, measured) => order(preference, measured)[0],
    describe,
    async choose(preference, measured = new Map(), notes = new Map()) {
      arithmetic = preference === "reproducible" ? "plain" : environment.arithmetic;
      for (const backend of order(preference, measured)) {
        try {
          const { lost, lostNow = () => null } = await activate(backend);
          const report = describe(backend, preference, measured, notes);
          return { report, onLost: (callback) => void lost?.then(callback), lostNow };
        } catch (error) {
          failures.set(backend, `It did not start: ${explainError(error)}.`);
        }
      }
      throw new Error(
        `TensorFlow.js started no backend at all (${[...failures.values()].join(" ")}). Reload the page, or try another browser.`,
      );
    },
  };
}

/** Looks around and chooses, without measurements. */
export async function chooseBackend(
  preference: DevicePreference,
  environment: BackendEnvironment,
): Promise<ChosenBackend> {
  return (await openBackends(environment)).choose(preference);
}

/** WebAssembly starts at once and is never far off, so that the others can be judged by it. */
const MEASURED_FIRST = ["wasm", "webgpu", "webgl", "cpu"] as const satisfies readonly BackendName[];

/** The order in which backends are tried. */
function inOrder(
  preference: DevicePreference,
  options: Record<BackendName, Option>,
  measured: MeasuredBackends,
): BackendName[] {
  const time = (name: BackendName) => measured.get(name) ?? Number.POSITIVE_INFINITY;
  const best = BACKENDS.filter((name) => options[name].recommended || (options[name].available && measured.has(name)));
  best.sort((a, b) => (time(a) === time(b) ? 0 : time(a) - time(b))); // stable: what was not measured keeps its place behind
  const wanted = wantedBackend(preference);
  return wanted === null || !options[wanted].available ? best : [...new Set([wanted, ...best])];
}

async function lookAround(environment: BackendEnvironment): Promise<Record<BackendName, Option>> {
  const { makeCanvas = () => (typeof OffscreenCanvas === "undefined" ? undefined : new OffscreenCanvas(1, 1)) } =
    environment;
  const webgpu = await probeWebGpu(environment.gpu);
  let adapterUsed = false;
  const webgl = probeWebGl(makeCanvas);
  const { simd, fused } = typeof WebAssembly === "undefined" ? { simd: false, fused: false } : detectSimd();
  return {
    webgpu: {
      ...describeGpu(webgpu, "WebGPU", environment),
      async start() {
        // An adapter gives one device: after a loss there must be another one.
        const probe = adapterUsed ? await probeWebGpu(environment.gpu) : webgpu;
        adapterUsed = true;
        if (!probe.found) throw new Error(probe.why);
        return startWebGpu(probe.handle);
      },
    },
    webgl: { ...describeGpu(webgl, "WebGL", environment), start: startWebGl },
    wasm: {
      available: simd,
      recommended: simd,
      why: simd
        ? `The CPU through WebAssembly, with SIMD${fused ? " and fused multiply-add" : ""}.`
        : "This browser's WebAssembly has no SIMD.",
      adapter: null,
      start: (arithmetic) => startWasm(environment, arithmetic),
    },
    cpu: {
      available: true,
      recommended: true,
      why: "The CPU through plain JavaScript: it works everywhere and is slow.",
      adapter: null,
      start: startCpu,
    },
  };
}

function describeGpu(
  probe: Awaited<ReturnType<typeof probeWebGpu>> | ReturnType<typeof probeWebGl>,
  api: string,
  { acceptSoftware = false }: BackendEnvironment,
): Omit<Option, "start"> {
  if (!probe.found) return { available: false, recommended: false, why: probe.why, adapter: null };
  const why = probe.hardware
    ? `${api} on ${probe.name}.`
    : `${api} on ${probe.name}, which draws on the CPU: far slower than WebAssembly, so only when asked for.`;
  return { available: true, recommended: probe.hardware || acceptSoftware, why, adapter: probe.name };
}
