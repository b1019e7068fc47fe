/**
 * Watches one training step on the webgpu backend and writes down which kernels of TensorFlow.js ran on which tensors. The step itself
 * is computed as ever. The same computation twice is recorded once. Not what becomes of it: plan.ts and further.
 */
import type * as tf from "@tensorflow/tfjs";
import type { WebGPUBackend } from "@tensorflow/tfjs-backend-webgpu";
import type { Draw, TakeIn } from "../../draws";
import { NotReplayable, type StepComputation } from "../types";
import { type KernelFunction, recordWith, type Watcher, watchKernels } from "../watch";
import { type Node, type Operand, type Recording, type Source, sizeOf, Value } from "./graph";

type DataId = tf.DataId;

/** Kernels whose output depends on the shape of their input alone, and the number they fill it with. */
const FILLS: Readonly<Record<string, number>> = { ZerosLike: 0, OnesLike: 1 };

/**
 * Runs `compute` and records it.
 * @param variables what the step may change
 * @param makeDraw makes a draw's tensor for the step at hand
 * @returns the result of `compute` (scalars, in its caller's tidy) and the recording, or why there is none
 */
export function record(
  backend: WebGPUBackend,
  variables: readonly tf.Variable[],
  makeDraw: TakeIn,
  compute: StepComputation,
): { readonly made: readonly tf.Scalar[]; readonly recording: Recording | NotReplayable } {
  return recordWith(new Recorder(backend, variables), makeDraw, compute);
}

class Recorder implements Watcher<Recording> {
  readonly #backend: WebGPUBackend;
  readonly #variables: readonly tf.Variable[];
  readonly #values = new Map<DataId, Value>();
  readonly #before: Value[];
  readonly #nodes: Node[] = [];
  readonly #known = new Map<string, Node>();
  readonly #ids = new Map<Value, number>();
  readonly #draws: Draw[] = [];
  readonly #drawn: Value[] = [];
  readonly #restore: (() => void)[] = [];
  #inKernel = false;
  #problem: string | null = null;

  constructor(backend: WebGPUBackend, variables: readonly tf.Variable[]) {
    this.#backend = backend;
    this.#variables = variables;
    this.#before = variables.map((variable, index) => {
      const value = new Value(variable.size, "float32", { kind: "variable", index });
      this.#values.set(variable.dataId, value);
      return value;
    });
  }

  start(): void {
    const backend = this.#backend;
    const { write } = backend;
    backend.write = (values, shape, dtype) => {
      const dataId = write.call(backend, values, shape, dtype);
      if (!this.#inKernel && values !== null && values !== undefined) this.#constant(dataId, values, shape, dtype);
      return dataId;
    };
    this.#restore.push(() => {
      backend.write = write;
    });
    this.#restore.push(watchKernels("webgpu", (name, kernelFunc, call) => this.#kernel(name, kernelFunc, call)));
  }

  stop(): void {
    for (const restore of this.#restore.splice(0)) restore();
  }

  /** Notes that a tensor is an input of the step and not a constant. */
  taken(draw: Draw, tensor: tf.Tensor): tf.Tensor {
    const index = this.#draws.push(draw) - 1;
    const value = new Value(tensor.size, "float32", { kind: "draw", index });
    this.#drawn.push(value);
    this.#values.set(tensor.dataId, value);
    return tensor;
  }

  /** @throws NotReplayable */
  finish(made: readonly tf.Tensor[]): Recording {
    if (this.#problem !== null) throw new NotReplayable(this.#problem);
    return {
      nodes: this.#nodes,
      draws: this.#draws,
      drawn: this.#drawn,
      variables: this.#variables.map((variable, i) => ({
        before: this.#before[i] ?? this.#valueOf(variable.dataId),
        after: this.#valueOf(variable.dataId),
      })),
      results: made.map(({ dataId }) => this.#valueOf(dataId)),
    };
  }

  #constant(dataId: DataId, values: tf.BackendValues, shape: readonly number[], dtype: tf.DataType): void {
    if (dtype === "float32" || dtype === "int32" || dtype === "bool") {
      const numbers = Array.from(values as ArrayLike<number>);
      const content = dtype === "float32" ? Float32Array.from(numbers) : Int32Array.from(numbers);
      const [first = 0] = content;
      const uniform = dtype === "float32" && Number.isFinite(first) && content.every((x) => x === first) ? first : null;
      this.#values.set(dataId, new Value(sizeOf(shape), dtype, { kind: "constant", content, uniform }));
    }
  }

  #valueOf(dataId: DataId): Value {
    const value = this.#values.get(dataId);
    if (value === undefined) throw new NotReplayable("A step uses a tensor whose origin is unknown.");
    return value;
  }

  #kernel(name: string, kernelFunc: KernelFunction, call: Parameters<KernelFunction>[0]): ReturnType<KernelFunction> {
    if (this.#inKernel) return kernelFunc(call);
    this.#inKernel = true;
    let made: ReturnType<KernelFunction>;
    try {
      made = kernelFunc(call);
    } finally {
      this.#inKernel = false;
    }
    try {
      this.#note(name, call, Array.isArray(made) ? made : [made]);
    } catch (error) {
      if (!(error instanceof NotReplayable)) throw error;
      this.#problem ??= error.message;
    }
    return made;
  }

  /** Writes a computed kernel down. */
  #note(name: string, call: Parameters<KernelFunction>[0], made: readonly tf.TensorInfo[]): void {
    const named = Object.entries(call.inputs).flatMap(([key, info]) => (info ? [[key, info] as const] : []));
    const inputs = named.map(([, { dataId, shape }]): Operand => ({ value: this.#valueOf(dataId), shape: [...shape] }));
    const fresh = made.filter(({ dataId }) => !named.some(([, info]) => info.dataId === dataId));
    if (fresh.length === 0) return; // another shape for the same memory
    if (fresh.length < made.length) throw new NotReplayable(`${name} returns one of its inputs beside its output.`);
    const [x] = named;
    const [y] = made;
    if ((name === "Identity" || (name === "Cast" && x?.[1].dtype === y?.dtype)) && inputs[0] && y) {
      this.#values.set(y.dataId, inputs[0].value);
      return;
    }
    const attrs = (call.attrs ?? {}) as Readonly<Record<string, unknown>>;
    const filled = name === "Fill" ? attrs.value : FILLS[name];
    const key = JSON.stringify([name, attrs, named.map(([k, { shape }], i) => [k, shape, this.#idOf(inputs[i])])]);
    const same = this.#known.get(key);
    if (same !== undefined) {
      for (const [i, { dataId }] of made.entries()) {
        const value = same.outputs[i]?.value;
        if (value !== undefined) this.#values.set(dataId, value);
      }
      return;
    }
    const outputs = made.map(({ dataId, shape, dtype }): Operand => {
      if (dtype !== "float32" && dtype !== "int32" && dtype !== "bool")
        throw new NotReplayable(`${name} makes ${dtype}.`);
      const source: Source =
        typeof filled === "number" && dtype === "float32"
          ? { kind: "constant", content: Float32Array.of(filled), uniform: Math.fround(filled) }
          : { kind: "computed" };
      const value = new Value(sizeOf(shape), dtype, source);
      this.#values.set(dataId, value);
      return { value, shape: [...shape] };
    });
    const node: Node = { name, inputs, keys: named.map(([k]) => k), attrs, outputs };
    this.#known.set(key, node);
    if (outputs.some(({ value }) => value.source.kind === "computed")) this.#nodes.push(node);
  }

  #idOf(operand: Operand | undefined): number {
    if (operand === undefined) return -1;
    const id = this.#ids.get(operand.value) ?? this.#ids.size;
    this.#ids.set(operand.value, id);
    return id;
  }
}
