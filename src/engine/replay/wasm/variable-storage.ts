/**
 * Where the variables' numbers lie while steps are replayed: in tensors of their own, whose place never changes, and, where threads work,
 * in the memory that threads share. One of the two is the latest; this knows which and copies when the other is needed.
 */
import * as tf from "@tensorflow/tfjs";
import type { KernelRuntime } from "../../kernels/wasm/runtime";
import type { ThreadPool } from "../../threads/pool";
import type { Allocation } from "./machine";

export class VariableStorage {
  readonly #runtime: KernelRuntime;
  readonly #variables: readonly tf.Variable[];
  readonly #tensors: readonly tf.Tensor[];
  #shared: { readonly pool: ThreadPool; readonly allocations: readonly Allocation[] } | null = null;
  /** Whether the shared memory has newer numbers than the tensors, or older ones. */
  #sharedIs: "newer" | "same" | "older" = "older";

  /** To be made outside a tidy, or the tensors must be kept, as they are here. */
  constructor(runtime: KernelRuntime, variables: readonly tf.Variable[]) {
    this.#runtime = runtime;
    this.#variables = variables;
    this.#tensors = variables.map((variable) => tf.tidy(() => tf.keep(tf.add(variable, 0))));
  }

  /** Where steps on one thread work. */
  get own(): readonly Allocation[] {
    return this.#tensors.map((tensor) => ({ address: this.#runtime.address(tensor) }));
  }

  /** Where steps on several threads work. @throws RangeError when the shared memory is full */
  sharedBy(pool: ThreadPool): readonly Allocation[] {
    if (this.#shared?.pool === pool) return this.#shared.allocations;
    const allocations: Allocation[] = [];
    try {
      for (const variable of this.#variables) allocations.push({ address: pool.allocate(variable.size * 4) });
    } catch (error) {
      for (const { address } of allocations) pool.free(address);
      throw error;
    }
    this.#shared = { pool, allocations };
    this.#sharedIs = "older";
    return allocations;
  }

  /** Before a step on one thread, or an eager one: the tensors hold the latest numbers. */
  settle(): void {
    if (this.#sharedIs !== "newer" || this.#shared === null) return;
    const { pool, allocations } = this.#shared;
    for (const [i, variable] of this.#variables.entries()) {
      const [tensor, allocation] = [this.#tensors[i], allocations[i]];
      // One that was given other numbers meanwhile has the latest already.
      if (tensor === undefined || allocation === undefined || variable.dataId !== tensor.dataId) continue;
      this.#view(this.#runtime.memory, this.#runtime.address(tensor), variable.size).set(
        this.#view(pool.runtime.memory, allocation.address, variable.size),
      );
    }
    this.#sharedIs = "same";
  }

  /** Before a step on one thread that works in the tensors here: an eager step or a restore gave variables other buffers. */
  refresh(): void {
    this.settle();
    this.#gather();
    this.#sharedIs = "older"; // by the end of the step
  }

  /** Before something on one thread that only reads the tensors here. */
  refreshToLook(): void {
    this.settle();
    if (this.#gather().size > 0) this.#sharedIs = "older";
  }

  /** Before a step on several threads. */
  refreshShared(): void {
    if (this.#shared === null) return;
    const { pool, allocations } = this.#shared;
    const moved = this.#gather();
    for (const [i, tensor] of this.#tensors.entries()) {
      const allocation = allocations[i];
      if (allocation === undefined || (this.#sharedIs !== "older" && !moved.has(i))) continue;
      this.#view(pool.runtime.memory, allocation.address, tensor.size).set(
        this.#view(this.#runtime.memory, this.#runtime.address(tensor), tensor.size),
      );
    }
    this.#sharedIs = "newer"; // by the end of the step
  }

  /** The numbers in the shared memory are lost: the tensors', which are those of when they were last the same, count again. */
  abandonShared(): void {
    this.#sharedIs = "older";
  }

  dispose(): void {
    for (const tensor of this.#tensors) tensor.dispose();
    for (const { address } of this.#shared?.allocations ?? []) this.#shared?.pool.free(address);
    this.#shared = null;
  }

  /** Brings the numbers of variables that were given another buffer back into their own. @returns which ones */
  #gather(): ReadonlySet<number> {
    const moved = new Set<number>();
    for (const [i, variable] of this.#variables.entries()) {
      const tensor = this.#tensors[i];
      if (tensor === undefined || variable.dataId === tensor.dataId) continue;
      const bytes = variable.size * 4;
      const from = this.#runtime.address(variable);
      new Uint8Array(this.#runtime.memory.buffer).copyWithin(this.#runtime.address(tensor), from, from + bytes);
      variable.assign(tensor);
      moved.add(i);
    }
    return moved;
  }

  #view(memory: WebAssembly.Memory, address: number, floats: number): Float32Array {
    return new Float32Array(memory.buffer, address, floats);
  }
}
