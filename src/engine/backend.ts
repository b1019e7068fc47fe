/**
 * Chooses and starts the TensorFlow.js backend: WebGPU or WebGL on real hardware, then WebAssembly, then plain JavaScript.
 * Not the looking for adapters (adapters.ts) and not the kernels that join a backend (kernels/).
 */
import * as tf from "@tensorflow/tfjs";
import { setWasmPaths } from "@tensorflow/tfjs-backend-wasm";
import { WebGPUBackend } from "@tensorflow/tfjs-backend-webgpu";
import type { BackendName, DeviceCandidate, DevicePreference, DeviceReport } from "../core/device";
import { BACKENDS } from "../core/device";
import { message, probeWebGl, probeWebGpu } from "./adapters";
import { mendGradients } from "./kernels/gradients";
import { registerWasmKernels } from "./kernels/wasm/register";
import { detectSimd } from "./kernels/wasm/runtime";

/** The outside world, handed in so that a worker, Node and a test can each give their own. */
export interface BackendEnvironment {
  /** Where TensorFlow.js's .wasm files are: a folder ending in "/", or an address for each file name. */
  readonly wasmPaths: string | Record<string, string>;
  /** `navigator.gpu`, or undefined. */
  readonly gpu: GPU | undefined;
  /** A canvas to look for WebGL on. Default: an OffscreenCanvas where there is such a thing. */
  readonly makeCanvas?: () => OffscreenCanvas | undefined;
  /** false: our WebAssembly kernels without fused multiply-add. Default: by detection. */
  readonly relaxedSimd?: boolean;
}

export interface ChosenBackend {
  readonly report: DeviceReport;
  /**
   * Calls back once, with a sentence, when the GPU is lost (driver reset, sleep, too much memory). Every tensor on it is gone then:
   * choose again and restore the last snapshot. Never called on the CPU.
   */
  onLost(callback: (why: string) => void): void;
}

/** One way to compute, as far as can be told without starting it. */
interface Option {
  readonly available: boolean;
  /** Good enough to be chosen without being asked for. */
  readonly recommended: boolean;
  readonly why: string;
  readonly adapter: string | null;
  /** Starts it. @throws when it does not start */
  start(): Promise<Started>;
}

interface Started {
  readonly simd: DeviceReport["simd"];
  readonly lost?: Promise<string>;
}

/**
 * Starts the wanted backend, or the best one that is there, and mends TensorFlow.js's gradients. A wish that cannot be met falls back to the
 * best with a sentence in the report.
 * @throws only when not even plain JavaScript starts, which means TensorFlow.js itself did not load
 */
export async function chooseBackend(
  preference: DevicePreference,
  environment: BackendEnvironment,
): Promise<ChosenBackend> {
  mendGradients();
  const options = await lookAround(environment);
  const failures = new Map<BackendName, string>();
  for (const backend of inOrder(preference, options)) {
    const option = options[backend];
    try {
      const { simd, lost } = await option.start();
      const report: DeviceReport = {
        backend,
        requested: preference,
        reason: explain(preference, backend, options, failures),
        adapter: option.adapter,
        candidates: BACKENDS.map((name) => candidate(name, options[name], failures.get(name))),
        simd,
      };
      return { report, onLost: (callback) => void lost?.then(callback) };
    } catch (error) {
      failures.set(backend, `It did not start: ${message(error)}.`);
    }
  }
  throw new Error(
    `TensorFlow.js started no backend at all (${[...failures.values()].join(" ")}). Reload the page, or try another browser.`,
  );
}

/** The order in which backends are tried. */
function inOrder(preference: DevicePreference, options: Record<BackendName, Option>): BackendName[] {
  const best = BACKENDS.filter((name) => options[name].recommended);
  return preference === "auto" || !options[preference].available ? best : [...new Set([preference, ...best])];
}

async function lookAround(environment: BackendEnvironment): Promise<Record<BackendName, Option>> {
  const { makeCanvas = () => (typeof OffscreenCanvas === "undefined" ? undefined : new OffscreenCanvas(1, 1)) } =
    environment;
  const webgpu = await probeWebGpu(environment.gpu);
  const webgl = probeWebGl(makeCanvas);
  const { simd, relaxedSimd } = typeof WebAssembly === "undefined" ? { simd: false, relaxedSimd: false } : detectSimd();
  return {
    webgpu: {
      ...describeGpu(webgpu, "WebGPU"),
      start: () => {
        if (!webgpu.found) throw new Error(webgpu.why);
        return startWebGpu(webgpu.handle);
      },
    },
    webgl: { ...describeGpu(webgl, "WebGL"), start: startWebGl },
    wasm: {
      available: simd,
      recommended: simd,
      why: simd
        ? `The CPU through WebAssembly, ${relaxedSimd ? "with relaxed SIMD" : "with SIMD"}.`
        : "This browser's WebAssembly has no SIMD.",
      adapter: null,
      start: () => startWasm(environment),
    },
    cpu: {
      available: true,
      recommended: true,
      why: "The CPU through plain JavaScript: it works everywhere and is slow.",
      adapter: null,
      start: async () => {
        await start("cpu");
        return { simd: null };
      },
    },
  };
}

function describeGpu(
  probe: Awaited<ReturnType<typeof probeWebGpu>> | ReturnType<typeof probeWebGl>,
  api: string,
): Omit<Option, "start"> {
  if (!probe.found) return { available: false, recommended: false, why: probe.why, adapter: null };
  const why = probe.hardware
    ? `${api} on ${probe.name}.`
    : `${api} on ${probe.name}, which draws on the CPU: far slower than WebAssembly, so only when asked for.`;
  return { available: true, recommended: probe.hardware, why, adapter: probe.name };
}

/** `tf.setBackend` can return true, return false or throw: here it succeeds or throws. */
async function start(backend: BackendName): Promise<void> {
  const started = await tf.setBackend(backend);
  if (!started) throw new Error(`TensorFlow.js could not initialise "${backend}"`);
  await tf.ready();
}

async function startWebGpu(adapter: GPUAdapter): Promise<Started> {
  // Small tensors on the CPU otherwise run in JavaScript, each with a transfer; and a recorded step would freeze their values.
  tf.env().set("WEBGPU_CPU_FORWARD", false);
  // The stock input gradient of a convolution is one thread per pixel; this flag picks the one that goes through a matrix product.
  tf.env().set("WEBGPU_USE_NAIVE_CONV2D_TRANSPOSE", false);
  const { limits } = adapter;
  const device = await adapter.requestDevice({
    requiredLimits: {
      maxComputeWorkgroupStorageSize: limits.maxComputeWorkgroupStorageSize,
      maxComputeWorkgroupsPerDimension: limits.maxComputeWorkgroupsPerDimension,
      maxStorageBufferBindingSize: limits.maxStorageBufferBindingSize,
      maxBufferSize: limits.maxBufferSize,
      maxComputeWorkgroupSizeX: limits.maxComputeWorkgroupSizeX,
      maxComputeInvocationsPerWorkgroup: limits.maxComputeInvocationsPerWorkgroup,
    },
  });
  // Our own factory instead of the stock one, which asks for a second adapter, dereferences it when there is none, and keeps the device
  // to itself, so that nobody could hear of its loss.
  if (tf.engine().findBackendFactory("webgpu")) tf.removeBackend("webgpu");
  tf.registerBackend("webgpu", () => new WebGPUBackend(device, adapter.info));
  await start("webgpu");
  const lost = device.lost.then((info) =>
    info.reason === "destroyed"
      ? new Promise<string>(() => {}) // our own doing, nothing to report
      : `The graphics device was lost (${info.message || "the driver gave no reason"}).`,
  );
  return { simd: null, lost };
}

async function startWebGl(): Promise<Started> {
  await start("webgl");
  if (!tf.env().getBool("WEBGL_RENDER_FLOAT32_ENABLED")) {
    throw new Error("its floats have 16 bits, too few to train with");
  }
  return { simd: null };
}

let wasmPathsSet = false;

async function startWasm(environment: BackendEnvironment): Promise<Started> {
  // Not engine().findBackend, which would start the backend to find it.
  if (!wasmPathsSet) {
    wasmPathsSet = true; // TensorFlow.js allows it once, before the start
    // On a cross-origin isolated page TensorFlow.js would load its threaded build, whose shared memory our modules do not import.
    tf.env().set("WASM_HAS_MULTITHREAD_SUPPORT", false);
    setWasmPaths(environment.wasmPaths);
  }
  await start("wasm");
  const simd = await registerWasmKernels(
    environment.relaxedSimd === undefined ? {} : { relaxedSimd: environment.relaxedSimd },
  );
  return { simd };
}

function candidate(backend: BackendName, option: Option, failure: string | undefined): DeviceCandidate {
  return {
    backend,
    available: option.available && failure === undefined,
    why: failure === undefined ? option.why : `${option.why} ${failure}`,
    msPerStep: null,
  };
}

const NAMES: Record<BackendName, string> = {
  webgpu: "WebGPU",
  webgl: "WebGL",
  wasm: "WebAssembly",
  cpu: "plain JavaScript",
};

/** The report's sentence: why this one and not a better one, or not the one asked for. */
function explain(
  preference: DevicePreference,
  chosen: BackendName,
  options: Record<BackendName, Option>,
  failures: ReadonlyMap<BackendName, string>,
): string {
  const here = options[chosen].why;
  if (preference === chosen) return `As you asked. ${here}`;
  const whyNot = (name: BackendName): string => failures.get(name) ?? options[name].why;
  if (preference !== "auto") return `You asked for ${NAMES[preference]}, but: ${whyNot(preference)} Instead: ${here}`;
  const better = BACKENDS.slice(0, BACKENDS.indexOf(chosen)).filter(
    (name) => !options[name].recommended || failures.has(name),
  );
  if (better.length === 0) return `The best that is here. ${here}`;
  return `${here} ${better.map((name) => `Not ${NAMES[name]}: ${whyNot(name)}`).join(" ")}`;
}
