/** The devices an experiment can run on, and the report on which one was chosen. Words only; the choosing is in engine/backend.ts. */
import * as v from "valibot";

/** What computes: the GPU through WebGPU or WebGL, the CPU through WebAssembly, or plain JavaScript. */
export const BACKENDS = ["webgpu", "webgl", "wasm", "cpu"] as const;
export type BackendName = (typeof BACKENDS)[number];

export const DEVICE_PREFERENCES = ["auto", "reproducible", ...BACKENDS] as const;
/**
 * What a person asked for: "auto" is the best that is there; "reproducible" computes what every machine computes alike, bit for
 * bit: WebAssembly without fused multiply-add.
 */
export type DevicePreference = (typeof DEVICE_PREFERENCES)[number];

/**
 * The two classes of numbers that WebAssembly gives: a·b + c rounded once where the processor fuses it, or twice. Within a class a
 * run is the same bit for bit in every browser and with any number of threads.
 */
export type Arithmetic = "fused" | "plain";

export interface DeviceCandidate {
  readonly backend: BackendName;
  readonly available: boolean;
  /** A sentence for people: what it runs on, or why it cannot be used. */
  readonly why: string;
  /** Why it did not start or is gone, where it was tried: it may come if tried again. null where it was not, or runs. */
  readonly failure: string | null;
  /** Milliseconds per training step of this experiment, where that was measured. */
  readonly msPerStep: number | null;
}

/** How training steps run, for people. */
export interface Execution {
  /** "replay": recorded once and replayed; "eager": every operation through TensorFlow.js's engine. */
  readonly mode: "replay" | "eager";
  /** CPU threads that share a step's work; 1 where none help. */
  readonly threads: number;
  /** A sentence: what a replayed step consists of, or why it is eager. */
  readonly reason: string;
}

const milliseconds = v.exactOptional(v.pipe(v.number(), v.minValue(0)));

/** What was measured of one experiment's steps on one machine. Plain JSON, to be remembered. */
export const BackendMeasurementSchema = v.object({
  /** core/step-cost.ts: experiments whose steps cost the same share it. */
  experiment: v.string(),
  /** Adapters and the like: when they change, the figures no longer hold. */
  machine: v.string(),
  msPerStep: v.object({ webgpu: milliseconds, webgl: milliseconds, wasm: milliseconds, cpu: milliseconds }),
});
export type BackendMeasurement = v.InferOutput<typeof BackendMeasurementSchema>;

export interface DeviceReport {
  readonly backend: BackendName;
  readonly requested: DevicePreference;
  /** A sentence for people: why this one. */
  readonly reason: string;
  /** The graphics adapter's name; null when none is used. */
  readonly adapter: string | null;
  /** All four, best first. */
  readonly candidates: readonly DeviceCandidate[];
  /** How our WebAssembly kernels round; null where another backend computes, whose numbers are its own. */
  readonly arithmetic: Arithmetic | null;
}
