/** A recorded step ready to run: every call bound to its addresses. Running it makes no tensors and no garbage to speak of. */
import * as tf from "@tensorflow/tfjs";
import { errorSentence } from "../../../core/errors";
import type { StepMoment } from "../../draws";
import type { KernelRuntime } from "../../kernels/wasm/runtime";
import { NotReplayable } from "../types";
import { type Call, isPlace, type ModuleCall, type Place, SCRATCH, type StockCall, type StockTensor } from "./calls";
import { bindDraw, type Workplace } from "./draws";
import { fuse } from "./fuse";
import { type Layout, layOut } from "./layout";
import type { Recording } from "./recorder";

type Operation = () => void;

/** Where the numbers of one variable stay from step to step. */
export interface Allocation {
  readonly address: number;
}

export interface Machine {
  /** Runs the step. @returns its results, one number each */
  run(moment: StepMoment): Float32Array;
  /** The same where results are of any size. */
  look(moment: StepMoment): Float32Array[];
  /** Calls of the kernel module, and kernels of TensorFlow.js's that it calls. */
  readonly size: { readonly calls: number; readonly stock: readonly string[] };
  /** The operations one by one, for profiles. */
  readonly operations: readonly { readonly name: string; readonly call: Call; readonly run: Operation }[];
  dispose(): void;
}

/** A recording brought into its final form: what is called and where everything lies, but for where the arena begins. */
export interface Program {
  readonly recording: Recording;
  readonly layout: Layout;
}

/** @throws NotReplayable */
export function prepare(recording: Recording): Program {
  const { variables, results } = recording;
  const kept = new Set([...results, ...variables.map(({ after }) => after)]);
  const calls = fuse(neededCalls(recording, kept), kept);
  return { recording, layout: layOut({ calls, variables, results }) };
}

/** Addresses of places when the arena lies at `arena`. @param allocations of the variables, in the recording's order */
export function addresses(
  { layout }: Program,
  arena: number,
  allocations: readonly Allocation[],
): (place: Place) => number {
  return (place) => {
    const spot = layout.spotOf(place);
    if (spot.in === "arena") return arena + spot.offset;
    const allocation = allocations[spot.index];
    if (allocation === undefined) throw new Error("A variable of a recorded step has no memory; this is a bug.");
    return allocation.address + spot.offset;
  };
}

/** For what draws nothing: all of its inputs are given. */
export const NO_MOMENT: StepMoment = { step: 0, updates: {}, inputs: undefined };

/** What comes in before a step and what goes out after it. */
export interface Ends {
  fill(moment: StepMoment): void;
  /** One number each. */
  results(): Float32Array;
  /** All numbers of each. */
  outputs(): Float32Array[];
}

/** Writes a program's constants, and binds its inputs and results. */
export function bindEnds(
  { recording, layout }: Program,
  addressOf: (place: Place) => number,
  workplace: Workplace,
): Ends {
  const { memory } = workplace;
  for (const value of layout.inputs) {
    if (value.source.kind !== "constant") continue;
    new Uint8Array(memory.buffer, addressOf({ value, offset: 0 }), value.bytes).set(value.source.content);
  }
  const fills = layout.inputs.flatMap((value) => {
    if (value.source.kind !== "draw") return [];
    const draw = recording.draws[value.source.index];
    return draw === undefined ? [] : [bindDraw(draw, addressOf({ value, offset: 0 }), value.bytes / 4, workplace)];
  });
  const resultAt = recording.results.map((value) => addressOf({ value, offset: 0 }) / 4);
  let view = new Float32Array(memory.buffer);
  return {
    fill(moment) {
      for (let i = 0; i < fills.length; i++) fills[i]?.(moment);
    },
    results() {
      if (view.buffer !== memory.buffer) view = new Float32Array(memory.buffer); // memory grew
      const values = new Float32Array(resultAt.length);
      for (let i = 0; i < resultAt.length; i++) values[i] = view[resultAt[i] ?? 0] ?? Number.NaN;
      return values;
    },
    outputs: () =>
      recording.results.map((value, i) => {
        const from = resultAt[i] ?? 0;
        return new Float32Array(memory.buffer, 4 * from, value.bytes / 4).slice();
      }),
  };
}

/**
 * Makes a program run on this thread, in TensorFlow.js's memory.
 * @throws NotReplayable
 */
export function compile(program: Program, allocations: readonly Allocation[], runtime: KernelRuntime): Machine {
  const { layout, recording } = program;
  const arena = allocate(runtime, layout.arenaBytes + recording.scratchBytes);
  const scratch = arena + layout.arenaBytes;
  const addressOf = addresses(program, arena, allocations);
  const disposals: Operation[] = [];
  const bind = (call: Call): Operation =>
    call.kind === "module"
      ? bindModule(call, addressOf, scratch, runtime)
      : bindStock(call, addressOf, runtime, disposals);
  const operations = layout.calls.map((call) => ({ name: call.name as string, call, run: bind(call) }));

  const ends = bindEnds(program, addressOf, runtime);
  const list = operations.map(({ run }) => run);
  const compute = (moment: StepMoment) => {
    ends.fill(moment);
    for (let i = 0; i < list.length; i++) list[i]?.();
  };

  return {
    size: {
      calls: operations.length,
      stock: layout.calls.flatMap((call) => (call.kind === "stock" ? [call.name] : [])),
    },
    operations,
    run(moment) {
      compute(moment);
      return ends.results();
    },
    look(moment) {
      compute(moment);
      return ends.outputs();
    },
    dispose() {
      for (const dispose of disposals) dispose();
      runtime.free(arena);
    },
  };
}

/** @throws NotReplayable when there is too little memory left: eager steps may still fit */
function allocate(runtime: KernelRuntime, bytes: number): number {
  try {
    return runtime.allocate(bytes);
  } catch (error) {
    throw new NotReplayable(errorSentence(error));
  }
}

/** The calls on which results and variables depend. */
function neededCalls({ kernels }: Recording, kept: ReadonlySet<unknown>): Call[] {
  const needed = new Set(kept);
  const calls: Call[][] = [];
  for (const kernel of kernels.toReversed()) {
    if (!kernel.outputs.some((value) => needed.has(value))) continue;
    for (const value of kernel.inputs) needed.add(value);
    calls.push([...kernel.calls]);
  }
  return calls.reverse().flat();
}

function bindModule(
  call: ModuleCall,
  addressOf: (place: Place) => number,
  scratch: number,
  runtime: KernelRuntime,
): Operation {
  const args = call.args.map((argument) =>
    argument === SCRATCH ? scratch : isPlace(argument) ? addressOf(argument) : argument,
  );
  const f = runtime.exports[call.name] as (...args: number[]) => void;
  const [a = 0, b = 0, c = 0, d = 0, e = 0] = args;
  // A spread call costs several times a plain one.
  if (args.length <= 3) return () => f(a, b, c);
  if (args.length <= 5) return () => f(a, b, c, d, e);
  const [, , , , , g = 0, h = 0, i = 0, j = 0, k = 0, l = 0, m = 0, n = 0, o = 0, p = 0] = args;
  if (args.length <= 12) return () => f(a, b, c, d, e, g, h, i, j, k, l, m);
  return () => f(a, b, c, d, e, g, h, i, j, k, l, m, n, o, p);
}

/** A kernel of TensorFlow.js on tensors that lie at fixed addresses; what it makes is copied to its own. */
function bindStock(
  call: StockCall,
  addressOf: (place: Place) => number,
  runtime: KernelRuntime,
  disposals: Operation[],
): Operation {
  const { backend } = runtime;
  const { kernelFunc } = tf.getKernel(call.name, "wasm");
  const wasm = backend.wasm as unknown as {
    tfjs: { registerTensor(id: number, size: number, address: number): void; disposeData(id: number): void };
    HEAPU8: Uint8Array;
  };
  const fixed = ({ value, shape, dtype }: StockTensor): tf.TensorInfo => {
    const numbers = backend as unknown as { dataIdNextNumber: number };
    const dataId = { id: numbers.dataIdNextNumber++ };
    const id = numbers.dataIdNextNumber++;
    const memoryOffset = addressOf({ value, offset: 0 });
    backend.dataIdMap.set(dataId, { id, memoryOffset, shape: [...shape], dtype, refCount: 1 });
    wasm.tfjs.registerTensor(id, tf.util.sizeFromShape([...shape]), memoryOffset);
    disposals.push(() => {
      wasm.tfjs.disposeData(id);
      backend.dataIdMap.delete(dataId);
    });
    return { dataId, shape: [...shape], dtype };
  };
  const inputs = Object.fromEntries(Object.entries(call.inputs).map(([key, tensor]) => [key, fixed(tensor)]));
  const targets = call.outputs.map(({ value }) => ({ address: addressOf({ value, offset: 0 }), bytes: value.bytes }));
  return () => {
    const made = kernelFunc({ inputs, attrs: call.attrs as tf.NamedAttrMap, backend });
    for (const [i, { dataId }] of (Array.isArray(made) ? made : [made]).entries()) {
      const target = targets[i];
      if (target === undefined) continue;
      const { memoryOffset } = backend.dataIdMap.get(dataId);
      wasm.HEAPU8.copyWithin(target.address, memoryOffset, memoryOffset + target.bytes);
      backend.disposeData(dataId);
    }
  };
}
