/** Where a trainer's variables live while steps are replayed: buffers of the replayer's own, in and out of TensorFlow.js's tensors. */
import * as tf from "@tensorflow/tfjs";
import type { WebGPUBackend } from "@tensorflow/tfjs-backend-webgpu";
import type { CommandList } from "./commands";
import { type Parts, partsOf, type Recording, Value } from "./graph";
import type { VariableLayout } from "./inputs-results";
import type { Allocation } from "./places";
import type { Group } from "./vectors";

/** What is used of the backend beyond its public face. */
interface Insides {
  readonly device: GPUDevice;
  commandEncoder: GPUCommandEncoder | null;
  tensorMap: { get(dataId: object): { resource: GPUBuffer | null } };
  uploadToGPU(dataId: object): void;
  endComputePassEncoder(): void;
  submitQueue(): void;
}

/** Numbers that lie together in a variable's tensor and in its buffer: from where, and how many, in floats. */
interface CopyRange {
  readonly tensor: number;
  readonly buffer: number;
  readonly floats: number;
}

export class VariableStorage {
  readonly buffers: readonly GPUBuffer[];
  readonly #backend: WebGPUBackend;
  readonly #insides: Insides;
  readonly #variables: readonly tf.Variable[];
  readonly #commands: CommandList;
  readonly #allocations: Allocation[] = [];
  readonly #sizes: number[] = [];
  readonly #ranges: CopyRange[][] = [];
  readonly #partsOfGroup: Parts[] = [];
  /** Of each variable: its group and its part. */
  readonly #member: ({ readonly group: number; readonly part: number } | null)[] = [];
  /** Parts of variables that are as long as a group together: an optimiser's slots. */
  readonly #long: (Parts | null)[] = [];
  /** The tensors with which the buffers agree; null for a variable whose part is not filled. */
  readonly #agreed: (tf.DataId | null)[];

  /** @param groups of variables that are updated together, each in the order of its gradient vector */
  constructor(
    backend: WebGPUBackend,
    variables: readonly tf.Variable[],
    groups: readonly (readonly tf.Variable[])[],
    commands: CommandList,
  ) {
    this.#backend = backend;
    this.#insides = backend as unknown as Insides;
    this.#variables = variables;
    this.#commands = commands;
    const several = groups.filter((group) => group.length > 1);
    for (const group of several) {
      const sizes = group.map(({ size }) => size);
      // The same parts for the same sizes: weights, their average and their slots go together element by element.
      const same = this.#partsOfGroup.find((known) => known.sizes.join() === sizes.join());
      const parts = same ?? partsOf(sizes);
      this.#partsOfGroup.push(parts);
      this.#sizes.push(parts.padded);
    }
    for (const variable of variables) {
      const group = several.findIndex((members) => members.includes(variable));
      const part = several[group]?.indexOf(variable) ?? -1;
      const parts = this.#partsOfGroup[group];
      if (parts !== undefined) {
        const offset = parts.offsets[part] ?? 0;
        this.#member.push({ group, part });
        this.#allocations.push({ buffer: group, offset });
        this.#ranges.push([{ tensor: 0, buffer: offset, floats: variable.size }]);
        this.#long.push(null);
        continue;
      }
      const long = this.#partsOfGroup.find(({ sizes }) => sizes.reduce((a, b) => a + b, 0) === variable.size) ?? null;
      const fits = variable.shape.length === 1 ? long : null;
      this.#member.push(null);
      this.#long.push(fits);
      this.#allocations.push({ buffer: this.#sizes.push(fits?.padded ?? variable.size) - 1, offset: 0 });
      this.#ranges.push(rangesOf(fits, variable.size));
    }
    const usage = GPUBufferUsage.STORAGE | GPUBufferUsage.COPY_SRC | GPUBufferUsage.COPY_DST;
    this.buffers = this.#sizes.map((floats) =>
      this.#insides.device.createBuffer({ label: "variables", size: Math.max(4, floats * 4), usage }),
    );
    this.#agreed = variables.map(() => null);
  }

  /** For a recording: its variables' values become parts of their groups. */
  layoutFor(recording: Recording): VariableLayout {
    const groups: Group[] = this.#partsOfGroup.map((parts, index) => {
      const total = parts.sizes.reduce((a, b) => a + b, 0);
      const before = new Value(total, "float32", { kind: "group", index });
      before.parts = parts;
      return { parts, before };
    });
    for (const [i, { before }] of recording.variables.entries()) {
      const member = this.#member[i];
      const group = member && groups[member.group];
      if (member && group) before.view = { of: group.before, part: member.part };
      else before.parts = this.#long[i] ?? null;
    }
    return { groups, allocations: this.#allocations, sizes: this.#sizes };
  }

  /** Brings the buffers up to date with tensors that were assigned since. */
  refresh(): void {
    const stale = this.#variables.flatMap((variable, i) => (variable.dataId === this.#agreed[i] ? [] : [i]));
    if (stale.length === 0) return;
    for (const i of stale) {
      const { dataId } = this.#variables[i] ?? {};
      if (dataId !== undefined) this.#insides.uploadToGPU(dataId);
    }
    this.#flushBackend();
    for (const i of stale) {
      const variable = this.#variables[i];
      if (variable === undefined) continue;
      this.#copy(i, variable.dataId, "in");
      this.#agreed[i] = variable.dataId;
    }
  }

  /** Gives every variable a new tensor with the numbers that are in the buffers. */
  writeBack(): void {
    this.#flushBackend();
    for (const [i, variable] of this.#variables.entries()) {
      // A tensor of its own each time: one that is being read keeps its numbers.
      const info = this.#backend.makeTensorInfo([...variable.shape], "float32");
      this.#insides.uploadToGPU(info.dataId);
      this.#copy(i, info.dataId, "out");
      const tensor = tf.engine().makeTensorFromTensorInfo(info, this.#backend);
      variable.assign(tensor);
      tensor.dispose();
      this.#agreed[i] = variable.dataId;
    }
    this.#commands.submit();
  }

  /** Commands of TensorFlow.js's that were not sent yet come first. */
  #flushBackend(): void {
    if (this.#insides.commandEncoder === null) return;
    this.#insides.endComputePassEncoder();
    this.#insides.submitQueue();
  }

  #copy(i: number, dataId: object, direction: "in" | "out"): void {
    const { resource } = this.#insides.tensorMap.get(dataId);
    const buffer = this.buffers[this.#allocations[i]?.buffer ?? -1];
    if (resource === null || buffer === undefined)
      throw new Error("A variable has no numbers on the device; this is a bug.");
    for (const { tensor, buffer: at, floats } of this.#ranges[i] ?? []) {
      const { encoder } = this.#commands;
      if (direction === "in") encoder.copyBufferToBuffer(resource, tensor * 4, buffer, at * 4, floats * 4);
      else encoder.copyBufferToBuffer(buffer, at * 4, resource, tensor * 4, floats * 4);
    }
  }

  /** Everything that was written down must be submitted before. */
  dispose(): void {
    for (const buffer of this.buffers) buffer.destroy();
  }
}

function rangesOf(parts: Parts | null, size: number): CopyRange[] {
  if (parts === null) return [{ tensor: 0, buffer: 0, floats: size }];
  let tensor = 0;
  return parts.sizes.map((floats, i) => {
    const range = { tensor, buffer: parts.offsets[i] ?? 0, floats };
    tensor += floats;
    return range;
  });
}
