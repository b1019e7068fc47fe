/**
 * TensorFlow.js's own kernels, for what has no text here: a kernel is run once with every command caught instead of sent, and the caught
 * commands are what is replayed. Nothing is computed meanwhile.
 */
import * as tf from "@tensorflow/tfjs";
import type { WebGPUBackend } from "@tensorflow/tfjs-backend-webgpu";
import { NotReplayable } from "../types";
import { PART_ALIGNMENT, sizeOf, Value } from "./graph";
import type { Operation } from "./operations";
import type { Places } from "./places";

/** One caught command. */
export interface StockDispatch {
  readonly label: string;
  readonly pipeline: GPUComputePipeline;
  /** What it writes, then what it reads. */
  readonly operands: readonly Value[];
  readonly uniforms: GPUBufferBinding;
  readonly workgroups: readonly [number, number, number];
}

type Uniforms = { type: string; data: number[] }[];

/** What is used of the backend beyond its public face. */
interface Insides {
  tensorMap: { get(dataId: object): { resource: unknown; values: unknown }; has(dataId: object): boolean };
  uploadToGPU(dataId: object): void;
  recordAndSubmit(program: Program, output: tf.TensorInfo, inputs: tf.TensorInfo[], uniforms?: Uniforms): void;
  makeUniforms(uniforms: Uniforms): GPUBufferBinding;
  uniformPendingDisposal: GPUBuffer[];
  bufferManager: { releaseBuffer(buffer: GPUBuffer): void };
}

interface Program {
  readonly constructor: { readonly name: string };
  readonly pipeline: GPUComputePipeline;
  readonly dispatch: [number, number, number];
  readonly size?: boolean;
  readonly outputComponent?: number;
  readonly outputShape: number[];
  readonly pixelsOpType?: unknown;
}

/** @throws NotReplayable when the kernel does more than send commands */
export function catchStock(
  operation: Extract<Operation, { kind: "stock" }>,
  backend: WebGPUBackend,
): { readonly dispatches: readonly StockDispatch[]; readonly scratch: readonly Value[]; dispose(): void } {
  const insides = backend as unknown as Insides;
  const values = new Map<object, Value>();
  const made: object[] = [];
  const dispatches: StockDispatch[] = [];
  const uniformBuffers: GPUBuffer[] = [];
  const { node, outputs, name } = operation;
  const real = { upload: insides.uploadToGPU, record: insides.recordAndSubmit, write: backend.write };
  const infoValue = ({ dataId, shape, dtype }: tf.TensorInfo): Value => {
    const known = values.get(dataId);
    if (known !== undefined) return known;
    const content = insides.tensorMap.get(dataId).values as Float32Array | null;
    const type = dtype === "int32" || dtype === "bool" ? dtype : "float32";
    const value = content
      ? new Value(sizeOf(shape), type, { kind: "constant", content: Float32Array.from(content), uniform: null })
      : new Value(sizeOf(shape), type, { kind: "computed" });
    values.set(dataId, value);
    return value;
  };
  backend.write = (given, shape, dtype) => {
    const dataId = real.write.call(backend, given, shape, dtype);
    made.push(dataId);
    return dataId;
  };
  insides.uploadToGPU = () => {};
  insides.recordAndSubmit = (program, output, inputs, extra = []) => {
    if (program.pixelsOpType !== undefined && program.pixelsOpType !== null) {
      throw new NotReplayable(`${name} works on pictures.`);
    }
    // As the backend's own recordAndSubmit makes them.
    const uniforms: Uniforms = [
      { type: "float32", data: [Number.NaN] },
      { type: "float32", data: [Number.POSITIVE_INFINITY] },
      ...[...inputs, output].flatMap(({ shape }) => [
        { type: "int32", data: [...shape] },
        { type: "int32", data: tf.util.computeStrides(shape) },
      ]),
    ];
    if (program.size) {
      const size = sizeOf(program.outputShape);
      uniforms.push({ type: "int32", data: [program.outputComponent ? size / program.outputComponent : size] });
    }
    const binding = insides.makeUniforms([...uniforms, ...extra]);
    // Not to be recycled at the next submit: it is read at every replay.
    insides.uniformPendingDisposal.splice(insides.uniformPendingDisposal.indexOf(binding.buffer), 1);
    uniformBuffers.push(binding.buffer);
    dispatches.push({
      label: `${name} (TensorFlow.js)`,
      pipeline: program.pipeline,
      operands: [output, ...inputs].map(infoValue),
      uniforms: binding,
      workgroups: [program.dispatch[0], program.dispatch[1], program.dispatch[2]],
    });
  };
  try {
    const inputs: tf.TensorInfo[] = node.inputs.map(({ value, shape }) => {
      if (value.dtype === "bytes") throw new NotReplayable(`${name} reads bytes.`);
      const info = {
        dataId: backend.write(null as unknown as tf.BackendValues, [...shape], value.dtype),
        shape: [...shape],
        dtype: value.dtype,
      };
      values.set(info.dataId, value);
      return info;
    });
    const named = Object.fromEntries(node.keys.map((key, i) => [key, inputs[i]])) as tf.NamedTensorInfoMap;
    const { kernelFunc } = tf.getKernel(name, "webgpu");
    const given = node.keys.every((key, i) => key === String(i))
      ? (Object.values(named) as unknown as tf.NamedTensorInfoMap)
      : named;
    const result = kernelFunc({ inputs: given, attrs: node.attrs as tf.NamedAttrMap, backend });
    for (const [i, info] of (Array.isArray(result) ? result : [result]).entries()) {
      const value = values.get(info.dataId);
      const target = outputs[i]?.value;
      if (value === undefined || target === undefined)
        throw new NotReplayable(`${name} computes its result on the host.`);
      // Whatever stood for the output is the output.
      for (const dispatch of dispatches) {
        const operands = dispatch.operands as Value[];
        for (const [k, operand] of operands.entries()) if (operand === value) operands[k] = target;
      }
    }
  } catch (error) {
    if (error instanceof NotReplayable) throw error;
    throw new NotReplayable(
      `TensorFlow.js's ${name} cannot be recorded (${error instanceof Error ? error.message : error}).`,
    );
  } finally {
    insides.uploadToGPU = real.upload;
    insides.recordAndSubmit = real.record;
    backend.write = real.write;
    for (const dataId of made) if (insides.tensorMap.has(dataId)) backend.disposeData(dataId, true);
  }
  const known = new Set([...operation.inputs, ...outputs].map(({ value }) => value));
  const scratch = [...new Set(dispatches.flatMap(({ operands }) => operands))].filter((value) => !known.has(value));
  return {
    dispatches,
    scratch,
    dispose() {
      for (const buffer of uniformBuffers) insides.bufferManager.releaseBuffer(buffer);
    },
  };
}

/** TensorFlow.js's programs take whole buffers, or parts that begin where a binding may. @throws NotReplayable */
export function checkOperands(dispatches: readonly StockDispatch[], places: Places): void {
  for (const { operands, label } of dispatches) {
    const [output, ...inputs] = operands;
    for (const value of operands) {
      const { offset } = places.of(value);
      const apart = value.parts !== null && value.parts.padded !== value.size;
      if (offset % PART_ALIGNMENT !== 0 || apart) throw new NotReplayable(`${label} reads numbers that lie apart.`);
    }
    const target = output && places.of(output).root;
    if (inputs.some((value) => value !== output && places.of(value).root === target)) {
      throw new NotReplayable(`${label} reads and writes one buffer.`);
    }
  }
}
