/** Where a trainer's variables live while steps are replayed: buffers of the replayer's own, in and out of TensorFlow.js's tensors. */
import * as tf from "@tensorflow/tfjs";
import type { WebGPUBackend } from "@tensorflow/tfjs-backend-webgpu";
import type { CommandList } from "./commands";
import { type Parts, partsOf, type Recording, Value } from "./graph";
import type { Home } from "./places";
import type { Household } from "./plan";
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

/** A copy between a variable's tensor and its home, in floats. */
interface Stretch {
  readonly tensor: number;
  readonly home: number;
  readonly floats: number;
}

export class Houses {
  readonly buffers: readonly GPUBuffer[];
  readonly #backend: WebGPUBackend;
  readonly #insides: Insides;
  readonly #variables: readonly tf.Variable[];
  readonly #commands: CommandList;
  readonly #homes: Home[] = [];
  readonly #sizes: number[] = [];
  readonly #stretches: Stretch[][] = [];
  readonly #partsOfGroup: Parts[] = [];
  /** Of each variable: its group and its part. */
  readonly #member: ({ readonly group: number; readonly part: number } | null)[] = [];
  /** Parts of variables that are as long as a group together: an optimiser's slots. */
  readonly #long: (Parts | null)[] = [];
  /** The tensors with which the homes agree; null for a home that is not filled. */
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
        this.#homes.push({ buffer: group, offset });
        this.#stretches.push([{ tensor: 0, home: offset, floats: variable.size }]);
        this.#long.push(null);
        continue;
      }
      const long = this.#partsOfGroup.find(({ sizes }) => sizes.reduce((a, b) => a + b, 0) === variable.size) ?? null;
      const fits = variable.shape.length === 1 ? long : null;
      this.#member.push(null);
      this.#long.push(fits);
      this.#homes.push({ buffer: this.#sizes.push(fits?.padded ?? variable.size) - 1, offset: 0 });
      this.#stretches.push(stretchesOf(fits, variable.size));
    }
    const usage = GPUBufferUsage.STORAGE | GPUBufferUsage.COPY_SRC | GPUBufferUsage.COPY_DST;
    this.buffers = this.#sizes.map((floats) =>
      this.#insides.device.createBuffer({ label: "variables", size: Math.max(4, floats * 4), usage }),
    );
    this.#agreed = variables.map(() => null);
  }

  /** For a recording: its variables' values become parts of their groups. */
  household(recording: Recording): Household {
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
    return { groups, homes: this.#homes, sizes: this.#sizes };
  }

  /** Brings the homes up to date with tensors that were assigned since. */
  moveIn(): void {
    const strangers = this.#variables.flatMap((variable, i) => (variable.dataId === this.#agreed[i] ? [] : [i]));
    if (strangers.length === 0) return;
    for (const i of strangers) {
      const { dataId } = this.#variables[i] ?? {};
      if (dataId !== undefined) this.#insides.uploadToGPU(dataId);
    }
    this.#flushBackend();
    for (const i of strangers) {
      const variable = this.#variables[i];
      if (variable === undefined) continue;
      this.#copy(i, variable.dataId, "in");
      this.#agreed[i] = variable.dataId;
    }
  }

  /** Gives every variable a new tensor with the numbers that are at home. */
  moveOut(): void {
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
    const home = this.buffers[this.#homes[i]?.buffer ?? -1];
    if (resource === null || home === undefined)
      throw new Error("A variable has no numbers on the device; this is a bug.");
    for (const { tensor, home: at, floats } of this.#stretches[i] ?? []) {
      const { encoder } = this.#commands;
      if (direction === "in") encoder.copyBufferToBuffer(resource, tensor * 4, home, at * 4, floats * 4);
      else encoder.copyBufferToBuffer(home, at * 4, resource, tensor * 4, floats * 4);
    }
  }

  /** Everything that was written down must be submitted before. */
  dispose(): void {
    for (const buffer of this.buffers) buffer.destroy();
  }
}

function stretchesOf(parts: Parts | null, size: number): Stretch[] {
  if (parts === null) return [{ tensor: 0, home: 0, floats: size }];
  let tensor = 0;
  return parts.sizes.map((floats, i) => {
    const stretch = { tensor, home: parts.offsets[i] ?? 0, floats };
    tensor += floats;
    return stretch;
  });
}
