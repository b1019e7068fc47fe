/**
 * Watches one training step on the wasm backend and writes down what it computes: the calls of the kernel module (with
 * addresses turned into values) and, where a kernel is TensorFlow.js's own, that kernel. The step itself is computed as ever.
 * What depends on nothing but constants is taken as a constant; the same computation twice is recorded once.
 */
import * as tf from "@tensorflow/tfjs";
import type { Draw, TakeIn } from "../../draws";
import type { KernelExports } from "../../kernels/wasm/exports";
import { WASM_KERNELS } from "../../kernels/wasm/register";
import type { KernelRuntime } from "../../kernels/wasm/runtime";
import { NotReplayable } from "../types";
import { type KernelFunction, recordWith, type Watcher, watchKernels } from "../watch";
import { type Argument, type Call, SCRATCH, SIGNATURES, type StockTensor, type Value } from "./calls";
import { RecordedValues } from "./recorded-values";

/** One kernel of TensorFlow.js as it ran: its calls, in order. */
export interface RecordedKernel {
  readonly name: string;
  readonly calls: readonly Call[];
  readonly inputs: readonly Value[];
  readonly outputs: readonly Value[];
}

export interface Recording {
  readonly kernels: readonly RecordedKernel[];
  readonly draws: readonly Draw[];
  /** For every variable, in the order given: its value at the start and at the end. */
  readonly variables: readonly { readonly before: Value; readonly after: Value }[];
  readonly results: readonly Value[];
  readonly scratchBytes: number;
}

/** A kernel that is being computed. */
interface Frame {
  readonly calls: Call[];
  /** Whether code ran in it that the module's calls do not show. */
  stock: boolean;
}

const OURS: ReadonlySet<string> = new Set(WASM_KERNELS.map(({ name }) => name));
/** Kernels whose output depends on the shape of their input alone. */
const SHAPE_ONLY: ReadonlySet<string> = new Set(["ZerosLike", "OnesLike"]);
/** Constants up to this size are kept; beyond it they are computed in every step. */
const CONSTANT_BYTES = 4 * 2 ** 20;

/**
 * Runs `compute` and records it.
 * @param variables what the step may change
 * @param makeDraw makes a draw's tensor for the step at hand
 * @returns the result of `compute` (in its caller's tidy) and the recording, or why there is none
 */
export function record<Result extends tf.Tensor>(
  runtime: KernelRuntime,
  variables: readonly tf.Variable[],
  makeDraw: TakeIn,
  compute: (take: TakeIn) => readonly Result[],
): { readonly made: readonly Result[]; readonly recording: Recording | NotReplayable } {
  return recordWith(new Recorder(runtime, variables), makeDraw, compute);
}

class Recorder implements Watcher<Recording> {
  readonly #runtime: KernelRuntime;
  readonly #exports: KernelExports;
  readonly #scratch: KernelRuntime["scratch"];
  readonly #variables: readonly tf.Variable[];
  readonly #values: RecordedValues;
  readonly #before: Value[];
  readonly #kernels: RecordedKernel[] = [];
  readonly #known = new Map<string, readonly Value[]>();
  readonly #ids = new Map<Value, number>();
  readonly #draws: Draw[] = [];
  readonly #restore: (() => void)[] = [];
  #frame: Frame | null = null;
  #problem: string | null = null;
  #scratchAddress = 0;
  #scratchBytes = 0;

  constructor(runtime: KernelRuntime, variables: readonly tf.Variable[]) {
    this.#runtime = runtime;
    this.#exports = runtime.exports;
    this.#scratch = runtime.scratch;
    this.#variables = variables;
    this.#values = new RecordedValues(runtime);
    this.#before = variables.map((variable, index) =>
      this.#values.put(variable.dataId, { bytes: variable.size * 4, source: { kind: "variable", index } }),
    );
  }

  start(): void {
    const { backend } = this.#runtime;
    const write = backend.write;
    backend.write = (values, shape, dtype) => {
      const dataId = write.call(backend, values, shape, dtype);
      if (dtype === "string") return dataId;
      const bytes = tf.util.sizeFromShape(shape) * tf.util.bytesPerElement(dtype);
      const fromHost = values !== null && this.#frame === null;
      const source: Value["source"] = fromHost
        ? { kind: "constant", content: this.#values.contentOf(dataId, bytes) }
        : { kind: "computed" };
      this.#values.put(dataId, { bytes, source });
      return dataId;
    };
    this.#restore.push(() => {
      backend.write = write;
    });
    this.#restore.push(watchKernels("wasm", (name, kernelFunc, call) => this.#kernel(name, kernelFunc, call)));
    this.#runtime.exports = this.#watchedExports();
    this.#runtime.scratch = (bytes) => {
      this.#scratchBytes = Math.max(this.#scratchBytes, bytes);
      this.#scratchAddress = this.#scratch.call(this.#runtime, bytes);
      return this.#scratchAddress;
    };
    this.#runtime.observer = { handedBack: () => this.#markStock() };
    this.#restore.push(() => {
      this.#runtime.exports = this.#exports;
      this.#runtime.scratch = this.#scratch;
      this.#runtime.observer = undefined;
    });
  }

  stop(): void {
    for (const restore of this.#restore.splice(0)) restore();
  }

  /** Notes that a tensor is an input of the step and not a constant. */
  taken(draw: Draw, tensor: tf.Tensor): tf.Tensor {
    const index = this.#draws.push(draw) - 1;
    this.#values.put(tensor.dataId, { bytes: tensor.size * 4, source: { kind: "draw", index } });
    return tensor;
  }

  /** @throws NotReplayable */
  finish(made: readonly tf.Tensor[]): Recording {
    if (this.#problem !== null) throw new NotReplayable(this.#problem);
    return {
      kernels: this.#kernels,
      draws: this.#draws,
      variables: this.#variables.map((variable, i) => ({
        before: this.#before[i] ?? this.#values.of(variable.dataId),
        after: this.#values.of(variable.dataId),
      })),
      results: made.map(({ dataId }) => this.#values.of(dataId)),
      scratchBytes: this.#scratchBytes,
    };
  }

  #markStock(): void {
    if (this.#frame !== null) this.#frame.stock = true;
  }

  #kernel(name: string, kernelFunc: KernelFunction, call: Parameters<KernelFunction>[0]): ReturnType<KernelFunction> {
    if (this.#frame !== null) {
      // Inside another kernel: it is ours or it taints that one.
      if (!OURS.has(name)) this.#frame.stock = true;
      return kernelFunc(call);
    }
    const frame: Frame = { calls: [], stock: !OURS.has(name) };
    this.#frame = frame;
    let made: ReturnType<KernelFunction>;
    try {
      made = kernelFunc(call);
    } finally {
      this.#frame = null;
    }
    try {
      this.#note(name, frame, call, Array.isArray(made) ? made : [made]);
    } catch (error) {
      if (!(error instanceof NotReplayable)) throw error;
      this.#problem ??= error.message;
    }
    return made;
  }

  /** Writes a computed kernel down. */
  #note(name: string, frame: Frame, call: Parameters<KernelFunction>[0], made: readonly tf.TensorInfo[]): void {
    const inputs = Object.entries(call.inputs).flatMap(([key, info]) => (info ? [[key, info] as const] : []));
    const values = inputs.map(([, { dataId }]) => this.#values.of(dataId));
    const [x] = inputs;
    const [y] = made;
    const copies = name === "Identity" || (name === "Cast" && x?.[1].dtype === y?.dtype);
    if (copies && values[0] !== undefined && y !== undefined) {
      this.#values.put(y.dataId, values[0]);
      return;
    }
    const fresh = made.filter(({ dataId }) => !inputs.some(([, info]) => info.dataId === dataId));
    if (fresh.length === 0) return; // another shape for the same memory
    if (fresh.length < made.length) throw new NotReplayable(`${name} returns one of its inputs beside its output.`);

    const same = this.#known.get(this.#keyOf(name, values, inputs, call.attrs ?? {}));
    if (same !== undefined) {
      for (const [i, { dataId }] of made.entries()) {
        const value = same[i];
        if (value !== undefined) this.#values.put(dataId, value);
      }
      return;
    }
    const constant = SHAPE_ONLY.has(name) || values.every(({ source }) => source.kind === "constant");
    const outputs = made.map(({ dataId }) => this.#values.of(dataId));
    if (constant && outputs.every(({ bytes }) => bytes <= CONSTANT_BYTES)) {
      for (const [i, { dataId }] of made.entries()) {
        const bytes = outputs[i]?.bytes ?? 0;
        this.#values.put(dataId, {
          bytes,
          source: { kind: "constant", content: this.#values.contentOf(dataId, bytes) },
        });
      }
      return;
    }
    this.#known.set(this.#keyOf(name, values, inputs, call.attrs ?? {}), outputs);
    const calls: readonly Call[] = frame.stock
      ? [
          {
            kind: "stock",
            name,
            attrs: call.attrs ?? {},
            inputs: Object.fromEntries(inputs.map(([key, info]) => [key, this.#stockTensor(name, info)])),
            outputs: made.map((info) => this.#stockTensor(name, info)),
          },
        ]
      : frame.calls;
    this.#kernels.push({ name, calls, inputs: values, outputs });
  }

  #stockTensor(name: string, { dataId, shape, dtype }: tf.TensorInfo): StockTensor {
    if (dtype !== "float32" && dtype !== "int32" && dtype !== "bool") {
      throw new NotReplayable(`${name} works on ${dtype}.`);
    }
    return { value: this.#values.of(dataId), shape: [...shape], dtype };
  }

  #keyOf(
    name: string,
    values: readonly Value[],
    inputs: readonly (readonly [string, tf.TensorInfo])[],
    attrs: tf.NamedAttrMap,
  ): string {
    const shapes = inputs.map(([key, { shape, dtype }], i) => [key, shape, dtype, this.#idOf(values[i])]);
    return JSON.stringify([name, shapes, attrs]);
  }

  #idOf(value: Value | undefined): number {
    if (value === undefined) return -1;
    const id = this.#ids.get(value) ?? this.#ids.size;
    this.#ids.set(value, id);
    return id;
  }

  /** The module's functions, each writing its call down. */
  #watchedExports(): KernelExports {
    const watched: Record<string, unknown> = { ...this.#exports };
    for (const [name, signature] of Object.entries(SIGNATURES)) {
      const key = name as keyof KernelExports;
      const real = this.#exports[key] as (...args: number[]) => number;
      watched[name] = (...args: number[]) => {
        if (this.#frame !== null) {
          const found = args.map((argument, i) => this.#argument(argument, signature[i] ?? "n"));
          this.#frame.calls.push({ kind: "module", name: key, args: found });
        }
        return real(...args);
      };
    }
    return watched as unknown as KernelExports;
  }

  #argument(argument: number, kind: string): Argument {
    if (kind === "n" || ("xy".includes(kind) && argument === 0)) return argument;
    if (kind === "s") return SCRATCH;
    const found = this.#values.at(argument);
    if (found === undefined) this.#problem ??= "A kernel works on memory that belongs to no tensor.";
    return found ?? argument;
  }
}
